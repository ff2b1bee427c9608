"""The plan's own clocks. They are real: the plan of 2021 is over, so most have run out, and the pages say so."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from lumbung.core.base.clock import local_day
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Commitment, FiledReport, Plan

INCEPTION_MONTHS = 2
END_REPORT_MONTHS = 1
UPDATE_MONTHS = 4


@dataclass(frozen=True, slots=True)
class Clock:
    """One report somebody owes: filed here, found in public sources, still running, or overdue for everybody to see."""

    kind: Literal["inception", "end"]
    due_on: date
    standing: Literal["filed", "found", "overdue", "running"]
    filed: FiledReport | None = None
    # It was due then, and not filed, when an amendment moved the last day.
    missed_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether it was filed after its day."""
        return self.filed is not None and self.filed.filed_on > self.due_on


@dataclass(frozen=True, slots=True)
class Freshness:
    """When something new was last shown, and whether that is longer ago than OGP asks for.

    `silent_since`: the agency owes a report since then, however new the figures are; None while it does not.
    """

    since: date
    is_stale: bool
    silent_since: date | None = None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year, of which the agency in charge reports."""

    year: int
    number: int

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return months_after(self.begins_on, 3) - timedelta(days=1)

    @property
    def name(self) -> str:
        """ "TW III 2026"."""
        return f"TW {('I', 'II', 'III', 'IV')[self.number - 1]} {self.year}"


def quarter_before(day: date) -> Quarter:
    """The newest quarter that has ended."""
    number = (day.month - 1) // 3
    return Quarter(day.year, number) if number else Quarter(day.year - 1, 4)


def owes_report(commitment: Commitment, quarter: Quarter) -> bool:
    """Whether the agency in charge reports on a quarter: the commitment ran in it, and its plan was submitted."""
    plan = commitment.plan
    begins_on, ends_on = commitment.starts_on or plan.starts_on, last_day(commitment)
    return begins_on <= quarter.ends_on and ends_on >= quarter.begins_on and _submitted(plan) <= quarter.ends_on


def last_day(commitment: Commitment) -> date:
    """The day on which a commitment ends, as it was enacted or amended since; without one, that of its plan."""
    told = commitment.amended_to("ends_on")
    return date.fromisoformat(told) if told else commitment.ends_on or commitment.plan.ends_on


def quarters_owed(commitment: Commitment, *, today: date) -> list[Quarter]:
    """The quarters of which a report is due by now, the oldest first: they ended, and the days to report are over."""
    if commitment.plan.submitted_on is None:
        return []
    quarter, owed = quarter_before(today - timedelta(days=states.monitoring_rules().report_days)), []
    while quarter.ends_on >= _submitted(commitment.plan):
        if owes_report(commitment, quarter):
            owed.append(quarter)
        quarter = quarter_before(quarter.begins_on)
    return owed[::-1]


def stale_from(since: date) -> date:
    """The first day on which what was last shown that long ago counts as not updated."""
    return months_after(since, UPDATE_MONTHS) + timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month: 31 August + 1 month is 30 September."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def inception_due_on(plan: Plan) -> date:
    """When the independent body's first report is due: two months after submission."""
    return months_after(_submitted(plan), INCEPTION_MONTHS)


def end_due_on(commitment: Commitment) -> date | None:
    """When its last report on a commitment is due: one month after the commitment ends."""
    told = commitment.amended_to("ends_on")
    ends_on = date.fromisoformat(told) if told else commitment.ends_on
    return months_after(ends_on, END_REPORT_MONTHS) if ends_on else None


def missed_on(commitment: Commitment, filed: Sequence[FiledReport]) -> date | None:
    """When its last report was due before a later amendment moved the last day; None: none was owed by then.

    What was overdue stays said: an amendment changes what is owed from now on.
    """
    moved = [] if commitment.plan.origin == Plan.Origin.LOADED else list(commitment.amendments.all())
    for each in moved:
        if each.place != "ends_on" or each.state != "approved" or each.decided_at is None:
            continue
        due_on, decided_on = months_after(date.fromisoformat(each.old), END_REPORT_MONTHS), local_day(each.decided_at)
        if decided_on > due_on and not any(report.filed_on <= decided_on for report in filed):
            return due_on
    return None


def _submitted(plan: Plan) -> date:
    if plan.submitted_on is None:
        raise ValueError(f"plan {plan.pk} was not submitted: its clocks have not begun")
    return plan.submitted_on


def clocks_of(commitment: Commitment, *, filed: Sequence[FiledReport], was_assessed: bool, today: date) -> list[Clock]:
    """The first report on the member's part (`was_assessed`: public sources show it), the last on the commitment."""
    first = [each for each in filed if each.kind == FiledReport.Kind.INCEPTION]
    clocks = [inception_clock(commitment.plan, first, found=was_assessed, today=today)]
    ending = end_clock(commitment, filed, today=today)
    return [*clocks, ending] if ending else clocks


def end_clock(commitment: Commitment, filed: Sequence[FiledReport], *, today: date) -> Clock | None:
    """The last report on a commitment, if it has an end; `filed` may hold those on others, too."""
    due_on = end_due_on(commitment)
    mine = [each for each in filed if each.commitment_id == commitment.pk]
    if due_on is None:
        return None
    return replace(_clock("end", due_on, mine, found=False, today=today), missed_on=missed_on(commitment, mine))


def inception_clock(plan: Plan, filed: Sequence[FiledReport], *, found: bool, today: date) -> Clock:
    """The first report on a member's part of a plan."""
    return _clock("inception", inception_due_on(plan), filed, found=found, today=today)


def _clock(
    kind: Literal["inception", "end"], due_on: date, filed: Sequence[FiledReport], *, found: bool, today: date
) -> Clock:
    if filed:
        return Clock(kind, due_on, "filed", filed[0])
    if found:
        return Clock(kind, due_on, "found")
    return Clock(kind, due_on, "overdue" if due_on < today else "running")


def freshness_of(
    commitment: Commitment,
    *,
    computed_on: date | None,
    today: date,
    reported_on: date | None = None,
) -> Freshness:
    """As old as the newest of: figures computed from the service, what the agency reported, the last dated fact.

    A figure worked out at night is no word of the agency: how long that one is silent is counted for itself.
    """
    facts = [fact.on for fact in commitment.facts.all() if fact.on is not None]
    known = [day for day in (computed_on, reported_on, *facts) if day is not None]
    since = max([_submitted(commitment.plan), *known])
    silent_since = max(reported_on or _submitted(commitment.plan), _submitted(commitment.plan))
    return Freshness(
        since=since,
        is_stale=stale_from(since) <= today,
        silent_since=silent_since if stale_from(silent_since) <= today else None,
    )
