"""Periods as people say them: "Februari–November 2026" of 2026-02 and 2026-11. Machine forms stay as they are written.

A time is a year, a quarter (2026-Q1), a month or a day; anything else is said as it stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext

from lumbung.core.web import formatting

WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])(?:-(\d{2}))?))?")
ROMAN = ("I", "II", "III", "IV")
MONTHS_A_QUARTER = 3
Step = Literal["year", "quarter", "month", "day"]


@dataclass(frozen=True, slots=True)
class Time:
    """One end of a period: its first day, and how exactly it was told."""

    day: date
    step: Step

    def words(self, language: str, *, shares: Step | None = None) -> str:
        """In full, or without what it shares with the other end: its year, or its month and year."""
        if self.step == "year":
            return str(self.day.year)
        if self.step == "quarter":
            return _quarter(self, language, shares)
        if self.step == "month":
            return _without_year(formatting.month(self.day, language), shares)
        if shares == "month":
            return str(self.day.day)
        return _without_year(formatting.date_medium(self.day, language), shares)


def _without_year(words: str, shares: Step | None) -> str:
    return words.rpartition(" ")[0] if shares == "year" else words


def _quarter(time: Time, language: str, shares: Step | None) -> str:
    number = (time.day.month - 1) // MONTHS_A_QUARTER
    said = f"quarter {number + 1}" if language == "en" else f"triwulan {ROMAN[number]}"
    said = said if shares == "year" else f"{said} {time.day.year}"
    return formatting.capitalised(said)


def period(first: object, last: object = "", language: str | None = None) -> str:
    """ "2019–2025", "Triwulan I 2026", "Februari–November 2026", "3–14 Maret 2026", of its ends as ISO writes them."""
    spoken = language or formatting.language_now()
    begins, ends = str(first or "").strip(), str(last or "").strip()
    if begins and not ends:
        return str(gettext("since %(time)s")) % {"time": moment(begins, spoken)}
    if begins == ends or not begins:
        return moment(ends, spoken)
    start, end = time_of(begins), time_of(ends)
    if start is None or end is None or start.step != end.step:
        return f"{moment(begins, spoken)}–{moment(ends, spoken)}"
    shared = _shared(start, end)
    last_words = end.words(spoken)
    if start.step == "quarter" and shared:
        last_words = last_words.partition(" ")[2]
    return f"{start.words(spoken, shares=shared)}–{last_words}"


def _shared(start: Time, end: Time) -> Step | None:
    if start.step == "day" and (start.day.year, start.day.month) == (end.day.year, end.day.month):
        return "month"
    return "year" if start.step != "year" and start.day.year == end.day.year else None


def moment(written: object, language: str | None = None) -> str:
    """One time in words: "2026", "Triwulan I 2026", "Februari 2026", "3 Februari 2026"; others as they stand."""
    found = time_of(str(written))
    return str(written) if found is None else found.words(language or formatting.language_now())


def time_of(written: str) -> Time | None:
    """A year, a quarter, a month or a day; None for anything else."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return None
    year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
    step: Step = "quarter" if quarter else "day" if day else "month" if month else "year"
    try:
        return Time(date(year, quarter * MONTHS_A_QUARTER - 2 if quarter else month or 1, day or 1), step)
    except ValueError:
        return None


FILTERS: dict[str, Callable[..., Any]] = {"period": period, "time_said": moment}
