"""What happens to meetings. `member` is "" for a meeting of all members together.

Since version 2 each tells the salted hashes of what it announced: title, times and places in `announced_hash`, the
agenda in `agenda_hash`.
"""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class MeetingPlanned(Event):
    key: ClassVar[str] = "action_plan.meeting_planned"
    v: ClassVar[int] = 2
    plan: str
    member: str
    meeting: str
    kind: str
    starts_on: str
    announced_hash: str
    agenda_hash: str


@dataclass(frozen=True, slots=True)
class MeetingMoved(Event):
    key: ClassVar[str] = "action_plan.meeting_moved"
    v: ClassVar[int] = 2
    plan: str
    member: str
    meeting: str
    kind: str
    before_on: str
    starts_on: str
    announced_hash: str
    agenda_hash: str


@dataclass(frozen=True, slots=True)
class MeetingCorrected(Event):
    """Something announced was corrected, but not when it begins."""

    key: ClassVar[str] = "action_plan.meeting_corrected"
    plan: str
    member: str
    meeting: str
    kind: str
    announced_hash: str
    agenda_hash: str


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
    """`sha256` is the hash of the document, "" for a link; `shared_hash` of title and address, since version 2."""

    key: ClassVar[str] = "action_plan.material_shared"
    v: ClassVar[int] = 2
    plan: str
    member: str
    meeting: str
    sha256: str
    before: bool
    shared_hash: str


@dataclass(frozen=True, slots=True)
class MeetingHeld(Event):
    """`sectors` counts people by sector; nobody is named.

    minutes_hash      of the minutes; in version 1 of minutes and decisions together
    decision_hashes   of each decision, by its number; since version 2
    attendance_hash   of the institutions that came with their numbers; since version 2
    """

    key: ClassVar[str] = "action_plan.meeting_held"
    v: ClassVar[int] = 2
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
    decision_hashes: dict[str, str]
    attendance_hash: str


@dataclass(frozen=True, slots=True)
class MeetingCancelled(Event):
    key: ClassVar[str] = "action_plan.meeting_cancelled"
    plan: str
    member: str
    meeting: str
    kind: str
    reason_hash: str
