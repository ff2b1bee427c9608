"""One way to change a report's state: lock, check the table, save, record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.modules.reports import states
from lumbung.modules.reports.actions import indexing
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.states import State


def locked(report: Report) -> Report:
    """The report as it is now, held until the transaction ends."""
    return Report.objects.select_for_update().get(pk=report.pk)


def move(
    report: Report,
    *,
    to: State,
    event: Callable[[Report], Event],
    actor: Actor,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
) -> Report:
    """Bring a report to another state, or refuse with the state it is in."""
    with transaction.atomic():
        current = locked(report)
        if not states.is_allowed(current.state, to):
            raise Refused(
                "passage-not-allowed",
                _("This report is “%(state)s”, so this step is not possible any more. Reload the page."),
                state=current.get_state_display(),
            )
        current.state = to
        for field, value in (changes or {}).items():
            setattr(current, field, value)
        current.save()
        record(current, event(current), actor=actor, now=now)
        _follow_in_the_index(current, changes or {})
        return current


def _follow_in_the_index(report: Report, changes: Mapping[str, Any]) -> None:
    if report.state not in states.PUBLIC or report.is_confidential:
        indexing.index_report(report)
    if {"agency", "handling_portal", "category"} & set(changes):
        indexing.index_report_for_staff(report)


def record(report: Report, event: Event, *, actor: Actor, now: datetime) -> None:
    """Record an event of a report with the precision its mode allows."""
    events.record(
        event,
        subject_type="report",
        subject_id=str(report.pk),
        actor=actor,
        now=now,
        precision="week" if report.precision == "week" else "day",
    )
