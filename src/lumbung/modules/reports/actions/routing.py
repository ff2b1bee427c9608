"""Giving a report to whoever has the duty: agencies, receiving units, other governments, bodies outside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import passages, photos, triage
from lumbung.modules.reports.events import (
    ReportAssigned,
    ReportHandedOut,
    ReportPassedToPortal,
    ReportRouted,
    ReportTakenBack,
    UnitWrote,
)
from lumbung.modules.reports.models import Addition, Handover, Report, Response


def assign_report(*, report: Report, by: Viewer, agency: Organisation, now: datetime) -> Report:
    """Give a verified report to the agency that has the duty."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ASSIGN)
        passages.require_step(current, "assign")
        if current.is_protected:
            raise Refused(
                "route-it-unread",
                _("This report is confidential and stays unread here. Send it to the unit that examines it."),
                field="agency",
            )
        return passages.move(
            current,
            "assign",
            event=lambda r: ReportAssigned(r.number, agency.name_id, agency.pk),
            actor=actor,
            now=now,
            changes={"agency": agency, "first_assigned_at": current.first_assigned_at or now},
        )


def route_report(
    *, report: Report, by: Viewer, agency: Organisation, reported_office: Organisation | None, now: datetime
) -> Report:
    """Send a report that is confidential by force, unread, to a unit that may examine it.

    Never to the office it is about. The log does not say which unit: in a small place that names the matter.
    """
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ASSIGN)
        passages.require_step(current, "route")
        _refuse_wrong_unit(current, agency, reported_office, now)
        return passages.move(
            current,
            "route",
            event=lambda r: ReportRouted(r.number),
            actor=actor,
            now=now,
            changes={
                "agency": agency,
                "reported_office": reported_office,
                "first_assigned_at": current.first_assigned_at or now,
                **triage.answered(current, now),
            },
        )


def _refuse_wrong_unit(current: Report, agency: Organisation, reported: Organisation | None, now: datetime) -> None:
    if not current.is_protected:
        raise Refused("route-not-needed", _("This report is not confidential by force. Verify it, then assign it."))
    if reported is not None and agency.pk == reported.pk:
        raise Refused(
            "never-to-the-office-named",
            _("A report never goes to the office it is about. Choose another unit."),
            field="agency",
        )
    if agency.pk not in {unit.pk for unit in queries.receiving_units(current, day=clock.local_day(now))}:
        raise Refused(
            "unit-may-not-examine",
            _("This topic goes only to a unit that may examine it. Choose one in the list."),
            field="agency",
        )


def write_to_reporter(*, report: Report, by: Viewer, text: str, now: datetime) -> Report:
    """The unit that examines a protected report asks or tells its reporter something; nobody else reads it."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        passages.require_step(current, "write")
        if not current.is_protected:
            raise Refused("ask-through-coordinator", _("Ask the coordinator to write to the reporter."))
        passages.add_words(report=current, side=Addition.Side.UNIT, text=text, now=now)
        return passages.move(current, "write", event=lambda r: UnitWrote(r.number), actor=actor, now=now)


def take_back_report(*, report: Report, by: Viewer, reason: str, now: datetime) -> Report:
    """The coordinator takes a report back from an agency that is silent or may not handle it."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ASSIGN)
        passages.require_step(current, "take_back")
        passages.keep_handover(
            current, kind=Handover.Kind.TAKEN_BACK, reason=reason, by=by, now=now, from_agency=current.agency
        )
        return_waiting_answer(current, by=by, now=now)
        return passages.move(
            current,
            "take_back",
            event=lambda r: ReportTakenBack(r.number),
            actor=actor,
            now=now,
            changes={"agency": None},
        )


def return_waiting_answer(current: Report, *, by: Viewer, now: datetime) -> None:
    """An answer still before the head is not approved any more once the report has left."""
    waiting = current.responses.filter(standing=Response.Standing.WAITING)
    for response in waiting:
        photos.release_evidence(response=response)
    waiting.update(standing=Response.Standing.RETURNED, decided_at=now, decided_by=by.account, decision_note="")


def hand_out_report(*, report: Report, by: Viewer, handed_to: str, now: datetime, contact: str = "") -> Report:
    """Hand a report to a body outside this government, with a way to reach it; number and receipt date stay."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        passages.require_step(current, "hand_out")
        if current.is_protected:
            raise Refused(
                "route-it-unread",
                _("This report is confidential and stays unread here. Send it to the unit that examines it."),
            )
        return passages.move(
            current,
            "hand_out",
            event=lambda r: ReportHandedOut(r.number),
            actor=actor,
            now=now,
            changes={"handed_to": handed_to, "handed_contact": contact, **triage.answered(current, now)},
        )


def pass_to_portal(*, report: Report, by: Viewer, portal: Portal, reason: str, now: datetime) -> Report:
    """Another government has the authority: it handles the report from now on.

    Number, page, receipt date and clock stay where they are; only who handles it changes.
    """
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        passages.require_step(current, "hand_on_to_portal")
        if portal.pk == current.handling_portal_id:
            raise Refused(
                "portal-has-it-already", _("This government has the report already. Choose another."), field="portal"
            )
        passages.keep_handover(current, kind=Handover.Kind.TO_PORTAL, reason=reason, by=by, now=now, to_portal=portal)
        return passages.move(
            current,
            "hand_on_to_portal",
            event=lambda r: ReportPassedToPortal(r.number, portal.name_id),
            actor=actor,
            now=now,
            changes={"handling_portal": portal, **triage.answered(current, now)},
        )
