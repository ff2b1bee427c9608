"""Two shares of kept deadlines, computed from the published table of reports.

This one file, with a reader of CSV beside it, is what the public downloads to recompute the figures: it needs nothing
but Python's standard library. All arithmetic is in whole numbers; the share is a Decimal, rounded once, to four places,
half to even.

A row is a mapping with the columns of the data set `reports_public`; values are text as in the CSV, empty text or None
where there is none:

    number                NTB-2026-004512
    urgency               urgent | important | ordinary
    state                 one of STATES
    received_on           ISO date, the day of receipt in the zone of the government
    due_on                ISO date, the legal due date; empty where no law sets one
    first_answer_hours    decimal, hours from receipt to the first answer; empty while there is none
    finished_on           ISO date; what it holds counts only in the states finished and confirmed
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

Row = Mapping[str, Any]

CLOSED_STATES = frozenset({"finished", "confirmed"})
EXCLUDED_STATES = frozenset({"archived", "handed_out", "withdrawn"})
OPEN_STATES = frozenset({"submitted", "needs_more", "verified", "assigned", "in_progress", "planned"})
STATES = OPEN_STATES | CLOSED_STATES | EXCLUDED_STATES

# Promise of NTB Care since 16 October 2018, on the wall clock.
PROMISED_HOURS = {"urgent": 1, "important": 24, "ordinary": 48}

FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with what it was made of.

    value        numerator / denominator, rounded once to 4 places, half to even; None when the denominator is 0
    excluded     number of rows left out, by reason: a state, "not_yet_due" or "no_due_date"
    """

    value: Decimal | None
    numerator: int
    denominator: int
    excluded: Mapping[str, int] = field(default_factory=dict)


def on_time_share(rows: Iterable[Row], as_of: str) -> Share:
    """Finished by the legal due date, over closed reports and open ones past their due date.

    "Closed on time / closed" would hide open overdue work; here it counts against the share. A report that was opened
    again is in an open state and counts as open. Archived, handed-out and withdrawn reports are left out and counted in
    `excluded`, as are open reports still within their time and reports for which no law sets a date. On the due date
    itself a report is not overdue.

    rows     see the top of this file
    as_of    ISO date of the snapshot the rows come from
    raises   ValueError for an unknown state, or a date that is missing, malformed or later than as_of
    source   decision 10 of the design; cityofaustin/atd-data-tech issue 21672
    """
    tally = _Tally()
    today = date.fromisoformat(str(as_of))
    for row in rows:
        state = _state_of(row)
        if state in EXCLUDED_STATES:
            tally.leave_out(state)
        elif not row["due_on"]:
            tally.leave_out("no_due_date")
        elif state in CLOSED_STATES:
            tally.count(kept=_past_day(row, "finished_on", today) <= _day(row, "due_on"))
        elif _day(row, "due_on") < today:
            tally.count(kept=False)
        else:
            tally.leave_out("not_yet_due")
    return tally.share()


def promise_kept_share(rows: Iterable[Row], as_of: str) -> Share:
    """First answer within the promised 1, 24 or 48 hours, over answered reports and those whose promise has come due.

    The table tells the day of receipt, not the hour, so an unanswered report counts only once its promise has surely
    come due: when the last day on which it can have come due lies before as_of. Archived, handed-out and withdrawn
    reports are left out and counted in `excluded`, as are unanswered reports that are not yet due.

    rows     see the top of this file
    as_of    ISO date of the snapshot the rows come from
    raises   ValueError for an unknown state or urgency, negative hours, or a bad date
    source   decision 10 of the design; lombokjournal, 16 October 2018 (the promise)
    """
    tally = _Tally()
    today = date.fromisoformat(str(as_of))
    for row in rows:
        state, promised = _state_of(row), _promised_hours(row)
        hours = _answer_hours(row)
        if state in EXCLUDED_STATES:
            tally.leave_out(state)
        elif hours is not None:
            tally.count(kept=hours <= promised)
        elif _past_day(row, "received_on", today) + _whole_days(promised) < today:
            tally.count(kept=False)
        else:
            tally.leave_out("not_yet_due")
    return tally.share()


class _Tally:
    """Counts rows and makes the share of them."""

    def __init__(self) -> None:
        self.kept = 0
        self.counted = 0
        self.excluded: dict[str, int] = dict.fromkeys([*sorted(EXCLUDED_STATES), "not_yet_due", "no_due_date"], 0)

    def count(self, *, kept: bool) -> None:
        self.counted += 1
        self.kept += kept

    def leave_out(self, reason: str) -> None:
        self.excluded[reason] += 1

    def share(self) -> Share:
        value = None
        if self.counted:
            value = (Decimal(self.kept) / Decimal(self.counted)).quantize(FOUR_PLACES, rounding=ROUND_HALF_EVEN)
        return Share(value, self.kept, self.counted, self.excluded)


def _state_of(row: Row) -> str:
    state = str(row["state"])
    if state not in STATES:
        raise ValueError(f"report {row['number']}: state {state!r}; expected one of {', '.join(sorted(STATES))}")
    return state


def _promised_hours(row: Row) -> int:
    urgency = str(row["urgency"])
    if urgency not in PROMISED_HOURS:
        raise ValueError(f"report {row['number']}: urgency {urgency!r}; expected one of {', '.join(PROMISED_HOURS)}")
    return PROMISED_HOURS[urgency]


def _answer_hours(row: Row) -> Decimal | None:
    text = row["first_answer_hours"]
    if text is None or text == "":
        return None
    try:
        hours = Decimal(str(text))
    except ArithmeticError:
        hours = Decimal("NaN")
    if not hours.is_finite() or hours < 0:
        raise ValueError(f"report {row['number']}: first_answer_hours is {text!r}; expected a number, 0 or more")
    return hours


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(str(row[column]))
    except ValueError as error:
        raise ValueError(f"report {row['number']}: {column} is {row[column]!r}; expected a date YYYY-MM-DD") from error


def _past_day(row: Row, column: str, today: date) -> date:
    day = _day(row, column)
    if day > today:
        raise ValueError(f"report {row['number']}: {column} is {day}, later than the snapshot of {today}")
    return day


def _whole_days(hours: int) -> timedelta:
    return timedelta(days=-(-hours // 24))
