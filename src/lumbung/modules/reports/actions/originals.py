"""Reading the sealed original as staff: never without a trace."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.events import actions as events
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.permissions import Reading


@dataclass(frozen=True, slots=True)
class Opened:
    """What this officer may read of a report, opened for one page view."""

    reading: Reading
    words: queries.Words | None
    conversation: list[tuple[str, datetime, str]]


def open_original(*, report: Report, by: Viewer, now: datetime) -> Opened:
    """Open what the officer may read, and write down that it was read: once a page view."""
    reading = permissions.reading_of(by, report)
    if reading is Reading.NOTHING:
        return Opened(reading, None, [])
    with transaction.atomic():
        events.record_access(
            account_id=str(by.account.pk) if by.account else "",
            role=_role(by, report),
            subject_type="report",
            subject_id=str(report.pk),
            fields=("text", "landmark") if reading is Reading.ALL else ("text.masked", "landmark.masked"),
            channel="page",
            reason="",
            now=now,
        )
    return Opened(reading, queries.words_of(report, by), queries.conversation(report, by))


def _role(by: Viewer, report: Report) -> str:
    scope = permissions.scope_of(report)
    verbs = (permissions.VERIFY, permissions.ANSWER, permissions.APPROVE)
    return next((held.role for verb in verbs if (held := role_for(by, verb, scope))), "")
