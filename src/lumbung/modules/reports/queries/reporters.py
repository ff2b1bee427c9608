"""What the holder of an access code, or of a draft, may see."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import ids, sealing
from lumbung.core.portals.models import Portal
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import Report, ReportDraft


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
    """The sealed original, for its reporter and for whoever handles it; None for anyone else."""
    if not permissions.may_see_words(viewer, report):
        return None
    original = report.original
    return Words(
        text=sealing.unseal(original.text, place=f"reports_sealedoriginal.text:{report.pk}"),
        landmark=sealing.unseal(original.landmark, place=f"reports_sealedoriginal.landmark:{report.pk}"),
    )


def conversation(report: Report, viewer: Viewer) -> list[tuple[str, datetime, str]]:
    """What reporter and coordinator wrote each other: (side, when, text), oldest first."""
    if not permissions.may_see_words(viewer, report):
        return []
    return [
        (item.side, item.written_at, sealing.unseal(item.text, place=f"reports_addition.text:{item.pk}"))
        for item in report.additions.all()
    ]


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
