"""A report is found by its public version, once it is public, as long as it is."""

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.search.models import IndexRow
from lumbung.modules.reports.actions import indexing
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.tests.test_story import press, send, signed_in

pytestmark = pytest.mark.django_db

PUBLIC = {"title": "Jalan berlubang di depan pasar", "text": "Perlu ditambal segera.", "urgency": "important"}


def listed(query: str, where: str = "/ksb/laporan/") -> str:
    return Client().get(where, {"q": query}).content.decode()


@pytest.fixture
def report(people):
    sent = send(Client(), people, name="Contoh Pelapor", phone="081200000000")
    press(signed_in(people, "koordinator.ksb"), sent, "verifikasi", **PUBLIC)
    return sent


def test_before_verification_nobody_finds_it(people):
    report = send(Client(), people)
    assert not IndexRow.objects.filter(index="public", kind="report").exists()
    assert report.number not in listed("motor jatuh", "/ksb/cari/")


def test_verified_it_is_found_in_list_and_search_by_word_family_and_slip(people, report):
    for typed in ("kerusakan jalan", "jln berlobang", "pasarr", report.number, report.village.name):
        assert "Jalan berlubang di depan pasar" in listed(typed), typed
        assert "Jalan berlubang di depan pasar" in listed(typed, "/ksb/cari/"), typed
    assert "Jalan berlubang di depan pasar" in listed("tambal", "/ntb/cari/")


def test_the_original_words_are_in_no_index(people, report):
    for row in IndexRow.objects.all():
        told = f"{row.title} {row.excerpt} {row.title_terms} {row.terms} {row.address}"
        for hidden in ("motor", "pekan", "Contoh", "contoh", "0812"):
            assert hidden not in told
    assert "Jalan berlubang" not in listed("motor jatuh")


def test_withdrawn_it_is_gone(people):
    citizen = Client()
    report = send(citizen, people)
    press(signed_in(people, "koordinator.ksb"), report, "verifikasi", **PUBLIC)
    citizen.post(f"/ksb/laporan/{report.number}/cabut/")
    assert not IndexRow.objects.filter(index="public", object_id=str(report.pk)).exists()
    assert "Jalan berlubang" not in listed("jalan berlubang", "/ksb/cari/")


def test_a_confidential_report_is_never_in_the_public_index(people):
    report = send(Client(), people, is_confidential="on")
    press(signed_in(people, "koordinator.ksb"), report, "verifikasi", **PUBLIC)
    assert not IndexRow.objects.filter(index="public", kind="report").exists()


def test_an_anonymous_report_is_listed_under_its_week(people):
    report = send(Client(), people, is_anonymous="on")
    press(signed_in(people, "koordinator.ksb"), report, "verifikasi", **PUBLIC)
    assert not IndexRow.objects.filter(index="public", kind="report").exists()
    Report.objects.update(held_until=clock.local_day(clock.now()))  # the Monday has come
    indexing.index_appeared(now=clock.now())
    assert IndexRow.objects.get(index="public", kind="report").on == report.told_on
    assert report.told_on.weekday() == 0


def test_a_corrected_version_replaces_the_old_words_in_the_index(people, report):
    mended = {"title": "Lubang di jalan pasar", "text": "Perlu diaspal.", "urgency": "important"}
    press(signed_in(people, "koordinator.ksb"), report, "perbaiki-versi", **mended)
    assert "Lubang di jalan pasar" in listed("diaspal")
    assert "Lubang di jalan pasar" not in listed("ditambal segera")


def test_the_coordinator_finds_an_unverified_report_by_number_and_others_do_not(people):
    report = send(Client(), people)
    typed = {"q": report.number}
    assert f"{report.number}/kerja/" in signed_in(people, "koordinator.ksb").get("/ksb/cari/", typed).content.decode()
    for email in ("koordinator.ntb", "pupr.ksb", "kader.ksb"):
        assert f"{report.number}/kerja/" not in signed_in(people, email).get("/ksb/cari/", typed).content.decode()


def test_once_assigned_the_agency_finds_it_too(people, report):
    press(signed_in(people, "koordinator.ksb"), report, "disposisi", agency="ksb-pupr")
    page = signed_in(people, "pupr.ksb").get("/ksb/cari/", {"q": report.number}).content.decode()
    assert f"{report.number}/kerja/" in page


def test_the_list_filter_combines_with_others(people, report):
    both = Client().get("/ksb/laporan/", {"q": "jalan", "category": people.levy.pk}).content.decode()
    assert "Jalan berlubang" not in both


def test_nothing_found_says_what_to_do(people, report):
    assert 'class="empty"' in listed("zzzzqq", "/ksb/cari/")
    assert 'class="empty"' in listed("zzzzqq")


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "\x00", "x" * 3000, "' OR 1=1 --", "😀"])
def test_hostile_words_are_answered_calmly(people, report, typed):
    for where in ("/ksb/cari/", "/ksb/laporan/"):
        answer = Client().get(where, {"q": typed})
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "99999999999999999999", "٣"])
def test_a_strange_page_number_is_answered_calmly(people, report, page):
    assert Client().get("/ksb/cari/", {"q": "jalan", "page": page}).status_code == 200


def test_indexing_everything_anew_changes_nothing(people, report):
    before = list(IndexRow.objects.order_by("pk").values())
    assert indexing.index_all(now=clock.now()) == 1
    assert list(IndexRow.objects.order_by("pk").values()) == before
