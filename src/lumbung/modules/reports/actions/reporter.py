"""What the reporter does with the access code: add, confirm, reopen, withdraw, rate."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import GUEST
from lumbung.core.base.errors import Refused
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import passages, triage
from lumbung.modules.reports.events import (
    ReportAdded,
    ReportCompleted,
    ReportConfirmed,
    ReportReopened,
    ReportWithdrawn,
)
from lumbung.modules.reports.models import Addition, Pause, Rating, Report
from lumbung.modules.reports.states import State

REOPEN_WITHIN = timedelta(days=60)


def add_to_report(*, report: Report, by: Viewer, text: str, now: datetime) -> Report:
    """Add words to a report; when more was asked, this answers it and the clock goes on."""
    permissions.require_code(by, report)
    with transaction.atomic():
        triage.add_words(report=report, side=Addition.Side.REPORTER, text=text, now=now)
        if report.state == State.NEEDS_MORE:
            return _complete(report, now)
        passages.record(report, ReportAdded(report.number), actor=GUEST, now=now)
        return report


def _complete(report: Report, now: datetime) -> Report:
    before = report.due_on
    Pause.objects.create(report=report, since=report.paused_since or now, until=now)
    due_on = queries.due_on(report.rule_key, received_at=report.received_at, pauses=queries.pauses_of(report))
    return passages.move(
        report,
        to=State.SUBMITTED,
        event=lambda r: ReportCompleted(r.number, before.isoformat(), r.due_on.isoformat()),
        actor=GUEST,
        now=now,
        changes={"paused_since": None, "due_on": due_on},
    )


def confirm_finished(*, report: Report, by: Viewer, score: int, now: datetime) -> Report:
    """The reporter says it is done, with a score from 1 to 4."""
    permissions.require_code(by, report)
    with transaction.atomic():
        moved = passages.move(
            report, to=State.CONFIRMED, event=lambda r: ReportConfirmed(r.number), actor=GUEST, now=now
        )
        try:
            with transaction.atomic():
                Rating.objects.create(
                    report=moved, finish_number=moved.reopened_count, score=score, rated_on=clock.local_day(now)
                )
        except IntegrityError as error:
            raise Refused("already-rated", _("You have rated this answer already. Thank you.")) from error
    return moved


def reopen_report(*, report: Report, by: Viewer, text: str, now: datetime) -> Report:
    """The reporter says it is not done; the agency gets it back and the reopening is counted."""
    permissions.require_code(by, report)
    if report.finished_at and now - report.finished_at > REOPEN_WITHIN:
        raise Refused(
            "too-late-to-reopen",
            _("This report was finished more than %(days)s days ago. Send a new report and name this number."),
            days=REOPEN_WITHIN.days,
        )
    with transaction.atomic():
        triage.add_words(report=report, side=Addition.Side.REPORTER, text=text, now=now)
        return passages.move(
            report,
            to=State.IN_PROGRESS,
            event=lambda r: ReportReopened(r.number, r.reopened_count),
            actor=GUEST,
            now=now,
            changes={"finished_at": None, "reopened_count": report.reopened_count + 1},
        )


def withdraw_report(*, report: Report, by: Viewer, now: datetime) -> Report:
    """The reporter takes the report back."""
    permissions.require_code(by, report)
    return passages.move(report, to=State.WITHDRAWN, event=lambda r: ReportWithdrawn(r.number), actor=GUEST, now=now)
