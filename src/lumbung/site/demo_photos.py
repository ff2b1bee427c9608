"""Gives some reports of the demonstration drawn photos, through the real actions: sent, cleared, answered."""

from datetime import datetime

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.modules.reports.actions import agency, photos
from lumbung.modules.reports.demo import pictures
from lumbung.modules.reports.models import Report, Response
from lumbung.modules.reports.states import State

REPORTS = 10
WORDS = "Pekerjaan di lapangan sudah dimulai; foto terlampir."


def play(*, now: datetime) -> int:
    """Illustrate the newest open reports whose topic can be drawn; returns how many."""
    newest = (
        Report.objects.filter(
            state=State.IN_PROGRESS, is_confidential=False, category__in=list(pictures.SCENES), photos__isnull=True
        )
        .exclude(responses__standing=Response.Standing.WAITING)
        .select_related("agency", "category", "handling_portal", "public_version")
        .order_by("-received_on", "-number")[:REPORTS]
    )
    for seed, report in enumerate(newest):
        _illustrate(report, seed, now)
    return len(newest)


def _illustrate(report: Report, seed: int, now: datetime) -> None:
    citizen = Viewer(opened=frozenset({str(report.pk)}))
    coordinator = Viewer(held=(HeldRole("coordinator", "", report.handling_portal.region_id),))
    photo = photos.add_photo_to_report(report=report, by=citizen, upload=_drawn(report, "before", seed), now=now)
    if seed % 4 == 3:
        return  # one in four waits for the coordinator, so that the step can be tried
    title = report.public_version.title
    photos.clear_photo(photo=photo, by=coordinator, description=f"Gambar contoh: {title}"[:200], now=now)
    if seed % 2 == 0:
        _answer(report, seed, now)


def _answer(report: Report, seed: int, now: datetime) -> None:
    code = report.agency_id or ""
    office = Viewer(held=(HeldRole("agency_officer", code, ""), HeldRole("agency_head", code, "")))
    picture = _drawn(report, "after", seed)
    photos.add_evidence(
        report=report, by=office, upload=picture, description="Gambar contoh: sesudah perbaikan", now=now
    )
    written = agency.write_response(report=report, by=office, kind=Response.Kind.PROGRESS, text=WORDS, now=now)
    agency.approve_response(response=written, by=office, now=now)


def _drawn(report: Report, moment: str, seed: int) -> photos.Upload:
    data = pictures.draw(report.category_id, moment=moment, seed=seed)
    return photos.Upload(data, len(data))
