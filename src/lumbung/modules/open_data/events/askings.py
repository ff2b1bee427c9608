"""What becomes of what people ask. Words stand on pages; the log holds their salted hashes."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class AskingSent(Event):
    """`dataset` is empty where the data are not there, and where somebody asks to withdraw them."""

    key: ClassVar[str] = "open_data.asking_sent"
    joins_log: ClassVar[JoinsLog] = "the day after"
    portal: str
    number: str
    kind: str
    dataset: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class AskingCleared(Event):
    key: ClassVar[str] = "open_data.asking_cleared"
    number: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class AskingHidden(Event):
    key: ClassVar[str] = "open_data.asking_hidden"
    number: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class AskingHandedTo(Event):
    key: ClassVar[str] = "open_data.asking_handed_to"
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class AskingExtended(Event):
    key: ClassVar[str] = "open_data.asking_extended"
    number: str
    due_on: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class AskingDueMoved(Event):
    key: ClassVar[str] = "open_data.asking_due_moved"
    number: str
    before: str
    due_on: str


@dataclass(frozen=True, slots=True)
class AskingAnswered(Event):
    key: ClassVar[str] = "open_data.asking_answered"
    number: str
    outcome: str
    answer_hash: str


@dataclass(frozen=True, slots=True)
class FaultMended(Event):
    """The fault somebody pointed out is gone in that release."""

    key: ClassVar[str] = "open_data.fault_mended"
    number: str
    dataset: str
    release: int


@dataclass(frozen=True, slots=True)
class ReuseShown(Event):
    key: ClassVar[str] = "open_data.reuse_shown"
    dataset: str


@dataclass(frozen=True, slots=True)
class ReuseDeclined(Event):
    key: ClassVar[str] = "open_data.reuse_declined"
    dataset: str


@dataclass(frozen=True, slots=True)
class ReleaseRestored(Event):
    """`number` is the release that stands now, `older` the one it repeats."""

    key: ClassVar[str] = "open_data.release_restored"
    dataset: str
    number: int
    older: int
