"""Gives some reports of the demonstration drawn photos, through the real actions: sent, cleared, answered."""

from datetime import datetime

from lumbung.core.access.viewers import Viewer
from lumbung.modules.reports.actions import agency, photos
from lumbung.modules.reports.demo import pictures
from lumbung.modules.reports.models import Report, Response
from lumbung.modules.reports.states import State
from lumbung.site.demo_officers import Officers

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
    officers = Officers(now=now)
    for seed, report in enumerate(newest):
        _illustrate(report, seed, officers, now)
    return len(newest)


def _illustrate(report: Report, seed: int, officers: Officers, now: datetime) -> None:
    citizen = Viewer(opened=frozenset({str(report.pk)}))
    coordinator = officers.coordinator(report.handling_portal)
    photo = photos.add_photo_to_report(report=report, by=citizen, upload=_drawn(report, "before", seed), now=now)
    if seed % 4 == 3:
        return  # one in four waits for the coordinator, so that the step can be tried
    title = report.public_version.title
    photos.clear_photo(photo=photo, by=coordinator, description=f"Gambar contoh: {title}"[:200], now=now)
    if seed % 2 == 0 and report.agency is not None:
        _answer(report, seed, officers.officer(report.agency), officers.head(report.agency), now)


def _answer(report: Report, seed: int, office: Viewer, head: Viewer, now: datetime) -> None:
    picture = _drawn(report, "after", seed)
    photos.add_evidence(
        report=report, by=office, upload=picture, description="Gambar contoh: sesudah perbaikan", now=now
    )
    written = agency.write_response(report=report, by=office, kind=Response.Kind.PROGRESS, text=WORDS, now=now)
    agency.approve_response(response=written, by=head, now=now)


def _drawn(report: Report, moment: str, seed: int) -> photos.Upload:
    data = pictures.draw(report.category_id, moment=moment, seed=seed)
    return photos.Upload(data, len(data))
