"""The real clock. Only pages, api and jobs may read it; everything else is told the time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

WITA = ZoneInfo("Asia/Makassar")


def now() -> datetime:
    """This moment, with zone."""
    return timezone.now()


def local_day(moment: datetime) -> date:
    """The calendar day in the zone of NTB: 23.59 WITA belongs to that day although UTC says 15.59."""
    return moment.astimezone(WITA).date()


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def monday_after(day: date) -> date:
    """The Monday on which what happened on a day by the week may be told: the next one, also after a Monday."""
    return monday_of(day) + timedelta(days=7)
