"""What can happen to the calendar."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class YearSeeded(Event):
    """A year without any row got its first ones from the library."""

    key: ClassVar[str] = "calendar.year_seeded"
    year: int
    holidays: int
    collective_leave: int
    source: str


@dataclass(frozen=True, slots=True)
class DayChanged(Event):
    """A day off was added (no name before), changed, or removed (no name after)."""

    key: ClassVar[str] = "calendar.day_changed"
    on: str
    kind: str
    before: str
    after: str
    is_estimated: bool
    source: str


@dataclass(frozen=True, slots=True)
class RulesLoaded(Event):
    key: ClassVar[str] = "calendar.rules_loaded"
    applies_to: str
    count: int
    sha256: str
