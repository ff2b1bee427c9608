"""The tests of the calendar begin with an empty one, whatever the session's database holds."""

import pytest

from lumbung.core.calendar.models import CalendarDay, DeadlineRule


@pytest.fixture(autouse=True)
def empty_calendar(db):
    CalendarDay.objects.all().delete()
    DeadlineRule.objects.all().delete()
