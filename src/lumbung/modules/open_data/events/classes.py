"""Why data are not open, who shares them all the same, and what is announced. Purposes and reasons stay inside."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class DatasetClassified(Event):
    """`law` is the article the exclusion rests on; empty for other classes."""

    key: ClassVar[str] = "open_data.dataset_classified"
    dataset: str
    access: str
    law: str


@dataclass(frozen=True, slots=True)
class SharingAsked(Event):
    key: ClassVar[str] = "open_data.sharing_asked"
    dataset: str
    agency: str


@dataclass(frozen=True, slots=True)
class SharingGranted(Event):
    key: ClassVar[str] = "open_data.sharing_granted"
    dataset: str
    agency: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class SharingRefused(Event):
    key: ClassVar[str] = "open_data.sharing_refused"
    dataset: str
    agency: str


@dataclass(frozen=True, slots=True)
class SharingEnded(Event):
    key: ClassVar[str] = "open_data.sharing_ended"
    dataset: str
    agency: str


@dataclass(frozen=True, slots=True)
class ReleaseAnnounced(Event):
    """A checked draft waits for its day; its description is public until then, its rows are not."""

    key: ClassVar[str] = "open_data.release_announced"
    dataset: str
    day: str


@dataclass(frozen=True, slots=True)
class ReleaseDayMoved(Event):
    """`before` is empty where the draft waited for no day."""

    key: ClassVar[str] = "open_data.release_day_moved"
    dataset: str
    day: str
    before: str
