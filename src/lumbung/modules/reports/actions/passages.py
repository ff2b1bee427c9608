"""One way to change a report: lock it, check who and whether, save, record one event."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock, sealing
from lumbung.core.base.actors import GUEST, Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.notices import actions as notices
from lumbung.core.notices.recipients import Topic
from lumbung.modules.reports import permissions, queries, states
from lumbung.modules.reports.actions import indexing
from lumbung.modules.reports.models import Addition, Handover, Pause, Report
from lumbung.modules.reports.models.contacts import FOLLOW

# What the log says instead of naming the office that examines a protected report.
RECEIVING_UNIT = "Unit penerima laporan rahasia"

Changes = Mapping[str, Any]
Tell = Callable[[Report], Event]


def locked(report: Report) -> Report:
    """The report as it is now, held until the transaction ends."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("handling_portal", "agency", "category")
        .get(pk=report.pk)
    )


def locked_for(report: Report, *, by: Viewer, verb: str) -> tuple[Report, Actor]:
    """The report held, and the face of the officer who may do this to it as it is now."""
    current = locked(report)
    return current, by.acting_as(permissions.required_role(by, verb, current))


def locked_for_reporter(report: Report, *, by: Viewer) -> tuple[Report, Actor]:
    """The report held, for whoever opened it with its code."""
    permissions.require_code(by, report)
    return locked(report), GUEST


def move(
    current: Report, step: str, *, event: Tell, actor: Actor, now: datetime, changes: Changes | None = None
) -> Report:
    """Take one step with a report that is held, or refuse with the state it is in.

    A pause that still runs ends with any step that leaves the state in which the reporter was asked.
    """
    with transaction.atomic():
        require_step(current, step)
        before = queries.facts_of(current)
        after = states.STEPS[step].after
        if current.paused_since is not None and after is not None:
            end_pause(current, now)
        current.state = after or current.state
        for field, value in (changes or {}).items():
            setattr(current, field, value)
        hold_back(current, before, now=now)
        current.save()
        record(current, event(current), actor=actor, now=now)
        _follow_in_the_index(current, changes or {}, now)
        if current.is_confidential:
            notices.withhold(topic=Topic(FOLLOW, str(current.pk)), now=now)
        return current


def hold_back(current: Report, before: Mapping[str, Any], *, now: datetime) -> None:
    """Let the public go on knowing a report by the facts before a change, until the day it may be told (ADR 16).

    Facts held back already stay: they are those of the start of the week. An open report with a page holds nothing.
    """
    never_public = before["state"] not in states.PUBLIC and current.state not in states.PUBLIC
    if current.precision != "week" and not never_public:
        current.held_until = None
        return
    today = clock.local_day(now)
    until = queries.told_from(today, precision=current.precision)
    if current.held_until is not None and current.held_until > today:
        current.held_until = max(current.held_until, until)
        return
    current.held_until = until
    for name, value in before.items():
        setattr(current, f"held_{name}", value)


def _follow_in_the_index(report: Report, changes: Mapping[str, Any], now: datetime) -> None:
    if report.state not in states.PUBLIC or report.is_confidential:
        indexing.index_report(report, day=clock.local_day(now))
    if {"agency", "handling_portal", "category"} & set(changes):
        indexing.index_report_for_staff(report)


def require_step(current: Report, step: str) -> None:
    """Refuse a step that may not begin in the state the report is in."""
    if not states.may_begin(step, current.state):
        raise Refused(
            "passage-not-allowed",
            _("This report is “%(state)s”, so this step is not possible any more. Reload the page."),
            state=current.get_state_display(),
        )


def end_pause(current: Report, now: datetime) -> None:
    """The clock goes on: keep the pause that ends now."""
    since = current.paused_since or now
    Pause.objects.create(report=current, since=since, until=max(now, since))
    current.paused_since = None


def record(report: Report, event: Event, *, actor: Actor, now: datetime) -> None:
    """Record an event with the precision the report's mode allows; of a protected one not which office acted."""
    if report.is_protected:
        actor = dataclasses.replace(actor, organisation_code="", pseudonym="")
    events.record(
        event,
        subject_type="report",
        subject_id=str(report.pk),
        actor=actor,
        now=now,
        precision="week" if report.precision == "week" else "day",
    )


def add_words(*, report: Report, side: str, text: str, now: datetime) -> Addition:
    """Seal something said between coordinator and reporter."""
    addition = Addition(report=report, side=side, written_at=now)
    addition.text = sealing.seal(text, place=f"reports_addition.text:{addition.pk}")
    addition.save()
    return addition


def keep_handover(report: Report, *, kind: str, reason: str, by: Viewer, now: datetime, **ends: Any) -> Handover:
    """Seal why a report left somebody's hands."""
    handover = Handover(report=report, kind=kind, by=by.account, at=now, **ends)
    handover.reason = sealing.seal(reason, place=f"reports_handover.reason:{handover.pk}")
    handover.save()
    return handover
