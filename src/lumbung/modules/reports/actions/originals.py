"""Reading the sealed original as staff: never without a trace."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.events import actions as events
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.permissions import Reading
from lumbung.modules.reports.queries import photos


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
        fields = ("text", "landmark") if reading is Reading.ALL else ("text.masked", "landmark.masked")
        _note(report, fields, by=by, now=now)
    return Opened(reading, queries.words_of(report, by), queries.conversation(report, by))


def note_photo(by: Viewer, file_id: UUID, size: str, now: datetime) -> None:
    """Write down that an officer opened a photo nobody has cleared for everyone; its own reporter leaves no trace."""
    report = photos.report_of_photo(file_id)
    if report is not None and not permissions.holds_code(by, report):
        _note(report, ("photo" if size == "large" else "photo.small",), by=by, now=now)


def _note(report: Report, fields: tuple[str, ...], *, by: Viewer, now: datetime) -> None:
    events.record_access(
        account_id=str(by.account.pk) if by.account else "",
        role=_role(by, report),
        subject_type="report",
        subject_id=str(report.pk),
        fields=fields,
        channel="page",
        reason="",
        now=now,
    )


def _role(by: Viewer, report: Report) -> str:
    scope = permissions.scope_of(report)
    verbs = (permissions.VERIFY, permissions.ANSWER, permissions.APPROVE)
    return next((held.role for verb in verbs if (held := role_for(by, verb, scope))), "")
