"""The sheet of days on "Why this date?" agrees with the deadline it explains."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lumbung.kernels.deadlines import Deadline, SkippedDay, SkipReason
from lumbung.modules.reports.pages.counting import DayCell, sheet

MAKASSAR = ZoneInfo("Asia/Makassar")
THURSDAY, FRIDAY, TUESDAY = date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 31)


def counted_from_thursday_to_tuesday():
    weekend = (SkippedDay(date(2026, 3, 28), SkipReason.WEEKEND), SkippedDay(date(2026, 3, 29), SkipReason.WEEKEND))
    return Deadline(None, THURSDAY, TUESDAY, datetime(2026, 3, 31, 23, 59, tzinfo=MAKASSAR), weekend)


def test_the_sheet_holds_whole_weeks_from_monday_to_sunday():
    weeks = sheet(counted_from_thursday_to_tuesday())
    assert [len(week) for week in weeks] == [7, 7]
    assert (weeks[0][0].on, weeks[-1][-1].on) == (date(2026, 3, 23), date(2026, 4, 5))


def test_each_day_is_numbered_or_says_that_it_did_not_count():
    cells = {cell.on: cell for week in sheet(counted_from_thursday_to_tuesday()) for cell in week}
    assert cells[THURSDAY] == DayCell(THURSDAY, "start", 0)
    assert cells[FRIDAY] == DayCell(FRIDAY, "counted", 1)
    assert cells[date(2026, 3, 28)].kind == "skipped"
    assert cells[date(2026, 3, 30)].count == 2
    assert cells[TUESDAY] == DayCell(TUESDAY, "due", 3)
    assert cells[date(2026, 4, 1)].kind == "outside"
