"""Planned and actual days of release: what a frequency plans, and which planned day a release keeps. Pure."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Months between two releases; a frequency that is not here is released once a year by the list.
MONTHS_BETWEEN = {"monthly": 1, "quarterly": 3, "semiannual": 6}


class Outcome(StrEnum):
    """What became of a planned day."""

    KEPT = "kept"
    LATER = "later"
    WAITING = "waiting"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Kept:
    """A planned day with the release that answers it, if there is one."""

    on: date
    outcome: Outcome
    released_on: date | None = None

    @property
    def days_after(self) -> int:
        """How many days after the planned day it was released; 0 when in time."""
        return max((self.released_on - self.on).days, 0) if self.released_on else 0


def planned_by(frequency: str, first: date) -> tuple[date, ...]:
    """The days of one year, from the first on: 31 March, monthly, is followed by 30 April and 31 May."""
    months = MONTHS_BETWEEN.get(frequency)
    if months is None:
        return (first,)
    return tuple(_in_month(first.year, month, first.day) for month in range(first.month, 13, months))


def a_year_on(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    return _in_month(year, day.month, day.day)


def kept(planned: Iterable[date], released: Iterable[date], *, today: date) -> tuple[Kept, ...]:
    """What became of each planned day. One release answers one planned day.

    A day is kept by a release between the planned day before it and itself; further releases of that time are
    corrections. Otherwise the first release before the next planned day answers it, later than planned.
    """
    days, left = sorted(set(planned)), sorted(set(released))
    found = []
    for number, day in enumerate(days):
        since = days[number - 1] if number else date(day.year, 1, 1) - timedelta(days=1)
        until = days[number + 1] if number + 1 < len(days) else date.max
        in_time = [each for each in left if since < each <= day]
        after = next((each for each in left if day < each <= until), None)
        if in_time:
            left = [each for each in left if each > day]
            found.append(Kept(day, Outcome.KEPT, in_time[0]))
        elif after is not None:
            left.remove(after)
            found.append(Kept(day, Outcome.LATER, after))
        else:
            found.append(Kept(day, Outcome.WAITING if day < today else Outcome.COMING))
    return tuple(found)


def waiting(found: Sequence[Kept]) -> int:
    """How many planned days passed without a release yet."""
    return sum(each.outcome == Outcome.WAITING for each in found)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
