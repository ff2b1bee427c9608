"""Two shares of kept deadlines, computed from the published table of reports.

This one file, with a reader of CSV beside it, is what the public downloads to recompute the figures: it needs nothing
but Python's standard library. All arithmetic is in whole numbers; the share is a Decimal, rounded once, to four places,
half to even.

A row is a mapping with the columns of the data set `reports_public`; values are text as in the CSV, empty text or None
where there is none:

    number         NTB-2026-004512; empty where it would tell the day of an anonymous report
    state          one of STATES
    due_on         ISO date, the legal due date; empty where it may not be told
    finished_on    ISO date; what it holds counts only in the states finished and confirmed
    deadline       kept | missed | running, worked out at publishing; empty in the states left out
    promise        kept | missed | running, worked out at publishing; empty in the states left out

`promise` is worked out when the table is published because the minute of a report is never public: in a village of 800
it would name the writer. `deadline` is read only where `due_on` is empty; else the dates themselves decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

Row = Mapping[str, Any]

CLOSED_STATES = frozenset({"finished", "confirmed"})
EXCLUDED_STATES = frozenset({"archived", "handed_out", "withdrawn"})
OPEN_STATES = frozenset({"submitted", "needs_more", "verified", "assigned", "in_progress", "planned"})
STATES = OPEN_STATES | CLOSED_STATES | EXCLUDED_STATES

KEPT, MISSED, RUNNING = "kept", "missed", "running"

FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with what it was made of.

    value        numerator / denominator, rounded once to 4 places, half to even; None when the denominator is 0
    excluded     number of rows left out, by reason: a state or "not_yet_due"
    """

    value: Decimal | None
    numerator: int
    denominator: int
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many rows the share rests on."""
        return self.denominator


def on_time_share(rows: Iterable[Row], as_of: str) -> Share:
    """Finished by the legal due date, over closed reports and open ones past their due date.

    "Closed on time / closed" would hide open overdue work; here it counts against the share. A report that was opened
    again is in an open state and counts as open. Archived, handed-out and withdrawn reports are left out and counted in
    `excluded`, as are open reports still within their time. On the due date itself a report is not overdue.

    rows     see the top of this file
    as_of    ISO date of the snapshot the rows come from
    raises   ValueError for an unknown state or mark, or a date that is missing, malformed or later than as_of
    source   decision 10 of the design; cityofaustin/atd-data-tech issue 21672
    """
    tally = _Tally()
    today = date.fromisoformat(str(as_of))
    for row in rows:
        state = _state_of(row)
        if state in EXCLUDED_STATES:
            tally.leave_out(state)
        elif not row["due_on"]:
            tally.count_mark(_mark(row, "deadline"))
        elif state in CLOSED_STATES:
            tally.count(kept=_past_day(row, "finished_on", today) <= _day(row, "due_on"))
        elif _day(row, "due_on") < today:
            tally.count(kept=False)
        else:
            tally.leave_out("not_yet_due")
    return tally.share()


def promise_kept_share(rows: Iterable[Row], as_of: str) -> Share:
    """First answer within 1 hour (urgent), 24 (important) or 48 (ordinary), over answered reports and those past it.

    Read from the mark `promise`. Archived, handed-out and withdrawn reports are left out and counted in `excluded`, as
    are unanswered reports whose promise is still running.

    rows     see the top of this file
    as_of    ISO date of the snapshot the rows come from
    raises   ValueError for an unknown state or mark
    source   decision 10 of the design; lombokjournal, 16 October 2018 (the promise)
    """
    tally = _Tally()
    date.fromisoformat(str(as_of))
    for row in rows:
        state = _state_of(row)
        if state in EXCLUDED_STATES:
            tally.leave_out(state)
        else:
            tally.count_mark(_mark(row, "promise"))
    return tally.share()


class _Tally:
    """Counts rows and makes the share of them."""

    def __init__(self) -> None:
        self.kept = 0
        self.counted = 0
        self.excluded: dict[str, int] = dict.fromkeys([*sorted(EXCLUDED_STATES), "not_yet_due"], 0)

    def count(self, *, kept: bool) -> None:
        self.counted += 1
        self.kept += kept

    def count_mark(self, mark: str) -> None:
        if mark == RUNNING:
            self.leave_out("not_yet_due")
        else:
            self.count(kept=mark == KEPT)

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


def _mark(row: Row, column: str) -> str:
    mark = str(row[column])
    if mark not in {KEPT, MISSED, RUNNING}:
        raise ValueError(f"report {row['number']}: {column} is {mark!r}; expected {KEPT}, {MISSED} or {RUNNING}")
    return mark


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
