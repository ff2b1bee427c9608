"""Answers: written by the officer, public only once the head has approved them (decision 33)."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.web import personal_kinds
from lumbung.kernels import personal_data
from lumbung.modules.reports import permissions
from lumbung.modules.reports.actions import passages, photos
from lumbung.modules.reports.events import ReportFinished, ResponseApproved, ResponseReturned, ResponseWritten
from lumbung.modules.reports.models import Report, Response


def agency_name(report: Report) -> str:
    """The agency as the log names it; a protected report does not say who examines it."""
    if report.is_protected:
        return passages.RECEIVING_UNIT
    return report.agency.name_id if report.agency else ""


def write_response(*, report: Report, by: Viewer, kind: str, text: str, now: datetime) -> Response:
    """Write an answer and put it before the head; nothing is public yet."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.ANSWER)
        passages.require_step(current, "respond")
        _refuse_personal_data(text)
        response = _kept(current, kind=kind, text=text, by=by, now=now)
        photos.bind_evidence(response=response)
        passages.move(
            current, "respond", event=lambda r: ResponseWritten(r.number, agency_name(r)), actor=actor, now=now
        )
        return response


def _kept(current: Report, *, kind: str, text: str, by: Viewer, now: datetime) -> Response:
    if current.agency is None:
        raise Refused("report-not-in-hand", _("Accept the report before you answer it."))
    try:
        with transaction.atomic():
            return Response.objects.create(
                report=current, kind=kind, text=text, agency=current.agency, written_at=now, written_by=by.account
            )
    except IntegrityError as error:
        raise Refused(
            "response-already-waiting",
            _("A response is already waiting for the head's approval. Wait for the decision first."),
        ) from error


def _refuse_personal_data(text: str) -> None:
    found = personal_data.find(text)
    if found:
        raise Refused(
            "personal-data-in-response",
            _("The response holds personal data (%(kinds)s). Leave it out; the reporter is known to the coordinator."),
            field="text",
            kinds=personal_kinds.kinds_in(found),
        )


def approve_response(*, response: Response, by: Viewer, now: datetime) -> Report:
    """The head approves: the answer becomes public, and a final one finishes the report."""
    is_final = response.kind == Response.Kind.FINAL
    with transaction.atomic():
        current, actor = passages.locked_for(response.report, by=by, verb=permissions.APPROVE)
        passages.require_step(current, "finish" if is_final else "decide")
        _refuse_own(response, by)
        words_hash = _decide(response, Response.Standing.APPROVED, by, "", now).words_hash
        photos.publish_evidence(response=response, actor=actor, now=now)
        if not is_final:
            return passages.move(
                current,
                "decide",
                event=lambda r: ResponseApproved(r.number, agency_name(r), words_hash),
                actor=actor,
                now=now,
            )
        return passages.move(
            current,
            "finish",
            event=lambda r: ReportFinished(r.number, agency_name(r), words_hash),
            actor=actor,
            now=now,
            changes={"finished_at": now},
        )


def _refuse_own(response: Response, by: Viewer) -> None:
    if by.account is not None and response.written_by_id == by.account.pk:
        raise Refused(
            "own-response",
            _("You wrote this response yourself. Another head of the agency, or an acting one, must approve it."),
        )


def return_response(*, response: Response, by: Viewer, note: str, now: datetime) -> Response:
    """The head sends the answer back to the officer, with what to mend."""
    with transaction.atomic():
        current, actor = passages.locked_for(response.report, by=by, verb=permissions.APPROVE)
        decided = _decide(response, Response.Standing.RETURNED, by, note, now)
        photos.release_evidence(response=response)
        passages.move(
            current, "decide", event=lambda r: ResponseReturned(r.number, agency_name(r)), actor=actor, now=now
        )
        return decided


def _decide(response: Response, standing: str, by: Viewer, note: str, now: datetime) -> Response:
    current = Response.objects.select_for_update().get(pk=response.pk)
    if current.standing != Response.Standing.WAITING:
        raise Refused("response-already-decided", _("This response was decided already. Reload the page."))
    current.standing, current.decided_at, current.decided_by, current.decision_note = standing, now, by.account, note
    if standing == Response.Standing.APPROVED:
        current.salt = secrets.token_bytes(16)
        current.words_hash = sealing.salted_hash(current.text, current.salt)
    current.save()
    return current
