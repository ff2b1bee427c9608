"""Which photos and which evidence somebody may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from lumbung.core.access.viewers import Viewer, may
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import EvidencePhoto, Report, ReportDraft, ReportPhoto, Response
from lumbung.modules.reports.queries.told import is_public, may_tell
from lumbung.modules.reports.states import State

PHOTO, EVIDENCE = "reports.photo", "reports.evidence"
MAX_PHOTOS = 5
ANSWERED_IN = frozenset({State.IN_PROGRESS, State.PLANNED})

Audience = Literal["everyone", "viewer", "nobody"]


def audience_of_photo(photo: ReportPhoto, viewer: Viewer, *, day: date) -> Audience:
    """Who may see a photo on a day: everyone once it is cleared and the report public; before, reporter and officers.

    Of an anonymous report everyone sees it from the Monday after.
    """
    if photo.report is None:
        return "viewer" if str(photo.draft_id) in viewer.opened else "nobody"
    report, is_cleared = photo.report, photo.standing == ReportPhoto.Standing.CLEARED
    if is_cleared and is_public(report, day=day) and may_tell(report, photo.decided_at, day=day):
        return "everyone"
    if permissions.holds_code(viewer, report) or _handles_photo(viewer, photo, report):
        return "viewer"
    return "nobody"


def _handles_photo(viewer: Viewer, photo: ReportPhoto, report: Report) -> bool:
    """Of a protected report only the unit that examines it; nobody who stepped back from it."""
    if not permissions.may_work_on(viewer, report):
        return False
    if report.is_protected:
        # A photo tells as much as the words, and the coordinator leaves those unread.
        return permissions.is_of_agency(viewer, report)
    # A photo can show who took it, so the agency sees those of an anonymous reporter only when cleared.
    is_cleared = photo.standing == ReportPhoto.Standing.CLEARED
    return permissions.coordinates(viewer, report) or is_cleared or not report.is_anonymous


def audience_of_evidence(evidence: EvidencePhoto, viewer: Viewer, *, day: date) -> Audience:
    """Who may see evidence on a day: everyone once they may read the response that brought it."""
    report, response = evidence.report, evidence.response
    is_approved = response is not None and response.standing == Response.Standing.APPROVED
    decided_at = response.decided_at if response is not None else None
    if is_approved and is_public(report, day=day) and may_tell(report, decided_at, day=day):
        return "everyone"
    if permissions.may_work_on(viewer, report) or (is_approved and permissions.holds_code(viewer, report)):
        return "viewer"
    return "nobody"


def may_see_photo(viewer: Viewer, file_id: UUID, day: date) -> Audience:
    """Answer of reports to the page that serves files."""
    photo = ReportPhoto.objects.filter(file_id=file_id).select_related("report__handling_portal").first()
    return "nobody" if photo is None else audience_of_photo(photo, viewer, day=day)


def report_of_photo(file_id: UUID) -> Report | None:
    """The report a photo belongs to, once it was sent."""
    photo = ReportPhoto.objects.filter(file_id=file_id).select_related("report__handling_portal").first()
    return photo.report if photo else None


def may_see_evidence(viewer: Viewer, file_id: UUID, day: date) -> Audience:
    """Answer of reports to the page that serves files."""
    rows = EvidencePhoto.objects.filter(file_id=file_id).select_related("report__handling_portal", "response")
    evidence = rows.first()
    return "nobody" if evidence is None else audience_of_evidence(evidence, viewer, day=day)


def photo_files_in_use(file_ids: Collection[UUID]) -> set[UUID]:
    """Which of these files a draft or a report still uses."""
    return set(ReportPhoto.objects.filter(file_id__in=file_ids).values_list("file_id", flat=True))


def evidence_files_in_use(file_ids: Collection[UUID]) -> set[UUID]:
    """Which of these files a response uses, or will."""
    return set(EvidencePhoto.objects.filter(file_id__in=file_ids).values_list("file_id", flat=True))


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo of a report as one viewer sees it, with its place among all of them."""

    photo: ReportPhoto
    number: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class WorkPhotos:
    """Photos and evidence of a report on the page of whoever handles it, and what they may do about them."""

    photos: list[SeenPhoto]
    unseen: int
    evidence: dict[int, list[EvidencePhoto]]
    waiting: list[EvidencePhoto]
    may_decide: bool
    may_add: bool
    room: int


def photos_of_draft(draft: ReportDraft) -> list[ReportPhoto]:
    """The photos kept so far."""
    return list(draft.photos.select_related("file"))


def photos_seen_by(viewer: Viewer, report: Report, *, day: date) -> list[SeenPhoto]:
    """The photos of a report that this viewer may see on a day."""
    return [seen for seen in _all_photos(viewer, report, day) if seen is not None]


def _all_photos(viewer: Viewer, report: Report, day: date) -> list[SeenPhoto | None]:
    listed: list[SeenPhoto | None] = []
    for number, photo in enumerate(report.photos.select_related("file"), start=1):
        photo.report = report
        audience = audience_of_photo(photo, viewer, day=day)
        listed.append(SeenPhoto(photo, number, audience == "everyone") if audience != "nobody" else None)
    return listed


def photo_of(report: Report, photo_id: UUID) -> ReportPhoto | None:
    """One photo of a report, for whoever decides about it."""
    return report.photos.filter(pk=photo_id).select_related("file").first()


def evidence_by_response(viewer: Viewer, report: Report, *, day: date) -> dict[int, list[EvidencePhoto]]:
    """The evidence this viewer may see, by the response it belongs to; 0 for what no response holds yet."""
    found: dict[int, list[EvidencePhoto]] = {}
    for evidence in report.evidence.select_related("file", "response"):
        evidence.report = report
        if audience_of_evidence(evidence, viewer, day=day) != "nobody":
            found.setdefault(evidence.response_id or 0, []).append(evidence)
    return found


def work_photos(viewer: Viewer, report: Report, *, day: date) -> WorkPhotos:
    """Everything about photos that the page of work shows."""
    listed = _all_photos(viewer, report, day)
    scope = permissions.scope_of(report)
    evidence = evidence_by_response(viewer, report, day=day)
    bound = [item for items in evidence.values() for item in items if item.response is not None]
    waiting = [item for item in bound if item.response and item.response.standing == Response.Standing.WAITING]
    return WorkPhotos(
        photos=[seen for seen in listed if seen is not None],
        unseen=listed.count(None),
        evidence=evidence,
        waiting=waiting,
        may_decide=may(viewer, permissions.VERIFY, scope) and not report.is_protected,
        may_add=may(viewer, permissions.ANSWER, scope) and report.state in ANSWERED_IN and not waiting,
        room=max(0, MAX_PHOTOS - len(evidence.get(0, []))),
    )
