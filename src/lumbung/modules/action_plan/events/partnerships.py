"""What happens to partnerships. A partner by its code; one that is not registered only by the agreement's number."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PartnershipRegistered(Event):
    key: ClassVar[str] = "action_plan.partnership_registered"
    plan: str
    member: str
    partnership: str
    kind: str
    number: str
    partner: str
    starts_on: str
    ends_on: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PartnershipRealised(Event):
    key: ClassVar[str] = "action_plan.partnership_realised"
    plan: str
    member: str
    partnership: str
    number: str
    on: str
