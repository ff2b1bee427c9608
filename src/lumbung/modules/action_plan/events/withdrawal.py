"""What happens when a plan is given up before anything of it was enacted."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class WithdrawalAsked(Event):
    key: ClassVar[str] = "action_plan.withdrawal_asked"
    plan: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class WithdrawalDeclined(Event):
    key: ClassVar[str] = "action_plan.withdrawal_declined"
    plan: str
    asked_role: str


@dataclass(frozen=True, slots=True)
class PlanWithdrawn(Event):
    """`asked_role` and the actor of the event are two different people."""

    key: ClassVar[str] = "action_plan.plan_withdrawn"
    plan: str
    asked_role: str


TYPES = (
    EventType(WithdrawalAsked, _("It was asked to withdraw the plan, with a reason; a second person decides")),
    EventType(WithdrawalDeclined, _("A second person declined to withdraw the plan")),
    EventType(PlanWithdrawn, _("The plan was withdrawn before anything of it was enacted; a second person agreed")),
)
