"""Scheduled work of the calendar."""

from lumbung.core.base import clock
from lumbung.core.calendar import actions

# Open reports are at most a few years old; the library estimates further ahead than any deadline reaches.
YEARS_BACK = 3
YEARS_AHEAD = 2


def seed_years() -> None:
    """Bring the years around now up to what the installed library knows."""
    now = clock.now()
    year = clock.local_day(now).year
    actions.seed_from_library(years=range(year - YEARS_BACK, year + YEARS_AHEAD + 1), now=now)
