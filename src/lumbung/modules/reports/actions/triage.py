"""What the coordinator does: verify, ask for more, archive, hand over, assign."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports import permissions, personal_data
from lumbung.modules.reports.actions import indexing, passages
from lumbung.modules.reports.events import (
    MoreAsked,
    ReportArchived,
    ReportAssigned,
    ReportHandedOut,
    ReportVerified,
)
from lumbung.modules.reports.models import Addition, PublicVersion, Report
from lumbung.modules.reports.states import State


def verify_report(
    *,
    report: Report,
    by: Viewer,
    title: str,
    text: str,
    place: str,
    urgency: str,
    hides_person: str,
    hides_text: str,
    now: datetime,
) -> Report:
    """Confirm the public version; from here on the report is public unless confidential.

    Personal data left in the public version stops it. A mode may be added, never taken away.
    """
    held = permissions.required_role(by, permissions.VERIFY, report)
    _refuse_personal_data(f"{title}\n{text}\n{place}")
    words_hash = sealing.salted_hash(f"{title}\n{text}", secrets.token_bytes(16))
    changes = {
        "urgency": urgency,
        "is_anonymous": report.is_anonymous or bool(hides_person),
        "is_confidential": report.is_confidential or bool(hides_text),
        "first_answered_at": report.first_answered_at or now,
    }
    with transaction.atomic():
        moved = passages.move(
            report,
            to=State.VERIFIED,
            event=lambda r: ReportVerified(r.number, r.due_on.isoformat(), words_hash),
            actor=by.acting_as(held),
            now=now,
            changes=changes,
        )
        PublicVersion.objects.create(
            report=moved, title=title, text=text, place=place, confirmed_at=now, confirmed_by=by.account
        )
        indexing.index_report(moved)
    return moved


def _refuse_personal_data(text: str) -> None:
    found = personal_data.find(text)
    if found:
        raise Refused(
            "personal-data-in-public-version",
            _("The public version still holds personal data (%(kinds)s). Mask it, then confirm again."),
            field="text",
            kinds=", ".join(sorted({str(item.label) for item in found})),
        )


def ask_for_more(*, report: Report, by: Viewer, question: str, now: datetime) -> Report:
    """Ask the reporter to complete the report; the clock stops until the answer."""
    held = permissions.required_role(by, permissions.VERIFY, report)
    with transaction.atomic():
        moved = passages.move(
            report,
            to=State.NEEDS_MORE,
            event=lambda r: MoreAsked(r.number),
            actor=by.acting_as(held),
            now=now,
            changes={"paused_since": now, "first_answered_at": report.first_answered_at or now},
        )
        add_words(report=moved, side=Addition.Side.COORDINATOR, text=question, now=now)
    return moved


def add_words(*, report: Report, side: str, text: str, now: datetime) -> Addition:
    """Seal something said between coordinator and reporter."""
    addition = Addition(report=report, side=side, written_at=now)
    addition.text = sealing.seal(text, place=f"reports_addition.text:{addition.pk}")
    addition.save()
    return addition


def archive_report(*, report: Report, by: Viewer, reason: str, now: datetime) -> Report:
    """Close an unclear or irrelevant report, with the reason its reporter reads."""
    held = permissions.required_role(by, permissions.VERIFY, report)
    return passages.move(
        report,
        to=State.ARCHIVED,
        event=lambda r: ReportArchived(r.number),
        actor=by.acting_as(held),
        now=now,
        changes={"archive_reason": reason, "first_answered_at": report.first_answered_at or now},
    )


def hand_out_report(*, report: Report, by: Viewer, handed_to: str, now: datetime) -> Report:
    """Hand a report to a body outside this government; number and receipt date stay."""
    held = permissions.required_role(by, permissions.VERIFY, report)
    return passages.move(
        report,
        to=State.HANDED_OUT,
        event=lambda r: ReportHandedOut(r.number),
        actor=by.acting_as(held),
        now=now,
        changes={"handed_to": handed_to, "first_answered_at": report.first_answered_at or now},
    )


def assign_report(*, report: Report, by: Viewer, agency: Organisation, now: datetime) -> Report:
    """Give a verified report to the agency that has the duty."""
    held = permissions.required_role(by, permissions.ASSIGN, report)
    return passages.move(
        report,
        to=State.ASSIGNED,
        event=lambda r: ReportAssigned(r.number, agency.name_id, agency.pk),
        actor=by.acting_as(held),
        now=now,
        changes={"agency": agency},
    )
