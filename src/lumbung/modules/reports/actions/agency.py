"""What the agency does: accept, hand back or on, plan, resume."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports import permissions
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.actions.responses import (
    agency_name,
    approve_response,
    return_response,
    write_response,
)
from lumbung.modules.reports.events import (
    ReportAccepted,
    ReportHandedOn,
    ReportHandedToAgency,
    ReportPlanned,
    ReportResumed,
)
from lumbung.modules.reports.models import Handover, Report

__all__ = [
    "accept_report",
    "approve_response",
    "hand_on_report",
    "plan_report",
    "resume_report",
    "return_response",
    "return_to_coordinator",
    "write_response",
]


def accept_report(*, report: Report, by: Viewer, now: datetime) -> Report:
    """The agency takes the report on."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        return passages.move(
            current,
            "accept",
            event=lambda r: ReportAccepted(r.number, agency_name(r)),
            actor=actor,
            now=now,
        )


def return_to_coordinator(*, report: Report, by: Viewer, now: datetime, reason: str = "") -> Report:
    """The agency says the duty is not its own; the report keeps its number and clock, and the bounce is counted."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        passages.require_step(current, "give_back")
        name = agency_name(current)
        passages.keep_handover(
            current, kind=Handover.Kind.RETURNED, reason=reason, by=by, now=now, from_agency=current.agency
        )
        return passages.move(
            current,
            "give_back",
            event=lambda r: ReportHandedOn(r.number, name),
            actor=actor,
            now=now,
            changes={"agency": None, "bounced_count": current.bounced_count + 1},
        )


def hand_on_report(*, report: Report, by: Viewer, agency: Organisation, reason: str, now: datetime) -> Report:
    """Hand a report straight to the agency that has the duty: once in its life, afterwards the coordinator decides."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        passages.require_step(current, "hand_on")
        _refuse_handing_on(current, agency)
        name = agency_name(current)
        passages.keep_handover(
            current,
            kind=Handover.Kind.TO_AGENCY,
            reason=reason,
            by=by,
            now=now,
            from_agency=current.agency,
            to_agency=agency,
        )
        return passages.move(
            current,
            "hand_on",
            event=lambda r: ReportHandedToAgency(r.number, name, agency.name_id),
            actor=actor,
            now=now,
            changes={"agency": agency, "bounced_count": current.bounced_count + 1},
        )


def _refuse_handing_on(current: Report, agency: Organisation) -> None:
    if current.is_protected:
        raise Refused(
            "protected-goes-back", _("A confidential report is not handed on between agencies. Return it instead.")
        )
    if agency.pk == current.agency_id:
        raise Refused("agency-has-it-already", _("Your agency has the report. Choose another."), field="agency")
    if current.handovers.filter(kind=Handover.Kind.TO_AGENCY).exists():
        raise Refused(
            "handed-on-once-already",
            _("This report was handed on once already. Return it to the coordinator, who decides."),
            field="agency",
        )


def plan_report(*, report: Report, by: Viewer, year: int, document: str, now: datetime) -> Report:
    """Say honestly that the work waits for a budget year, and in which document it stands. The clock goes on."""
    if year < clock.local_day(now).year:
        raise Refused("plan-lies-in-the-past", _("Write this budget year or a later one."), field="year")
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        return passages.move(
            current,
            "plan",
            event=lambda r: ReportPlanned(r.number, year),
            actor=actor,
            now=now,
            changes={"planned_year": year, "planned_document": document},
        )


def resume_report(*, report: Report, by: Viewer, now: datetime) -> Report:
    """The budget is there: the planned work begins."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        return passages.move(
            current, "resume", event=lambda r: ReportResumed(r.number, agency_name(r)), actor=actor, now=now
        )
