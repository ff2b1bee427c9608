"""Reminders before a due date, alarms after it, and alarms for reports that lie without an agency.

Everything is counted in working days of the stored calendar. Each reminder and alarm has its own occasion, so the job
may run as often as it likes. It looks back some days, for a worker that stood still, and not further: nobody is helped
by an alarm about last year.
"""

from datetime import date, datetime

from lumbung.core.base import clock
from lumbung.kernels import deadlines
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions.telling import tell_accounts
from lumbung.modules.reports.letters import staff as letters
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.queries import audiences, overdue

REMIND_AT = (2, 1)
LATE_FROM, LATE_UNTIL = 1, 5
UNASSIGNED_FROM, UNASSIGNED_UNTIL = 4, 9
FIRST_HOUR = 7


def watch(*, now: datetime) -> None:
    """Remind and alarm, in the morning or later."""
    if now.astimezone(clock.WITA).hour < FIRST_HOUR:
        return
    _watch_due_dates(now)
    _watch_unassigned(now)


def _watch_due_dates(now: datetime) -> None:
    today = clock.local_day(now)
    for report, days_left in queries.days_left_of(overdue.due_around(today), today):
        if days_left in REMIND_AT:
            _remind(report, days_left, now)
        elif LATE_FROM <= -days_left <= LATE_UNTIL:
            _alarm(report, -days_left, now)


def _remind(report: Report, days_left: int, now: datetime) -> None:
    tell_accounts(
        audiences.handlers_of(report, day=clock.local_day(now)),
        kind="reports.due_soon",
        occasion=f"due:{report.pk}:{report.due_on}:{days_left}",
        write=lambda: letters.due_soon(report, days_left),
        now=now,
    )


def _alarm(report: Report, days: int, now: datetime) -> None:
    for audience in (audiences.coordinators_of, audiences.officers_of, audiences.heads_of):
        tell_accounts(
            audience(report, day=clock.local_day(now)),
            kind="reports.late",
            occasion=f"late:{report.pk}:{report.due_on}",
            write=lambda: letters.late(report, days),
            now=now,
        )


def _watch_unassigned(now: datetime) -> None:
    today = clock.local_day(now)
    reports = overdue.unassigned(today)
    returned = overdue.returned_on(reports)
    waiting = [(report, overdue.without_agency_since(report, returned)) for report in reports]
    if not waiting:
        return
    counted_on = queries.calendar_for(min(since for _report, since in waiting), today)
    for report, since in waiting:
        days = deadlines.working_days_between(since, today, counted_on)
        if UNASSIGNED_FROM <= days <= UNASSIGNED_UNTIL:
            _call_for_assignment(report, since, days, now)


def _call_for_assignment(report: Report, since: date, days: int, now: datetime) -> None:
    tell_accounts(
        audiences.coordinators_of(report, day=clock.local_day(now)),
        kind="reports.unassigned",
        occasion=f"unassigned:{report.pk}:{since}",
        write=lambda: letters.unassigned(report, days),
        now=now,
    )
