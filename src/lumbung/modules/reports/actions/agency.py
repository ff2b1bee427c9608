"""What the agency does: accept, hand back, plan, answer; its head approves."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.jobs import actions as jobs
from lumbung.modules.reports import permissions, personal_data
from lumbung.modules.reports.actions import passages, photos
from lumbung.modules.reports.events import (
    ReportAccepted,
    ReportFinished,
    ReportHandedOn,
    ReportPlanned,
    ResponseApproved,
)
from lumbung.modules.reports.models import Report, Response
from lumbung.modules.reports.states import State


def accept_report(*, report: Report, by: Viewer, now: datetime) -> Report:
    """The agency takes the report on."""
    held = permissions.required_role(by, permissions.ANSWER, report)
    return passages.move(
        report,
        to=State.IN_PROGRESS,
        event=lambda r: ReportAccepted(r.number, _agency_name(r)),
        actor=by.acting_as(held),
        now=now,
    )


def return_to_coordinator(*, report: Report, by: Viewer, now: datetime) -> Report:
    """The agency says the duty is not its own; the report keeps its number and clock."""
    held = permissions.required_role(by, permissions.ANSWER, report)
    name = _agency_name(report)
    return passages.move(
        report,
        to=State.VERIFIED,
        event=lambda r: ReportHandedOn(r.number, name),
        actor=by.acting_as(held),
        now=now,
        changes={"agency": None},
    )


def plan_report(*, report: Report, by: Viewer, year: int, document: str, now: datetime) -> Report:
    """Say honestly that the work waits for a budget year, and in which document it stands."""
    held = permissions.required_role(by, permissions.ANSWER, report)
    return passages.move(
        report,
        to=State.PLANNED,
        event=lambda r: ReportPlanned(r.number, year),
        actor=by.acting_as(held),
        now=now,
        changes={"planned_year": year, "planned_document": document},
    )


def write_response(*, report: Report, by: Viewer, kind: str, text: str, now: datetime) -> Response:
    """Write an answer and put it before the head; nothing is public yet."""
    permissions.required_role(by, permissions.ANSWER, report)
    if report.state not in {State.IN_PROGRESS, State.PLANNED} or report.agency is None:
        raise Refused("report-not-in-hand", _("Accept the report before you answer it."))
    found = personal_data.find(text)
    if found:
        raise Refused(
            "personal-data-in-response",
            _("The response holds personal data (%(kinds)s). Leave it out; the reporter is known to the coordinator."),
            field="text",
            kinds=", ".join(sorted({str(item.label) for item in found})),
        )
    try:
        with transaction.atomic():
            written = Response.objects.create(
                report=report, kind=kind, text=text, agency=report.agency, written_at=now, written_by=by.account
            )
            photos.bind_evidence(response=written)
            jobs.enqueue("reports.call_heads", now=now, response_id=written.pk)
            return written
    except IntegrityError as error:
        raise Refused(
            "response-already-waiting",
            _("A response is already waiting for the head's approval. Wait for the decision first."),
        ) from error


def approve_response(*, response: Response, by: Viewer, now: datetime) -> Report:
    """The head approves: the answer becomes public, and a final one finishes the report."""
    report = response.report
    held = permissions.required_role(by, permissions.APPROVE, report)
    words_hash = sealing.salted_hash(response.text, secrets.token_bytes(16))
    with transaction.atomic():
        _decide(response, Response.Standing.APPROVED, by, "", now)
        photos.publish_evidence(response=response, actor=by.acting_as(held), now=now)
        if response.kind == Response.Kind.FINAL:
            return passages.move(
                report,
                to=State.FINISHED,
                event=lambda r: ReportFinished(r.number, _agency_name(r), words_hash),
                actor=by.acting_as(held),
                now=now,
                changes={"finished_at": now},
            )
        passages.record(
            report,
            ResponseApproved(report.number, _agency_name(report), words_hash),
            actor=by.acting_as(held),
            now=now,
        )
        return report


def return_response(*, response: Response, by: Viewer, note: str, now: datetime) -> Response:
    """The head sends the answer back to the officer, with what to mend."""
    permissions.required_role(by, permissions.APPROVE, response.report)
    with transaction.atomic():
        returned = _decide(response, Response.Standing.RETURNED, by, note, now)
        photos.release_evidence(response=response)
        jobs.enqueue("reports.call_officers", now=now, response_id=response.pk)
        return returned


def _decide(response: Response, standing: str, by: Viewer, note: str, now: datetime) -> Response:
    current = Response.objects.select_for_update().get(pk=response.pk)
    if current.standing != Response.Standing.WAITING:
        raise Refused("response-already-decided", _("This response was decided already. Reload the page."))
    current.standing, current.decided_at, current.decided_by, current.decision_note = standing, now, by.account, note
    current.save()
    return current


def _agency_name(report: Report) -> str:
    return report.agency.name_id if report.agency else ""
