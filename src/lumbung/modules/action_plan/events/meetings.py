"""What happens to meetings. `member` is "" for a meeting of all members together."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class MeetingPlanned(Event):
    key: ClassVar[str] = "action_plan.meeting_planned"
    plan: str
    member: str
    meeting: str
    kind: str
    starts_on: str


@dataclass(frozen=True, slots=True)
class MeetingMoved(Event):
    key: ClassVar[str] = "action_plan.meeting_moved"
    plan: str
    member: str
    meeting: str
    kind: str
    before_on: str
    starts_on: str


@dataclass(frozen=True, slots=True)
class MeetingInvited(Event):
    key: ClassVar[str] = "action_plan.meeting_invited"
    plan: str
    member: str
    meeting: str
    kind: str
    days_before: int
    invitation_hash: str


@dataclass(frozen=True, slots=True)
class MaterialShared(Event):
    """`sha256` is the hash of the document, "" for a link."""

    key: ClassVar[str] = "action_plan.material_shared"
    plan: str
    member: str
    meeting: str
    sha256: str
    before: bool


@dataclass(frozen=True, slots=True)
class MeetingHeld(Event):
    """`sectors` counts people by sector; nobody is named."""

    key: ClassVar[str] = "action_plan.meeting_held"
    plan: str
    member: str
    meeting: str
    kind: str
    held_on: str
    institutions: int
    women: int
    men: int
    sectors: dict[str, int]
    decisions: int
    minutes_hash: str


@dataclass(frozen=True, slots=True)
class MeetingCancelled(Event):
    key: ClassVar[str] = "action_plan.meeting_cancelled"
    plan: str
    member: str
    meeting: str
    kind: str
    reason_hash: str
