"""A calendar that can be turned: Python runs this before anything else in the processes of a story that takes months.

A public test is open for fourteen days and a right of reply for ten working days; nobody waits so long for a test, and
nothing is written past the actions of the house. The file named below says how many days ahead the calendar is.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

DAYS_AHEAD = Path(os.environ["JOURNEY_DAYS_AHEAD"])
_today = timezone.now


def _ahead() -> datetime:
    return _today() + timedelta(days=int(DAYS_AHEAD.read_text(encoding="ascii")))


timezone.now = _ahead
