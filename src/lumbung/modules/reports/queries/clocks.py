"""Due dates, counted on the stored calendar with the stored rules."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from lumbung.core.base import clock
from lumbung.core.calendar import queries as calendar
from lumbung.kernels import deadlines
from lumbung.modules.reports import states
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.states import State

YEARS_AHEAD = 2


OPEN = [state.value for state in State if state not in states.CLOSED]


def calendar_for(since: date, until: date) -> deadlines.Calendar:
    """The stored calendar from the year of `since` to two years after `until`: no legal limit runs longer."""
    return calendar.calendar_between(since, date(until.year + YEARS_AHEAD, 12, 31))


def deadline(
    rule_key: str,
    *,
    received_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    counted_on: deadlines.Calendar | None = None,
) -> deadlines.Deadline:
    """The legal deadline of a report, with each skipped day. `counted_on` spares a query when there are many."""
    received_on = clock.local_day(received_at)
    stored = calendar.rule_in_force("reports", rule_key, on=received_on)
    if stored is None:
        raise LookupError(
            f"no deadline rule {rule_key!r} for reports is in force on {received_on} (calendar.DeadlineRule)"
        )
    return deadlines.due(
        calendar.as_kernel_rule(stored),
        received_at,
        counted_on or calendar_for(received_on, received_on),
        tuple(deadlines.Pause(since, until) for since, until in pauses),
        zone=clock.WITA,
    )


def due_on(
    rule_key: str,
    *,
    received_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    counted_on: deadlines.Calendar | None = None,
) -> date:
    """The day a report is legally due."""
    return deadline(rule_key, received_at=received_at, pauses=pauses, counted_on=counted_on).due_on


def pauses_of(report: Report) -> list[tuple[datetime, datetime]]:
    """When the report's clock stood still, oldest first."""
    return [(pause.since, pause.until) for pause in report.pauses.all()]


def days_left_of(reports: Sequence[Report], today: date) -> list[tuple[Report, int]]:
    """Each report with its working days until the due date, negative once it has passed; one calendar for all."""
    if not reports:
        return []
    counted_on = calendar_for(min(today, *(report.due_on for report in reports)), today)
    return [(report, deadlines.working_days_between(today, report.due_on, counted_on)) for report in reports]


def share_used(report: Report, today: date) -> float:
    """How much of the time until the due date is gone, from 0 to 1."""
    whole = max((report.due_on - report.received_on).days, 1)
    return min(max((today - report.received_on).days / whole, 0.0), 1.0)


def open_reports() -> QuerySet[Report]:
    """Every report whose clock matters still."""
    return Report.objects.filter(state__in=OPEN).prefetch_related("pauses").order_by("received_at")
