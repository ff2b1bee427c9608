"""Which roles and verbs exist. Filled once at start by `site.manifests`."""

from lumbung.core.base.declarations import Role, Verb

_roles: dict[str, Role] = {}
_verbs: dict[str, Verb] = {}
_extra_verbs: dict[str, set[str]] = {}


def register_verb(verb: Verb) -> None:
    """Add a verb."""
    _verbs[verb.key] = verb


def register_role(role: Role) -> None:
    """Add a role. A module may add verbs to a role another part declared, by declaring it again."""
    _roles.setdefault(role.key, role)
    _extra_verbs.setdefault(role.key, set()).update(role.verbs)


def role(key: str) -> Role:
    """The role of that key."""
    if key not in _roles:
        raise LookupError(f"role {key!r} is unknown; declared: {sorted(_roles)}")
    return _roles[key]


def all_roles() -> list[Role]:
    """Every role, by key."""
    return [_roles[key] for key in sorted(_roles)]


def all_verbs() -> list[Verb]:
    """Every verb, by key."""
    return [_verbs[key] for key in sorted(_verbs)]


def verbs_of(role_key: str) -> frozenset[str]:
    """What a role may do; an unknown role may do nothing."""
    return frozenset(_extra_verbs.get(role_key, ()))


def roles_with(verb: str) -> frozenset[str]:
    """Which roles may do it."""
    return frozenset(key for key, verbs in _extra_verbs.items() if verb in verbs)


def is_verb(key: str) -> bool:
    """Whether a verb of that key is declared."""
    return key in _verbs
