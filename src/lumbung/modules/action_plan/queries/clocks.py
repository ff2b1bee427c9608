"""The plan's own clocks. They are real: the plan of 2021 is over, so most have run out, and the pages say so."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lumbung.modules.action_plan.models import Commitment, Plan

INCEPTION_MONTHS = 2
END_REPORT_MONTHS = 1
UPDATE_MONTHS = 4


@dataclass(frozen=True, slots=True)
class Clock:
    """One report somebody owes, and whether public sources show it."""

    kind: Literal["inception", "end"]
    due_on: date
    standing: Literal["found", "overdue", "running"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """When something new was last shown, and whether that is longer ago than OGP asks for."""

    since: date
    is_stale: bool


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month: 31 August + 1 month is 30 September."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def inception_clock(plan: Plan, *, found: bool, today: date) -> Clock:
    """The independent body's first report: two months after submission."""
    due = months_after(_submitted(plan), INCEPTION_MONTHS)
    return Clock("inception", due, _standing(due, found=found, today=today))


def _submitted(plan: Plan) -> date:
    if plan.submitted_on is None:
        raise ValueError(f"plan {plan.pk} was not submitted: its clocks have not begun")
    return plan.submitted_on


def clocks_of(commitment: Commitment, *, was_assessed: bool, today: date) -> list[Clock]:
    """The first report on the plan (`was_assessed`: it was found), and the one at the end of this commitment."""
    clocks = [inception_clock(commitment.plan, found=was_assessed, today=today)]
    if commitment.ends_on is not None:
        due = months_after(commitment.ends_on, END_REPORT_MONTHS)
        clocks.append(Clock("end", due, _standing(due, found=False, today=today)))
    return clocks


def _standing(due: date, *, found: bool, today: date) -> Literal["found", "overdue", "running"]:
    if found:
        return "found"
    return "overdue" if due < today else "running"


def freshness_of(commitment: Commitment, *, computed_on: date | None, today: date) -> Freshness:
    """Fresh while figures are computed from the service; else as old as the last dated fact about it."""
    known = [fact.on for fact in commitment.facts.all() if fact.on is not None]
    since = computed_on or max([_submitted(commitment.plan), *known])
    return Freshness(since=since, is_stale=months_after(since, UPDATE_MONTHS) < today)
