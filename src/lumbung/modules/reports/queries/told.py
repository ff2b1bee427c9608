"""What the public knows of a report on a day: the one place for the rule of the week (decision 31, ADR 16).

A report with a mode is told each Monday as it stood on that Monday, and stays so told until the next. A report that was
never public is told by the day: with the minute a number began to answer, the writer could be found (decision 2). What
the public goes on knowing meanwhile stands in the report itself, in the fields that begin with `held_`.
"""

import copy
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from lumbung.core.base import clock
from lumbung.modules.reports import states
from lumbung.modules.reports.models import Report

HELD: tuple[str, ...] = ("state", "agency_id", "reopened_count", "finished_at", "due_on", "paused_since")
HELD += ("planned_year", "planned_document")
HELD_FIELDS = ("held_until", *(f"held_{name}" for name in HELD))
UNKNOWN = ""


def told_day(received_on: date, *, is_anonymous: bool) -> date:
    """The day by which the public may know when a report came: of an anonymous one the Monday of its week."""
    return clock.monday_of(received_on) if is_anonymous else received_on


def told_from(day: date, *, precision: str) -> date:
    """The day from which the public may know what happened on a day."""
    return clock.monday_after(day) if precision == "week" else day + timedelta(days=1)


def seen_at(as_of: datetime, *, is_anonymous: bool) -> datetime:
    """The moment up to which marks of a report may be worked out: of an anonymous one the last Monday's midnight."""
    if not is_anonymous:
        return as_of
    return datetime.combine(clock.monday_of(clock.local_day(as_of)), time.min, tzinfo=clock.WITA)


def facts_of(report: Report) -> dict[str, Any]:
    """The facts that are held back, as they stand now."""
    return {name: getattr(report, name) for name in HELD}


def as_told(report: Report, *, day: date) -> Report:
    """The report as the public knows it on a day; a copy to be read, where something is held back."""
    if report.held_until is None or report.held_until <= day:
        return report
    seen = copy.copy(report)
    for name in HELD:
        setattr(seen, name, getattr(report, f"held_{name}"))
    seen.agency = report.held_agency
    return seen


def facts_as_told(facts: Mapping[str, Any], *, day: date) -> Mapping[str, Any]:
    """The same for a row read with HELD_FIELDS."""
    if facts["held_until"] is None or facts["held_until"] <= day:
        return facts
    return {**facts, **{name: facts[f"held_{name}"] for name in HELD}}


def told(*, day: date, **facts: Any) -> Q:
    """Reports of which the public knows these facts on a day: `told(day=today, state="finished")`."""
    held = {f"held_{name}": value for name, value in facts.items()}
    return Q(held_until__gt=day, **held) | Q(_nothing_held(day), **facts)


def known(*, day: date) -> Q:
    """Reports of which the public may know on a day that they exist."""
    return _nothing_held(day) | ~Q(held_state=UNKNOWN)


def _nothing_held(day: date) -> Q:
    return Q(held_until__isnull=True) | Q(held_until__lte=day)


def told_state(report: Report, *, day: date) -> str:
    """The state the public knows on a day."""
    waits = report.held_until is not None and report.held_until > day
    return report.held_state if waits else report.state


def is_known(report: Report, *, day: date) -> bool:
    """Whether the public may know on a day that the report exists."""
    return told_state(report, day=day) != UNKNOWN


def is_public(report: Report, *, day: date) -> bool:
    """Whether anyone may read its page on a day."""
    return not report.is_confidential and told_state(report, day=day) in states.PUBLIC


def may_tell(report: Report, moment: datetime | None, *, day: date) -> bool:
    """Whether the public may know on a day what was decided at a moment about a public report."""
    if moment is None:
        return False
    return report.precision != "week" or clock.local_day(moment) < clock.monday_of(day)
