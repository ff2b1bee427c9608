"""The days between receipt and due date as a calendar sheet: what was counted, what was not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lumbung.kernels.deadlines import Deadline

WEEK = 7


@dataclass(frozen=True, slots=True)
class DayCell:
    """One square of the sheet. `count`: which counted day it is, 0 for the day of receipt, None when not counted."""

    on: date
    kind: Literal["outside", "start", "counted", "skipped", "due"]
    count: int | None = None


def sheet(deadline: Deadline) -> list[list[DayCell]]:
    """Whole weeks from Monday to Sunday, from the day of receipt to the due date."""
    first = deadline.starts_on - timedelta(days=deadline.starts_on.weekday())
    last = deadline.due_on + timedelta(days=WEEK - 1 - deadline.due_on.weekday())
    skipped = {day.on for day in deadline.skipped}
    cells, count = [], 0
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        count += deadline.starts_on < day <= deadline.due_on and day not in skipped
        cells.append(_cell(day, deadline, skipped, count))
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]


def _cell(day: date, deadline: Deadline, skipped: set[date], count: int) -> DayCell:
    if not deadline.starts_on <= day <= deadline.due_on:
        return DayCell(day, "outside")
    if day == deadline.starts_on:
        return DayCell(day, "start", 0)
    if day in skipped:
        return DayCell(day, "skipped")
    return DayCell(day, "due" if day == deadline.due_on else "counted", count)
