"""What the holder of an access code, or of a draft, may see."""

import json
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import registry
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import ids, sealing
from lumbung.core.events.queries import access_history_of
from lumbung.core.portals.models import Portal
from lumbung.kernels import personal_data
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import Report, ReportDraft, Reporter
from lumbung.modules.reports.permissions import Reading
from lumbung.modules.reports.queries import call_backs
from lumbung.modules.reports.queries.told import is_public


@dataclass(frozen=True, slots=True)
class Words:
    """The sealed original, opened."""

    text: str
    landmark: str


def code_index(code: str) -> str:
    """What is stored of an access code."""
    return sealing.blind_index(ids.tidy_access_code(code), purpose="report-access-code")


def report_by_code(code: str) -> Report | None:
    """The report an access code opens."""
    return Report.objects.filter(reporter__code_index=code_index(code)).select_related("portal").first()


def words_of(report: Report, viewer: Viewer) -> Words | None:
    """The sealed original as far as this viewer may read it; None where nothing. Staff pages go through
    `actions.originals.open_original`, which writes down that it was read."""
    reading = permissions.reading_of(viewer, report)
    if reading is Reading.NOTHING:
        return None
    original = report.original
    return Words(
        text=_as_read(sealing.unseal(original.text, place=f"reports_sealedoriginal.text:{report.pk}"), reading),
        landmark=_as_read(
            sealing.unseal(original.landmark, place=f"reports_sealedoriginal.landmark:{report.pk}"), reading
        ),
    )


def _as_read(text: str, reading: Reading) -> str:
    return text if reading is Reading.ALL else personal_data.mask(text)


def conversation(report: Report, viewer: Viewer) -> list[tuple[str, datetime, str]]:
    """What reporter and coordinator wrote each other: (side, when, text), oldest first."""
    reading = permissions.reading_of(viewer, report)
    if reading is Reading.NOTHING:
        return []
    return [
        (
            item.side,
            item.written_at,
            _as_read(sealing.unseal(item.text, place=f"reports_addition.text:{item.pk}"), reading),
        )
        for item in report.additions.all()
    ]


def shown_name(report: Report, *, day: date) -> str:
    """The name the reporter wanted shown: only on a public page, and never beside either mode."""
    if report.is_anonymous or not is_public(report, day=day):
        return ""
    person = Reporter.objects.filter(report=report, shows_name=True).only("name").first()
    if person is None or person.name is None:
        return ""
    return sealing.unseal(person.name, place=f"reports_reporter.name:{report.pk}")


# Reasons an officer does not write: a reporter asked to be called back.
FIXED_REASONS: Mapping[str, Promise] = {
    call_backs.NUMBER_OPENED: _("The reporter lost the link: telephone number opened, to call back"),
    call_backs.CODE_RIGHT: _("On the telephone the right code was read out for a new access code"),
    call_backs.LET_THROUGH: _("After the call of another officer, a new access code was allowed"),
}


def said(reason: str) -> str:
    """A reason as it is read: what an officer wrote, or a fixed one in the language active now."""
    return str(FIXED_REASONS.get(reason, reason))


@dataclass(frozen=True, slots=True)
class Opening:
    """One time somebody opened the reporter's data: day, role and reason; never which person."""

    at: datetime
    role: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Openings:
    """Who opened what, for the reporter: identities one by one, readings of the original as numbers, photos by role."""

    identities: list[Opening]
    readings: list[tuple[Any, int]]
    lookers: list[Any]


def openings_of(report: Report, viewer: Viewer) -> Openings | None:
    """Who ever opened the reporter's data and words; for the reporter only."""
    if not permissions.holds_code(viewer, report):
        return None
    entries = access_history_of("report", str(report.pk))
    opened = [item for item in entries if item.reason]
    read = Counter(item.role for item in entries if item.fields.startswith("text"))
    looked = {item.role for item in entries if item.fields.startswith("photo")}
    return Openings(
        identities=[Opening(item.at, registry.role(item.role).title, said(item.reason)) for item in opened],
        readings=[(registry.role(role).title, times) for role, times in sorted(read.items()) if role],
        lookers=[registry.role(role).title for role in sorted(looked) if role],
    )


def draft_by_id(text: str, portal: Portal, *, now: datetime) -> ReportDraft | None:
    """The unexpired draft of that id in this portal."""
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return ReportDraft.objects.filter(pk=key, portal=portal, expires_at__gt=now).first()


def report_of_draft(text: str) -> Report | None:
    """The report a draft became, if it was sent already."""
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return Report.objects.filter(draft_id=key).first()


def typed_in(draft: ReportDraft) -> dict[str, Any]:
    """What has been typed into a draft."""
    return dict(json.loads(sealing.unseal(draft.typed, place=f"reports_reportdraft.typed:{draft.pk}")))
