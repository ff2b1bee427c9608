"""Due dates follow the calendar: a changed holiday moves every open one, and says so."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.events import DeadlineMoved
from lumbung.modules.reports.models import Report


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
            _move(report, due_on.isoformat(), now)
            moved += 1
    return moved


def _move(report: Report, due_on: str, now: datetime) -> None:
    with transaction.atomic():
        current = passages.locked(report)
        before, current.due_on = current.due_on.isoformat(), type(current.due_on).fromisoformat(due_on)
        current.save(update_fields=["due_on"])
        passages.record(current, DeadlineMoved(current.number, before, due_on), actor=SYSTEM, now=now)
