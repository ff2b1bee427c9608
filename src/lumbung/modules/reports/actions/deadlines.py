"""Due dates follow the calendar: a changed holiday moves every open one, and says so."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.kernels.deadlines import Calendar
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.events import DeadlineMoved
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.states import CLOSED


def recompute_open_deadlines(*, now: datetime) -> int:
    """Count every open deadline anew on today's calendar and record old → new; returns how many moved.

    Idempotent: a second run finds nothing to move. One short transaction for each report that moves.
    """
    reports = list(queries.open_reports())
    if not reports:
        return 0
    counted_on = queries.calendar_for(reports[0].received_on, clock.local_day(now))
    moved = 0
    for report in reports:
        due_on = queries.due_on(
            report.rule_key, received_at=report.received_at, pauses=queries.pauses_of(report), counted_on=counted_on
        )
        if due_on != report.due_on:
            moved += _move(report, counted_on, now)
    return moved


def _move(report: Report, counted_on: Calendar, now: datetime) -> int:
    """Count again with the report held: it may have been completed or closed since it was listed."""
    with transaction.atomic():
        current = passages.locked(report)
        due_on = queries.due_on(
            current.rule_key,
            received_at=current.received_at,
            pauses=queries.pauses_of(current),
            counted_on=counted_on,
        )
        if current.state in CLOSED or due_on == current.due_on:
            return 0
        facts, before, current.due_on = queries.facts_of(current), current.due_on, due_on
        passages.hold_back(current, facts, now=now)
        current.save()
        event = DeadlineMoved(current.number, before.isoformat(), due_on.isoformat())
        passages.record(current, event, actor=SYSTEM, now=now)
        return 1
