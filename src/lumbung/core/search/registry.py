"""Which kinds of things can be found, and which route shows each. Filled once at start by `site.manifests`."""

from lumbung.core.base.declarations import SearchKind

_kinds: dict[str, SearchKind] = {}


def register(kind: SearchKind) -> None:
    """Add a kind of thing; a key belongs to one kind."""
    known = _kinds.get(kind.key)
    if known is not None and known != kind:
        raise ValueError(f"search kind {kind.key!r} is registered twice (search.kind)")
    _kinds[kind.key] = kind


def get(key: str) -> SearchKind:
    """The kind of that key."""
    if key not in _kinds:
        raise LookupError(f"search kind {key!r} is not registered; add it to a manifest")
    return _kinds[key]


def all_kinds() -> list[SearchKind]:
    """Every kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]
