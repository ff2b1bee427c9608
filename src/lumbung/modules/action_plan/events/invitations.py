"""What happens while governments agree to make a plan together."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class GovernmentInvited(Event):
    key: ClassVar[str] = "action_plan.government_invited"
    plan: str
    government: str
    template: str


@dataclass(frozen=True, slots=True)
class GovernmentJoined(Event):
    """The actor speaks for the government that joined, not for the one that asked."""

    key: ClassVar[str] = "action_plan.government_joined"
    plan: str
    government: str
    template: str


@dataclass(frozen=True, slots=True)
class InvitationDeclined(Event):
    key: ClassVar[str] = "action_plan.invitation_declined"
    plan: str
    government: str


TYPES = (
    EventType(GovernmentInvited, _("%(government)s was asked to make the plan together")),
    EventType(GovernmentJoined, _("%(government)s agreed to make the plan together")),
    EventType(InvitationDeclined, _("%(government)s declined to make the plan together")),
)
