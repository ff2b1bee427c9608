"""The real clock. Only pages, api and jobs may read it; everything else is told the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

WITA = ZoneInfo("Asia/Makassar")


def now() -> datetime:
    """This moment, with zone."""
    return timezone.now()


def local_day(moment: datetime) -> date:
    """The calendar day in the zone of NTB: 23.59 WITA belongs to that day although UTC says 15.59."""
    return moment.astimezone(WITA).date()
