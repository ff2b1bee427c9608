"""What the reporter does with the access code: add, confirm, reopen, withdraw, rate."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import passages, routing
from lumbung.modules.reports.events import (
    ReportAdded,
    ReportCompleted,
    ReportConfirmed,
    ReportReopened,
    ReportWithdrawn,
)
from lumbung.modules.reports.models import Addition, Rating, Report
from lumbung.modules.reports.states import State

REOPEN_WITHIN = timedelta(days=60)


def add_to_report(*, report: Report, by: Viewer, text: str, now: datetime) -> Report:
    """Add words to a report; when more was asked, this answers it and the clock goes on."""
    with transaction.atomic():
        current, actor = passages.locked_for_reporter(report, by=by)
        is_answer = current.state == State.NEEDS_MORE
        passages.require_step(current, "complete" if is_answer else "add")
        passages.add_words(report=current, side=Addition.Side.REPORTER, text=text, now=now)
        if is_answer:
            return _complete(current, actor, now)
        return passages.move(current, "add", event=lambda r: ReportAdded(r.number), actor=actor, now=now)


def _complete(current: Report, actor: Actor, now: datetime) -> Report:
    before = current.due_on
    passages.end_pause(current, now)
    due_on = queries.due_on(current.rule_key, received_at=current.received_at, pauses=queries.pauses_of(current))
    return passages.move(
        current,
        "complete",
        event=lambda r: ReportCompleted(r.number, before.isoformat(), r.due_on.isoformat()),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
    )


def confirm_finished(*, report: Report, by: Viewer, score: int, now: datetime) -> Report:
    """The reporter says it is done, with a score from 1 to 4."""
    with transaction.atomic():
        current, actor = passages.locked_for_reporter(report, by=by)
        moved = passages.move(current, "confirm", event=lambda r: ReportConfirmed(r.number), actor=actor, now=now)
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
    with transaction.atomic():
        current, actor = passages.locked_for_reporter(report, by=by)
        passages.require_step(current, "reopen")
        _refuse_late_reopening(current, now)
        changes: dict[str, Any] = {"finished_at": None, "reopened_count": current.reopened_count + 1}
        passages.add_words(report=current, side=Addition.Side.REPORTER, text=text, now=now)
        return passages.move(
            current,
            "reopen",
            event=lambda r: ReportReopened(r.number, r.reopened_count),
            actor=actor,
            now=now,
            changes=changes,
        )


def _refuse_late_reopening(current: Report, now: datetime) -> None:
    if current.finished_at and now - current.finished_at > REOPEN_WITHIN:
        raise Refused(
            "too-late-to-reopen",
            _("This report was finished more than %(days)s days ago. Send a new report and name this number."),
            days=REOPEN_WITHIN.days,
        )


def withdraw_report(*, report: Report, by: Viewer, now: datetime) -> Report:
    """The reporter takes the report back; an answer that waits for the head stays unpublished."""
    with transaction.atomic():
        current, actor = passages.locked_for_reporter(report, by=by)
        moved = passages.move(current, "withdraw", event=lambda r: ReportWithdrawn(r.number), actor=actor, now=now)
        routing.return_waiting_answer(moved, by=by, now=now)
    return moved
