"""What a second pair of eyes found: words that stayed in the index, photos and offices seen by the wrong eyes."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.core.search.models import IndexRow
from lumbung.modules.reports.actions import agency, conflicts, deadlines, indexing, photos, responses, triage
from lumbung.modules.reports.models import Report, ReportDraft
from lumbung.modules.reports.queries import photos as photo_queries
from lumbung.modules.reports.tests import stage

pytestmark = pytest.mark.django_db

MENDED = {"title": "Jalan rusak dekat pasar", "text": "Aspal terkelupas.", "place": ""}


def upload() -> photos.Upload:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(kept, "JPEG")
    return photos.Upload(kept.getvalue(), len(kept.getvalue()))


def correct(people, report: Report, **given) -> Report:
    fields = {**MENDED, "hides_person": "", "hides_text": ""} | given
    return triage.correct_public_version(report=report, by=people.viewer("koordinator.ksb"), now=stage.LATER, **fields)


def rows_of(report: Report) -> list[IndexRow]:
    return list(IndexRow.objects.filter(index=IndexRow.PUBLIC, object_id=str(report.pk)))


def test_a_corrected_version_replaces_the_old_words_in_the_index(people):
    report = stage.verify(people, stage.file(people))
    correct(people, report)
    [row] = rows_of(report)
    assert row.title == MENDED["title"]
    assert "tambal" not in row.terms


def test_a_report_made_anonymous_leaves_the_index_until_its_monday(people):
    report = stage.verify(people, stage.file(people))
    correct(people, report, hides_person="on")
    day = stage.LATER.date()
    indexing.index_report(Report.objects.select_related("public_version").get(pk=report.pk), day=day)
    assert rows_of(report) == []
    indexing.index_appeared(now=stage.LATER + (clock.monday_after(day) - day))
    assert len(rows_of(report)) == 1


def test_an_anonymous_report_is_found_from_its_monday_on(people):
    report = stage.verify(people, stage.file(people, is_anonymous=True))
    indexing.index_all(now=stage.LATER)
    IndexRow.objects.filter(index=IndexRow.PUBLIC).delete()
    assert indexing.index_appeared(now=stage.LATER) == 0
    monday = stage.LATER + (report.held_until - stage.LATER.date())
    assert indexing.index_appeared(now=monday) == 1
    assert len(rows_of(report)) == 1


def test_a_photo_of_a_protected_report_is_for_its_unit_only(people, settings, tmp_path):
    settings.LUMBUNG_FILES = tmp_path
    report = stage.routed(people)
    photo = photos.add_photo_to_report(report=report, by=stage.reporter_of(report), upload=upload(), now=stage.LATER)
    seen = {
        name: photo_queries.audience_of_photo(photo, people.viewer(name), day=stage.LATER.date())
        for name in ("koordinator.ksb", "inspektorat.ksb", "pupr.ksb")
    }
    assert seen == {"koordinator.ksb": "nobody", "inspektorat.ksb": "viewer", "pupr.ksb": "nobody"}


def test_whoever_stepped_back_sees_no_photo_any_more(people, settings, tmp_path):
    settings.LUMBUNG_FILES = tmp_path
    report = stage.file(people)
    photo = photos.add_photo_to_report(report=report, by=stage.reporter_of(report), upload=upload(), now=stage.LATER)
    coordinator = people.viewer("koordinator.ksb")
    assert photo_queries.audience_of_photo(photo, coordinator, day=stage.LATER.date()) == "viewer"
    conflicts.recuse(report=report, by=coordinator, reason="Kerabat saya yang dilaporkan.", now=stage.LATER)
    assert photo_queries.audience_of_photo(photo, coordinator, day=stage.LATER.date()) == "nobody"


def test_the_log_does_not_name_the_unit_that_brings_evidence(people, settings, tmp_path):
    settings.LUMBUNG_FILES = tmp_path
    officer = people.viewer("inspektorat.ksb")
    report = agency.accept_report(report=stage.routed(people), by=officer, now=stage.LATER)
    photos.add_evidence(report=report, by=officer, upload=upload(), description="Berkas", now=stage.LATER)
    answer = responses.write_response(
        report=stage.again(report), by=officer, kind="final", text="Sudah diperiksa.", now=stage.LATER
    )
    responses.approve_response(response=answer, by=people.viewer("kepala.inspektorat.ksb"), now=stage.LATER)
    told = EventRecord.objects.filter(subject_id=str(report.pk), key__endswith="evidence_published")
    assert told.count() == 1
    for event in EventRecord.objects.filter(subject_id=str(report.pk)):
        assert b"nspektorat" not in bytes(event.body), event.key


def test_a_jumped_over_screen_is_asked_for_and_is_no_fault(people):
    browser = Client()
    browser.post("/ksb/laporan/kirim/", {"text": stage.TEXT, "category": "tidak-ada"})
    place = {"district": people.village.parent_id, "village": people.village.pk}
    browser.post("/ksb/laporan/kirim/lokasi/", place)
    for answer in (browser.get("/ksb/laporan/kirim/pelapor/"), browser.post("/ksb/laporan/kirim/pelapor/", {})):
        assert answer.headers["Location"] == "/ksb/laporan/kirim/"
    browser.post("/ksb/laporan/kirim/", {"text": stage.TEXT, "category": people.road.pk})
    browser.post("/ksb/laporan/kirim/lokasi/", place | {"village": "52.01.01.2001"})
    assert browser.post("/ksb/laporan/kirim/pelapor/", {}).headers["Location"] == "/ksb/laporan/kirim/lokasi/"
    assert ReportDraft.objects.count() == 1
    assert not Report.objects.exists()


def test_asking_for_lost_links_is_counted_for_each_visitor(people, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    cache.clear()
    browser = Client(REMOTE_ADDR="192.0.2.77")
    sent = [browser.post("/ksb/laporan/tautan-hilang/", {"typed": "KSB-2026-000001"}).status_code for _ in range(31)]
    assert sent == [200] * 30 + [429]


def test_a_report_finished_meanwhile_keeps_its_due_date(people):
    report = stage.finished(people)
    Report.objects.filter(pk=report.pk).update(due_on=report.due_on + timedelta(days=1))
    assert deadlines.recompute_open_deadlines(now=stage.LATER) == 0
    listed = stage.again(report)
    counted_on = deadlines.queries.calendar_for(listed.received_on, listed.received_on)
    assert deadlines._move(listed, counted_on, stage.LATER) == 0
