"""Photos: kept in the draft, taken over by the report, examined by an officer; evidence of the agency."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import GUEST, Actor
from lumbung.core.base.errors import NotFound, NotPermitted, Refused
from lumbung.core.files import actions as files
from lumbung.core.web import personal_kinds
from lumbung.kernels import personal_data
from lumbung.modules.reports import permissions
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.events import EvidencePublished, PhotoCleared, PhotoHidden, ReportAdded
from lumbung.modules.reports.models import EvidencePhoto, Report, ReportDraft, ReportPhoto, Response
from lumbung.modules.reports.queries import photos as queries
from lumbung.modules.reports.states import CLOSED

Standing = ReportPhoto.Standing


@dataclass(frozen=True, slots=True)
class Upload:
    """What arrived: the bytes that were kept, and how many were sent."""

    data: bytes
    size: int


def add_photo_to_draft(*, draft: ReportDraft, upload: Upload, now: datetime) -> ReportPhoto:
    """Keep a photo with the draft, whatever else of the screen is wrong."""
    _refuse_more_than(queries.MAX_PHOTOS, draft.photos.count() + 1)
    written = files.write_photo(upload.data, size=upload.size)
    with transaction.atomic():
        current = ReportDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if current is None:
            raise Refused(
                "draft-was-sent", _("This report was sent already. Open it with your access code."), field="photos"
            )
        _refuse_more_than(queries.MAX_PHOTOS, current.photos.count() + 1)
        last = current.photos.order_by("-position").first()
        file = files.keep_photo(written=written, purpose=queries.PHOTO, now=now)
        return ReportPhoto.objects.create(file=file, draft=current, position=last.position + 1 if last else 1)


def _refuse_more_than(limit: int, count: int) -> None:
    if count > limit:
        raise Refused(
            "too-many-photos",
            _("At most %(limit)s photos can be sent. Remove one before you add another."),
            field="photos",
            limit=limit,
        )


def remove_photo_from_draft(*, draft: ReportDraft, photo_id: uuid.UUID) -> None:
    """Take a photo out before sending; removing it twice is no error."""
    with transaction.atomic():
        # Locked: what was sent meanwhile belongs to the report and stays.
        ReportDraft.objects.select_for_update().filter(pk=draft.pk).first()
        photo = draft.photos.filter(pk=photo_id).first()
        if photo is None:
            return
        photo.delete()
        files.forget_file(file_id=photo.file_id)


def add_photo_to_report(*, report: Report, by: Viewer, upload: Upload, now: datetime) -> ReportPhoto:
    """The reporter adds a photo later, with the access code; hidden like the first ones."""
    permissions.require_code(by, report)
    _refuse_more_than(queries.MAX_PHOTOS, report.photos.count() + 1)
    written = files.write_photo(upload.data, size=upload.size)
    with transaction.atomic():
        current = passages.locked(report)
        if current.state in CLOSED:
            raise Refused(
                "report-is-closed",
                _("This report is closed. Open it again, then add the photo."),
                field="photos",
            )
        _refuse_more_than(queries.MAX_PHOTOS, current.photos.count() + 1)
        last = current.photos.order_by("-position").first()
        file = files.keep_photo(written=written, purpose=queries.PHOTO, now=now)
        passages.record(current, ReportAdded(current.number), actor=GUEST, now=now)
        return ReportPhoto.objects.create(file=file, report=current, position=last.position + 1 if last else 1)


def hand_photos_over(*, draft_id: uuid.UUID, report: Report) -> int:
    """Give the draft's photos to the report it became, in the transaction of the sending; returns how many."""
    # Locked: a photo arriving at this moment comes along, or finds the draft gone.
    ReportDraft.objects.select_for_update().filter(pk=draft_id).first()
    return ReportPhoto.objects.filter(draft_id=draft_id).update(draft=None, report=report)


def clear_photo(*, photo: ReportPhoto, by: Viewer, description: str, now: datetime) -> ReportPhoto:
    """Let others see the photo: everyone when the report is public; of a confidential one only the agency."""
    _refuse_personal_data(description)
    return _decide(photo, Standing.CLEARED, by, description.strip(), now)


def keep_photo_hidden(*, photo: ReportPhoto, by: Viewer, now: datetime) -> ReportPhoto:
    """Keep the photo from the public, also one that was cleared before."""
    return _decide(photo, Standing.KEPT_HIDDEN, by, photo.description, now)


def _decide(photo: ReportPhoto, standing: Standing, by: Viewer, description: str, now: datetime) -> ReportPhoto:
    if photo.report is None:
        raise NotFound("photo-not-sent", _("This photo was not sent yet."))
    held = permissions.required_role(by, permissions.VERIFY, photo.report)
    with transaction.atomic():
        report = passages.locked(photo.report)
        if report.is_protected:
            raise NotPermitted("not-your-report", _("Only the unit that examines this report sees its photos."))
        current = ReportPhoto.objects.select_for_update().get(pk=photo.pk)
        if (current.standing, current.description) == (standing, description):
            return current
        current.standing, current.description = standing, description
        current.decided_at, current.decided_by = now, by.account
        current.save()
        event = PhotoCleared if standing == Standing.CLEARED else PhotoHidden
        passages.record(report, event(report.number, str(current.pk)), actor=by.acting_as(held), now=now)
    return current


def _refuse_personal_data(text: str) -> None:
    found = personal_data.find(text)
    if found:
        raise Refused(
            "personal-data-in-description",
            _("The description holds personal data (%(kinds)s). Leave it out."),
            field="description",
            kinds=personal_kinds.kinds_in(found),
        )


def add_evidence(*, report: Report, by: Viewer, upload: Upload, description: str, now: datetime) -> EvidencePhoto:
    """Put a photo among the agency's evidence; the next response it writes takes it along."""
    permissions.required_role(by, permissions.ANSWER, report)
    _refuse_personal_data(description)
    _refuse_more_than(queries.MAX_PHOTOS, _loose_evidence(report).count() + 1)
    written = files.write_photo(upload.data, size=upload.size)
    with transaction.atomic():
        current = passages.locked(report)
        if current.agency is None or current.state not in queries.ANSWERED_IN:
            raise Refused("report-not-in-hand", _("Accept the report before you answer it."))
        _refuse_more_than(queries.MAX_PHOTOS, _loose_evidence(current).count() + 1)
        file = files.keep_photo(written=written, purpose=queries.EVIDENCE, now=now)
        return EvidencePhoto.objects.create(
            file=file,
            report=current,
            agency=current.agency,
            description=description.strip(),
            added_at=now,
            added_by=by.account,
        )


def _loose_evidence(report: Report) -> QuerySet[EvidencePhoto]:
    return report.evidence.filter(response__isnull=True, agency_id=report.agency_id)


def remove_evidence(*, report: Report, evidence_id: uuid.UUID, by: Viewer) -> None:
    """Take evidence out while no response holds it."""
    permissions.required_role(by, permissions.ANSWER, report)
    with transaction.atomic():
        evidence = _loose_evidence(report).filter(pk=evidence_id).first()
        if evidence is None:
            raise NotFound("evidence-not-loose", _("This evidence belongs to a response and can no longer be removed."))
        evidence.delete()
        files.forget_file(file_id=evidence.file_id)


def bind_evidence(*, response: Response) -> int:
    """A response that is written takes the gathered evidence along, in its transaction."""
    return _loose_evidence(response.report).update(response=response)


def release_evidence(*, response: Response) -> int:
    """A response sent back lets its evidence go, for the next one; in the same transaction."""
    return response.evidence.update(response=None)


def publish_evidence(*, response: Response, actor: Actor, now: datetime) -> None:
    """The head's approval makes the evidence public, in the same transaction."""
    photos = tuple(str(pk) for pk in response.evidence.values_list("pk", flat=True))
    if photos:
        report = response.report
        office = passages.RECEIVING_UNIT if report.is_protected else response.agency.name_id
        event = EvidencePublished(report.number, office, photos, len(photos))
        passages.record(report, event, actor=actor, now=now)
