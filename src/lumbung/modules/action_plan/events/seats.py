"""What happens to places in the forum. An institution by its code; one that is not registered only by its seat."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class SeatAsked(Event):
    """Sent by anybody; the institution is named once it is seated."""

    key: ClassVar[str] = "action_plan.seat_asked"
    joins_log: ClassVar[JoinsLog] = "the day after"
    plan: str
    member: str
    seat: str
    sector: str


@dataclass(frozen=True, slots=True)
class SeatTaken(Event):
    key: ClassVar[str] = "action_plan.seat_taken"
    plan: str
    member: str
    seat: str
    institution: str
    sector: str
    duty: str
    since: str


@dataclass(frozen=True, slots=True)
class SeatDeclined(Event):
    key: ClassVar[str] = "action_plan.seat_declined"
    plan: str
    member: str
    seat: str
    sector: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class SeatEnded(Event):
    key: ClassVar[str] = "action_plan.seat_ended"
    plan: str
    member: str
    seat: str
    institution: str
    duty: str
    until: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class MonitorContactSaid(Event):
    """How everybody reaches a monitoring body was said or changed; the contact itself stands on the forum page."""

    key: ClassVar[str] = "action_plan.monitor_contact_said"
    plan: str
    member: str
    seat: str
    institution: str
