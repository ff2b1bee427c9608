"""What happens to places in the forum. An institution by its code; one that is not registered only by its seat."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class SeatAsked(Event):
    """Sent by anybody; the institution is named once it is seated. `name_hash` is of its name; since version 2."""

    key: ClassVar[str] = "action_plan.seat_asked"
    v: ClassVar[int] = 2
    joins_log: ClassVar[JoinsLog] = "the day after"
    plan: str
    member: str
    seat: str
    sector: str
    name_hash: str


@dataclass(frozen=True, slots=True)
class SeatTaken(Event):
    """`decree` is the id of the legal product, or ""; hashes of note and name of what is not registered; since v 2."""

    key: ClassVar[str] = "action_plan.seat_taken"
    v: ClassVar[int] = 2
    plan: str
    member: str
    seat: str
    institution: str
    sector: str
    duty: str
    since: str
    decree: str
    name_hash: str
    note_hash: str


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
