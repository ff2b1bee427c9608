"""Who is looking: an account with its grants of today, a guest, or the holder of an access code."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lumbung.core.access import registry
from lumbung.core.base.actors import GUEST, Actor, pseudonym_of

if TYPE_CHECKING:
    from lumbung.core.access.models import Account


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One grant in force today."""

    role: str
    organisation_code: str
    region_code: str
    standing: str = "holder"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a thing belongs: the region whose government handles it, and the organisation in charge of it."""

    region_code: str = ""
    organisation_code: str = ""


ANYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks. `opened` holds ids of things opened with an access code in this session."""

    account: "Account | None" = None
    held: tuple[HeldRole, ...] = ()
    opened: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        return self.account is not None

    def roles_with(self, verb: str) -> list[HeldRole]:
        """The viewer's roles that include a verb."""
        return [held for held in self.held if verb in registry.verbs_of(held.role)]

    def acting_as(self, held: HeldRole | None) -> Actor:
        """The public face of this viewer when acting in one of their roles."""
        if self.account is None:
            return GUEST
        role = held.role if held else "account"
        if held and held.standing != "holder":
            role = f"{role}.{held.standing}"
        return Actor(
            kind="account",
            role=role,
            organisation_code=held.organisation_code if held else "",
            pseudonym=pseudonym_of(str(self.account.pk)),
        )


NOBODY = Viewer()


def may(viewer: Viewer, verb: str, scope: Scope = ANYWHERE) -> bool:
    """Whether this viewer may do this to something that belongs there."""
    return role_for(viewer, verb, scope) is not None


def role_for(viewer: Viewer, verb: str, scope: Scope = ANYWHERE) -> HeldRole | None:
    """The role that allows it, or None. `ANYWHERE` asks whether the viewer has the verb at all."""
    for held in viewer.roles_with(verb):
        if scope == ANYWHERE or _covers(held, scope):
            return held
    return None


def _covers(held: HeldRole, scope: Scope) -> bool:
    kind = registry.role(held.role).scope
    if kind == "installation":
        return True
    if kind == "portal":
        return bool(held.region_code) and held.region_code == scope.region_code
    return bool(held.organisation_code) and held.organisation_code == scope.organisation_code
