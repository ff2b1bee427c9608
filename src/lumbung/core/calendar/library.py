"""What the `holidays` library knows about Indonesia, in both languages. Reads no database."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import holidays

from lumbung.kernels.deadlines import DayKind

CATEGORIES = {DayKind.PUBLIC_HOLIDAY: "public", DayKind.COLLECTIVE_LEAVE: "government"}
ESTIMATE_MARKS = {"id": " (perkiraan)", "en_US": " (estimated)"}
# Stored beside each day, so in one language: what the library holds is the joint decree (SKB) where there is one.
SOURCE = f"SKB tiga menteri, menurut pustaka holidays {version('holidays')}; cocokkan dengan SKB aslinya"


@dataclass(frozen=True, slots=True)
class KnownDay:
    """One day off as the library has it."""

    on: date
    kind: DayKind
    name_id: str
    name_en: str
    is_estimated: bool


def days_of_year(year: int) -> list[KnownDay]:
    """Public holidays and collective leave of a year, by date."""
    found = []
    for kind, category in CATEGORIES.items():
        indonesian, english = (_named(year, category, language) for language in ("id", "en_US"))
        for on, (name, is_estimated) in indonesian.items():
            found.append(KnownDay(on, kind, name, english[on][0], is_estimated))
    return sorted(found, key=lambda day: (day.on, day.kind))


def _named(year: int, category: str, language: str) -> dict[date, tuple[str, bool]]:
    """Names by date without their mark of estimation, and whether there was one."""
    mark = ESTIMATE_MARKS[language]
    days = holidays.country_holidays("ID", years=year, language=language, categories=(category,))
    return {on: (name.replace(mark, ""), mark in name) for on, name in days.items()}
