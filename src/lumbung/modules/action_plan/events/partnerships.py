"""What happens to partnerships. A partner by its code; one that is not registered only by the agreement's number."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PartnershipRegistered(Event):
    """`terms_hash` is of subject, duties and the name of what is not registered; since version 2."""

    key: ClassVar[str] = "action_plan.partnership_registered"
    v: ClassVar[int] = 2
    plan: str
    member: str
    partnership: str
    kind: str
    number: str
    partner: str
    starts_on: str
    ends_on: str
    sha256: str
    terms_hash: str


@dataclass(frozen=True, slots=True)
class PartnershipRealised(Event):
    """`text_hash` since version 2."""

    key: ClassVar[str] = "action_plan.partnership_realised"
    v: ClassVar[int] = 2
    plan: str
    member: str
    partnership: str
    number: str
    on: str
    text_hash: str
