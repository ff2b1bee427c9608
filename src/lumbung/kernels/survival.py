"""How long it takes when some are not finished yet: the Kaplan-Meier estimate, and the median read from it.

This one file, with a reader of CSV beside it, is what the public downloads to recompute the figures: it needs nothing
but Python's standard library. The estimate is computed in exact fractions; Decimals are rounded once, half to even.

Leaving unfinished reports out would make slow work look fast; counting their age so far as their duration would too.
A report still open after 30 days tells one thing only: it takes longer than 30 days. It is "censored" at 30.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]

CLOSED_STATES = frozenset({"finished", "confirmed"})
EXCLUDED_STATES = frozenset({"archived", "handed_out", "withdrawn"})
OPEN_STATES = frozenset({"submitted", "needs_more", "verified", "assigned", "in_progress", "planned"})
STATES = OPEN_STATES | CLOSED_STATES | EXCLUDED_STATES

SIX_PLACES = Decimal("0.000001")
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Observation:
    """One case: how long it was watched, in days, and whether it ended then or was still open (censored)."""

    days: Decimal
    ended: bool

    def __post_init__(self) -> None:
        if not self.days.is_finite() or self.days < 0:
            raise ValueError(f"duration is {self.days}; expected 0 days or more (Observation.days)")


@dataclass(frozen=True)
class Step:
    """The curve at one duration.

    at_risk   cases watched for at least this long, before anything happens at this duration
    ended     cases that ended at exactly this duration
    censored  cases still open when last seen at exactly this duration; they count as at risk here, not later
    open      estimated share that takes longer than this, 0-1, six places
    """

    days: Decimal
    at_risk: int
    ended: int
    censored: int
    open: Decimal


@dataclass(frozen=True)
class Curve:
    """The step curve, one step for each duration that occurs, and the median; None when the curve stays above 1/2."""

    steps: tuple[Step, ...]
    median: Decimal | None
    ended: int
    censored: int


@dataclass(frozen=True)
class MedianDays:
    """Median days to finish a report.

    value      days; None when fewer than half are estimated to be finished within the time watched
    finished   reports finished
    open       reports still open at the snapshot (censored)
    excluded   reports left out, by state
    curve      for the chart
    """

    value: Decimal | None
    finished: int
    open: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    curve: Curve = field(default_factory=lambda: Curve((), None, 0, 0))

    @property
    def n(self) -> int:
        """How many reports the median rests on, finished and open."""
        return self.finished + self.open


def kaplan_meier(observations: Iterable[Observation]) -> Curve:
    """Estimate how many are still open after each duration, from cases of which some have not ended.

    The median is the smallest duration at which the estimated share still open is 1/2 or less. (Some programs take the
    middle of the flat part when the curve is at exactly 1/2; the smallest duration needs no such exception.) When cases
    end and are censored at the same duration, the ends come first.

    source   E. L. Kaplan and P. Meier, J. Am. Stat. Assoc. 53 (1958) 457-481
    """
    ended: Counter[Decimal] = Counter()
    censored: Counter[Decimal] = Counter()
    for case in observations:
        (ended if case.ended else censored)[case.days] += 1
    at_risk = ended.total() + censored.total()
    still_open, median, steps = Fraction(1), None, []
    for days in sorted({*ended, *censored}):
        still_open *= Fraction(at_risk - ended[days], at_risk)
        steps.append(Step(days, at_risk, ended[days], censored[days], _rounded(still_open)))
        if median is None and still_open <= HALF:
            median = days
        at_risk -= ended[days] + censored[days]
    return Curve(tuple(steps), median, ended.total(), censored.total())


def median_days_to_finish(rows: Iterable[Row], as_of: str) -> MedianDays:
    """Median days from receipt to finish over all reports, open ones censored at the snapshot.

    A report that was opened again is in an open state and counts as open since its receipt. Archived, handed-out and
    withdrawn reports are left out and counted in `excluded`.

    rows     mappings with the columns number, state, received_on, finished_on of the data set `reports_public`;
             dates as ISO text; finished_on counts only in the states finished and confirmed
    as_of    ISO date of the snapshot the rows come from
    raises   ValueError for an unknown state, or a date that is missing, malformed or out of order
    """
    today = date.fromisoformat(str(as_of))
    excluded = dict.fromkeys(sorted(EXCLUDED_STATES), 0)
    observations = []
    for row in rows:
        state = _state_of(row)
        if state in EXCLUDED_STATES:
            excluded[state] += 1
        else:
            observations.append(_observation(row, state, today))
    curve = kaplan_meier(observations)
    return MedianDays(curve.median, curve.ended, curve.censored, excluded, curve)


def _observation(row: Row, state: str, today: date) -> Observation:
    received, last_seen = _day(row, "received_on"), today
    if state in CLOSED_STATES:
        last_seen = _day(row, "finished_on")
    if not received <= last_seen <= today:
        raise ValueError(
            f"report {row['number']}: received {received}, last seen {last_seen}, snapshot {today}; "
            "expected them in this order"
        )
    return Observation(Decimal((last_seen - received).days), state in CLOSED_STATES)


def _state_of(row: Row) -> str:
    state = str(row["state"])
    if state not in STATES:
        raise ValueError(f"report {row['number']}: state {state!r}; expected one of {', '.join(sorted(STATES))}")
    return state


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(str(row[column]))
    except ValueError as error:
        raise ValueError(f"report {row['number']}: {column} is {row[column]!r}; expected a date YYYY-MM-DD") from error


def _rounded(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(SIX_PLACES, rounding=ROUND_HALF_EVEN)
