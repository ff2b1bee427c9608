"""Opening who reported: with a reason, on the record, and told to the reporter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.modules.reports import permissions
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.events import IdentityOpened
from lumbung.modules.reports.models import Report

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Identity:
    """What the reporter gave of themselves."""

    name: str
    phone: str
    email: str


def open_identity(*, report: Report, by: Viewer, reason: str, now: datetime) -> Identity:
    """Show the reporter's name and contact once; writes an access event before anything is shown."""
    held = permissions.required_opener(by, report)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(
            "reason-too-short", _("Write the reason in one sentence. The reporter will read it."), field="reason"
        )
    with transaction.atomic():
        events.record_access(
            account_id=str(by.account.pk) if by.account else "",
            role=held.role,
            subject_type="report",
            subject_id=str(report.pk),
            fields=("name", "phone", "email"),
            channel="page",
            reason=reason.strip(),
            now=now,
        )
        passages.record(report, IdentityOpened(report.number), actor=by.acting_as(held), now=now)
    return Identity(*(unsealed(report, field) for field in ("name", "phone", "email")))


def unsealed(report: Report, field: str) -> str:
    """One thing the reporter gave of themselves; write down that it is opened before calling this."""
    value = getattr(report.reporter, field)
    return sealing.unseal(value, place=f"reports_reporter.{field}:{report.pk}") if value else ""
