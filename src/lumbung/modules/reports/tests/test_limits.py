"""A flood is slowed down; honest people, officers and kader are not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports.models import Report, ReportDraft
from lumbung.modules.reports.pages import limits
from lumbung.modules.reports.tests.stories import verified
from lumbung.modules.reports.tests.test_story import TEXT, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_limits(settings, monkeypatch):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    for name in (
        "SEND",
        "GUESS_CODE",
        "DOWNLOAD",
        "LOST_LINK",
        "FOLLOW",
        "JOIN",
        "PHOTOS",
        "PHOTOS_OF_STAFF",
        "LOOK_UP",
    ):
        full = getattr(limits, name)
        small = type(full)(
            full.kind, count=4 if name == "PHOTOS_OF_STAFF" else 2, per_seconds=full.per_seconds, message=full.message
        )
        monkeypatch.setattr(limits, name, small)


def third_report(client: Client, people, **who: str):
    base = "/ksb/laporan/kirim/"
    client.post(base, {"category": people.road.pk, "text": TEXT})
    client.post(f"{base}lokasi/", {"district": people.village.parent_id, "village": people.village.pk})
    return client.post(f"{base}pelapor/", who)


def test_a_flood_is_refused_with_the_time_to_come_back_and_the_draft_stays(people):
    send(Client(), people)
    send(Client(), people)
    flooding = Client()
    answer = third_report(flooding, people)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "pukul" in answer.content.decode()
    assert Report.objects.count() == 2
    assert ReportDraft.objects.count() == 1
    assert TEXT in flooding.get("/ksb/laporan/kirim/").content.decode()


def test_a_kader_who_enters_many_reports_is_not_a_flood(people):
    kader = signed_in(people, "kader.ksb")
    for _ in range(4):
        assert third_report(kader, people, channel="counter").status_code == 302
        kader.cookies.pop("draft")
    assert Report.objects.count() == 4


def test_guessing_access_codes_is_stopped(people):
    guesser = Client()
    for _ in range(2):
        assert guesser.post("/ksb/laporan/buka/", {"code": "0000 0000 0000 0000"}).status_code == 422
    assert guesser.post("/ksb/laporan/buka/", {"code": "0000 0000 0000 0000"}).status_code == 429
    assert guesser.get("/ksb/laporan/buka/0000000000000000/").status_code == 429


def test_the_right_code_is_no_guess(people):
    citizen = Client()
    report = send(citizen, people)
    code = citizen.session["fresh_codes"][report.number]
    for _ in range(4):
        assert Client().post("/ksb/laporan/buka/", {"code": code}).status_code == 302


def test_downloads_are_counted(people):
    for _ in range(2):
        assert Client().get("/ksb/laporan/unduh.csv").status_code == 200
    assert Client().get("/ksb/laporan/unduh.csv").status_code == 429


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("tautan-hilang/", {"typed": "siapa@contoh.test"}),
        ("tautan-hilang/telepon/", {"number": "KSB-2026-999999"}),
        ("{number}/ikuti/", {"email": "siapa@contoh.test"}),
        ("{number}/saya-juga/", {}),
    ],
)
def test_whoever_presses_without_end_is_slowed_down(people, address, typed):
    report = verified(people, now=clock.now())
    asked = "/ksb/laporan/" + address.format(number=report.number)
    for _ in range(2):
        assert Client().post(asked, typed).status_code in {200, 302}
    assert Client().post(asked, typed).status_code == 429


@pytest.mark.parametrize("address", ["KSB-2026-999999/", "lacak/?number=KSB-2026-999999"])
def test_numbers_tried_one_after_the_other_are_stopped_with_a_way_out(people, address):
    for _ in range(2):
        assert Client().get(f"/ksb/laporan/{address}").status_code in {200, 404}
    answer = Client().get(f"/ksb/laporan/{address}")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "kode akses" in answer.content.decode()


def test_reading_public_reports_is_never_counted(people):
    report = verified(people, now=clock.now())
    for _ in range(4):
        assert Client().get(f"/ksb/laporan/{report.number}/").status_code == 200


def test_every_try_to_find_a_lost_link_counts_right_or_wrong(people):
    for typed in ("", "bukan alamat"):
        assert Client().post("/ksb/laporan/tautan-hilang/", {"typed": typed}).status_code == 422
    assert Client().post("/ksb/laporan/tautan-hilang/", {"typed": "siapa@contoh.test"}).status_code == 429
    assert Client().get("/ksb/laporan/tautan-hilang/").status_code == 200


def test_asking_by_telephone_and_by_mail_draw_on_one_limit():
    assert Client().post("/ksb/laporan/tautan-hilang/", {"typed": "siapa@contoh.test"}).status_code == 200
    assert Client().post("/ksb/laporan/tautan-hilang/telepon/", {"number": "KSB-2026-999999"}).status_code == 302
    assert Client().post("/ksb/laporan/tautan-hilang/telepon/", {"number": "KSB-2026-999998"}).status_code == 429


def test_photos_without_end_are_slowed_down_and_the_place_typed_is_kept(people):
    client, base = Client(), "/ksb/laporan/kirim/"
    client.post(base, {"category": people.road.pk, "text": TEXT})
    many = [SimpleUploadedFile(f"{name}.jpg", b"no photo") for name in "abc"]
    typed = {"district": people.village.parent_id, "village": people.village.pk, "landmark": "depan surau"}
    assert client.post(f"{base}lokasi/", {**typed, "photos": many}).status_code == 429
    assert "depan surau" in client.get(f"{base}lokasi/").content.decode()


def photos_sent(client: Client, people, *, count: int) -> int:
    client.post("/ksb/laporan/kirim/", {"category": people.road.pk, "text": TEXT})
    many = [SimpleUploadedFile(f"{name}.jpg", b"no photo") for name in range(count)]
    typed = {"district": people.village.parent_id, "village": people.village.pk, "photos": many}
    return client.post("/ksb/laporan/kirim/lokasi/", typed).status_code


def test_photos_of_a_kader_are_counted_by_account_so_an_office_behind_one_address_is_not_locked_out(people):
    citizen, kader, coordinator = Client(), signed_in(people, "kader.ksb"), signed_in(people, "koordinator.ksb")
    assert photos_sent(citizen, people, count=3) == 429
    assert photos_sent(kader, people, count=4) == 422
    assert photos_sent(coordinator, people, count=4) == 422
    assert photos_sent(kader, people, count=1) == 429


def test_an_account_without_work_on_reports_is_no_staff(people):
    assert photos_sent(signed_in(people, "kalender"), people, count=3) == 429
