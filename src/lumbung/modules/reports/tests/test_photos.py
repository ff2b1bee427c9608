"""Photos of a report from the form to the public page, and who may see them on the way."""

import html
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.utils import translation

from lumbung.core.base import clock
from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.core.files import actions as files
from lumbung.core.files.models import StoredFile
from lumbung.core.files.tests import corpus
from lumbung.modules.reports.actions import submission
from lumbung.modules.reports.models import EvidencePhoto, Report, ReportDraft, ReportPhoto
from lumbung.modules.reports.tests.test_story import TEXT, press, signed_in

pytestmark = pytest.mark.django_db

BASE = "/ksb/laporan/kirim/"
NAME = f"{corpus.CANARY}-rumah-pelapor.jpg"
EVERYONE = ["guest", "reporter", "koordinator.ksb", "koordinator.ntb", "pupr.ksb", "kepala.pupr.ksb", "pupr.ntb"]
EVERYONE += ["kader.ksb", "admin"]


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.LUMBUNG_FILES = tmp_path / "files"
    return settings.LUMBUNG_FILES


def upload(data: bytes | None = None, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, corpus.telling_jpeg() if data is None else data, content_type="image/jpeg")


def place(people) -> dict[str, str]:
    return {"district": people.village.parent_id, "village": people.village.pk, "landmark": "depan pasar"}


def begin(citizen: Client, people) -> None:
    citizen.post(BASE, {"category": people.road.pk, "text": TEXT})


def send(citizen: Client, people, photos: int = 1, **who: str) -> Report:
    begin(citizen, people)
    citizen.post(f"{BASE}lokasi/", {**place(people), "photos": [upload() for _ in range(photos)]})
    assert citizen.post(f"{BASE}pelapor/", who).status_code == 302
    return Report.objects.latest("received_at")


def verify(people, report: Report) -> Client:
    coordinator = signed_in(people, "koordinator.ksb")
    words = {"title": "Jalan berlubang", "text": "Jalan berlubang, perlu ditambal.", "urgency": "important"}
    assert press(coordinator, report, "verifikasi", **words) == 302
    return coordinator


def in_hands_of_pupr(people, report: Report) -> Client:
    coordinator = verify(people, report)
    press(coordinator, report, "disposisi", agency="ksb-pupr")
    officer = signed_in(people, "pupr.ksb")
    press(officer, report, "terima")
    return officer


def clear(people, report: Report, **data: str) -> int:
    return press(signed_in(people, "koordinator.ksb"), report, f"foto/{report.photos.get().pk}/tampilkan", **data)


def who_sees(people, citizen: Client, file_id) -> set[str]:
    """Who gets the picture at both of its addresses."""
    clients = {"guest": Client(), "reporter": citizen}
    seeing = set()
    for name in EVERYONE:
        client = clients.get(name) or signed_in(people, name)
        statuses = {client.get(f"/media/{file_id}/{size}").status_code for size in ("besar", "kecil")}
        assert len(statuses) == 1
        assert statuses <= {200, 404}
        if statuses == {200}:
            seeing.add(name)
    return seeing


def test_photos_travel_with_the_draft_and_become_the_reports(people, files_folder):
    citizen = Client()
    begin(citizen, people)
    answer = citizen.post(f"{BASE}lokasi/", {**place(people), "photos": [upload(), upload(corpus.webp())]})
    assert answer.status_code == 302
    assert citizen.get(f"{BASE}lokasi/").content.decode().count('<img src="/media/') == 2
    assert ReportDraft.objects.get().photos.count() == 2
    citizen.post(f"{BASE}pelapor/", {})
    report = Report.objects.get()
    assert list(report.photos.values_list("position", flat=True)) == [1, 2]
    assert not ReportDraft.objects.exists()
    assert len(list(files_folder.glob("??/??/*"))) == 4
    assert citizen.get(f"/ksb/laporan/{report.number}/").content.decode().count('<img src="/media/') == 2


def test_a_photo_is_kept_although_another_answer_is_wrong(people):
    citizen = Client()
    begin(citizen, people)
    answer = citizen.post(f"{BASE}lokasi/", {"district": "", "landmark": "dekat masjid", "photos": [upload()]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "dekat masjid" in page
    assert '<img src="/media/' in page
    assert ReportPhoto.objects.count() == 1


@pytest.mark.parametrize("name", sorted(corpus.HOSTILE))
def test_a_hostile_file_is_answered_beside_the_field_and_costs_nothing_typed(people, name, files_folder):
    citizen = Client()
    begin(citizen, people)
    citizen.post(f"{BASE}lokasi/", {"photos": [upload(corpus.jpeg())]})
    answer = citizen.post(f"{BASE}lokasi/", {**place(people), "photos": [upload(corpus.hostile(name))]})
    page = html.unescape(answer.content.decode())
    with translation.override("id"):
        assert answer.status_code == 422
        assert f'<p class="error">{corpus.refusal_of(name).sentence}</p>' in page
    assert "depan pasar" in page
    assert TEXT in citizen.get(BASE).content.decode()
    assert ReportPhoto.objects.count() == 1  # the good one of before
    assert len(list(files_folder.glob("??/??/*"))) == 2


def test_a_heic_photo_is_told_how_to_become_a_jpeg():
    with translation.override("id"):
        assert "Kirim sebagai JPEG" in corpus.refusal_of("heic").sentence
        assert "Paling Kompatibel" in corpus.refusal_of("heic").sentence


def test_a_good_photo_beside_a_bad_one_is_kept(people):
    citizen = Client()
    begin(citizen, people)
    photos = [upload(corpus.svg()), upload(), upload(b"")]
    answer = citizen.post(f"{BASE}lokasi/", {**place(people), "photos": photos})
    assert answer.status_code == 422
    assert answer.content.decode().count('<p class="error">') == 2
    assert ReportPhoto.objects.count() == 1


def test_a_sixth_photo_is_refused(people):
    citizen = Client()
    begin(citizen, people)
    small = corpus.jpeg(60, 40)
    answer = citizen.post(f"{BASE}lokasi/", {**place(people), "photos": [upload(small) for _ in range(6)]})
    assert answer.status_code == 422
    assert ReportPhoto.objects.count() == 5
    assert 'type="file"' not in answer.content.decode()


def test_a_photo_can_be_removed_before_sending_without_losing_what_is_typed(people, files_folder):
    citizen = Client()
    begin(citizen, people)
    citizen.post(f"{BASE}lokasi/", {"photos": [upload()]})
    photo = ReportPhoto.objects.get()
    answer = citizen.post(f"{BASE}foto/{photo.pk}/hapus/", place(people))
    assert answer.headers["Location"] == f"{BASE}lokasi/"
    assert "depan pasar" in citizen.get(f"{BASE}lokasi/").content.decode()
    assert citizen.get(f"/media/{photo.file_id}/besar").status_code == 404
    files.sweep_orphans(now=clock.now() + timedelta(hours=1))
    assert not list(files_folder.glob("??/??/*"))


def test_the_first_button_of_the_form_is_not_the_one_that_removes_a_photo(people):
    citizen = Client()
    begin(citizen, people)
    page = citizen.post(f"{BASE}lokasi/", {"photos": [upload()]}).content.decode()
    form = page[page.index("<form", page.index("<main")) :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert "formaction" not in first.group()


def test_nobody_removes_the_photo_of_another_draft(people):
    begin(victim := Client(), people)
    victim.post(f"{BASE}lokasi/", {"photos": [upload()]})
    begin(stranger := Client(), people)
    stranger.post(f"{BASE}foto/{ReportPhoto.objects.get().pk}/hapus/", {})
    Client().post(f"{BASE}foto/{ReportPhoto.objects.get().pk}/hapus/", {})
    assert ReportPhoto.objects.count() == 1


def test_the_same_draft_sent_twice_keeps_one_set_of_photos(people, files_folder):
    citizen = Client()
    begin(citizen, people)
    citizen.post(f"{BASE}lokasi/", {**place(people), "photos": [upload()]})
    cookie = citizen.cookies["draft"].value
    citizen.post(f"{BASE}pelapor/", {})
    citizen.cookies["draft"] = cookie
    citizen.post(f"{BASE}pelapor/", {})
    citizen.post(f"{BASE}lokasi/", {**place(people), "photos": [upload()]})
    assert Report.objects.count() == 1
    assert ReportPhoto.objects.count() == StoredFile.objects.count() == 1
    files.sweep_orphans(now=clock.now() + timedelta(hours=1))
    assert len(list(files_folder.glob("??/??/*"))) == 2


def test_a_discarded_draft_takes_its_photos_along(people, files_folder):
    citizen = Client()
    begin(citizen, people)
    citizen.post(f"{BASE}lokasi/", {"photos": [upload()]})
    submission.discard_drafts(now=clock.now() + timedelta(days=8))
    files.sweep_orphans(now=clock.now() + timedelta(hours=1))
    assert not StoredFile.objects.exists()
    assert not list(files_folder.glob("??/??/*"))


def test_only_the_browser_with_the_draft_sees_its_photo(people):
    citizen = Client()
    begin(citizen, people)
    citizen.post(f"{BASE}lokasi/", {"photos": [upload()]})
    assert who_sees(people, citizen, StoredFile.objects.get().pk) == {"reporter"}


def test_before_verification_reporter_and_coordinator_see_the_photo(people):
    report = send(citizen := Client(), people)
    assert who_sees(people, citizen, report.photos.get().file_id) == {"reporter", "koordinator.ksb"}


def test_whoever_opens_the_report_with_its_code_sees_the_photo(people):
    report = send(citizen := Client(), people)
    receipt = citizen.get(f"/ksb/laporan/{report.number}/tanda-terima/").content.decode()
    code = re.search(r"(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}", receipt)
    assert code is not None
    other_phone = Client()
    other_phone.post("/ksb/laporan/buka/", {"code": code.group()})
    assert other_phone.get(f"/media/{report.photos.get().file_id}/besar").status_code == 200


def test_an_officer_leaves_a_trace_for_each_photo_opened_before_it_is_everyones(people):
    report = send(citizen := Client(), people)
    address = f"/media/{report.photos.get().file_id}"
    coordinator = signed_in(people, "koordinator.ksb")
    for browser in (citizen, Client(), signed_in(people, "pupr.ntb"), coordinator):
        browser.get(f"{address}/besar")
    coordinator.get(f"{address}/kecil")
    traces = AccessEvent.objects.filter(subject_type="report", subject_id=str(report.pk)).order_by("id")
    told = [(trace.account_id, trace.role, trace.fields) for trace in traces]
    opener = str(people.account("koordinator.ksb").pk)
    assert told == [(opener, "coordinator", "photo"), (opener, "coordinator", "photo.small")]
    page = citizen.get(f"/ksb/laporan/{report.number}/").content.decode()
    assert "Foto Anda pernah dilihat oleh: Admin koordinator" in page
    assert "Naskah Anda dibaca oleh" not in page


def test_a_cleared_photo_is_looked_at_without_a_trace(people):
    report = send(Client(), people)
    verify(people, report)
    clear(people, report, description="Jalan berlubang")
    before = AccessEvent.objects.count()
    assert signed_in(people, "koordinator.ksb").get(f"/media/{report.photos.get().file_id}/besar").status_code == 200
    assert AccessEvent.objects.count() == before


def test_a_public_report_shows_no_photo_before_an_officer_cleared_it(people):
    report = send(citizen := Client(), people)
    in_hands_of_pupr(people, report)
    seeing = {"reporter", "koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb"}
    assert who_sees(people, citizen, report.photos.get().file_id) == seeing
    assert "/media/" not in Client().get(f"/ksb/laporan/{report.number}/").content.decode()


def test_a_cleared_photo_is_public_with_its_words_and_can_be_hidden_again(people):
    report = send(citizen := Client(), people)
    coordinator = verify(people, report)
    photo = report.photos.get()
    assert clear(people, report, description="Lubang di tengah jalan") == 302
    assert who_sees(people, citizen, photo.file_id) == set(EVERYONE)
    page = Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    assert 'alt="Lubang di tengah jalan"' in page
    assert f'href="/media/{photo.file_id}/besar"' in page
    assert press(coordinator, report, f"foto/{photo.pk}/sembunyikan") == 302
    assert "guest" not in who_sees(people, citizen, photo.file_id)
    keys = EventRecord.objects.filter(subject_id=str(report.pk)).order_by("id").values_list("key", flat=True)
    assert list(keys)[-2:] == ["reports.photo_cleared", "reports.photo_hidden"]


def test_the_same_decision_twice_is_told_once(people):
    report = send(Client(), people)
    clear(people, report)
    clear(people, report)
    assert EventRecord.objects.filter(key="reports.photo_cleared").count() == 1


def test_the_agency_sees_an_anonymous_reporters_photo_only_when_cleared(people):
    report = send(citizen := Client(), people, is_anonymous="on")
    officer = in_hands_of_pupr(people, report)
    photo = report.photos.get()
    assert who_sees(people, citizen, photo.file_id) == {"reporter", "koordinator.ksb"}
    assert "/media/" not in officer.get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    clear(people, report)
    seeing = {"reporter", "koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb"}
    assert who_sees(people, citizen, photo.file_id) == seeing
    Report.objects.filter(pk=report.pk).update(held_until=None)  # the Monday of the report has come
    assert who_sees(people, citizen, photo.file_id) == seeing, "that of the photo has not"
    ReportPhoto.objects.update(decided_at=F("decided_at") - timedelta(days=7))
    assert who_sees(people, citizen, photo.file_id) == set(EVERYONE)


def test_a_confidential_reports_photo_is_never_public_cleared_or_not(people):
    report = send(citizen := Client(), people, is_confidential="on", is_anonymous="on")
    in_hands_of_pupr(people, report)
    assert clear(people, report) == 302
    seeing = {"reporter", "koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb"}
    assert who_sees(people, citizen, report.photos.get().file_id) == seeing
    assert "/media/" not in Client().get(f"/ksb/laporan/{report.number}/").content.decode()


@pytest.mark.parametrize("name", [name for name in EVERYONE if name not in {"koordinator.ksb", "guest", "reporter"}])
def test_only_the_coordinator_of_the_handling_portal_decides_about_photos(people, name):
    report = send(Client(), people)
    in_hands_of_pupr(people, report)
    photo = report.photos.get()
    for step in ("tampilkan", "sembunyikan"):
        assert press(signed_in(people, name), report, f"foto/{photo.pk}/{step}") in {403, 404}
    photo.refresh_from_db()
    assert photo.standing == ReportPhoto.Standing.WAITING


def test_a_photo_is_decided_about_only_through_its_own_report(people):
    first, second = send(Client(), people), send(Client(), people)
    coordinator = signed_in(people, "koordinator.ksb")
    assert press(coordinator, first, f"foto/{second.photos.get().pk}/tampilkan") == 404


def test_personal_data_in_a_description_is_refused_and_stays_typed(people):
    report = send(Client(), people)
    coordinator = verify(people, report)
    address = f"/ksb/laporan/{report.number}/kerja/foto/{report.photos.get().pk}/tampilkan/"
    answer = coordinator.post(address, {"description": "Hubungi 0812 3456 7890"})
    assert answer.status_code == 422
    assert "0812 3456 7890" in answer.content.decode()
    assert report.photos.get().standing == ReportPhoto.Standing.WAITING


def test_the_reporter_adds_a_photo_later_and_it_is_hidden_like_the_first(people):
    report = send(citizen := Client(), people)
    verify(people, report)
    address = f"/ksb/laporan/{report.number}/foto/"
    assert citizen.get(address).status_code == 200
    assert citizen.post(address, {"photos": [upload()]}).status_code == 302
    added = report.photos.get(position=2)
    assert who_sees(people, citizen, added.file_id) == {"reporter", "koordinator.ksb"}
    assert EventRecord.objects.filter(key="reports.report_added_to", subject_id=str(report.pk)).count() == 1
    many = citizen.post(address, {"photos": [upload(corpus.jpeg(60, 40)) for _ in range(4)]})
    assert many.status_code == 422
    assert report.photos.count() == 5


def test_only_the_holder_of_the_code_adds_a_photo(people):
    report = send(Client(), people)
    for client in (Client(), signed_in(people, "koordinator.ksb"), signed_in(people, "pupr.ksb")):
        for method in (client.get, client.post):
            assert method(f"/ksb/laporan/{report.number}/foto/", {}).status_code == 403
    assert report.photos.count() == 1


def test_a_closed_report_takes_no_photo_and_says_how_to_go_on(people):
    report = send(citizen := Client(), people)
    citizen.post(f"/ksb/laporan/{report.number}/cabut/")
    answer = citizen.post(f"/ksb/laporan/{report.number}/foto/", {"photos": [upload()]})
    assert answer.status_code == 422
    assert '<p class="error">' in answer.content.decode()
    assert report.photos.count() == 1


def test_evidence_goes_along_with_the_response_and_is_public_when_the_head_approves(people):
    report = send(citizen := Client(), people, photos=0)
    officer, head = in_hands_of_pupr(people, report), signed_in(people, "kepala.pupr.ksb")
    address = f"/ksb/laporan/{report.number}/kerja/bukti/"
    data = {"photos": [upload()], "description": "Lubang sudah ditambal"}
    assert officer.post(address, data).status_code == 302
    evidence = EvidencePhoto.objects.get()
    office = {"koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb"}
    assert who_sees(people, citizen, evidence.file_id) == office
    press(officer, report, "tanggapan", kind="final", text="Lubang sudah ditambal pada 30 Maret.")
    assert who_sees(people, citizen, evidence.file_id) == office
    press(head, report, "setujui")
    assert who_sees(people, citizen, evidence.file_id) == set(EVERYONE)
    assert 'alt="Lubang sudah ditambal"' in Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    told = EventRecord.objects.get(key="reports.evidence_published")
    assert str(evidence.pk).encode() in bytes(told.body)
    assert b"ditambal" not in bytes(told.body)


def test_evidence_of_a_response_sent_back_goes_along_with_the_next(people):
    report = send(Client(), people, photos=0)
    officer, head = in_hands_of_pupr(people, report), signed_in(people, "kepala.pupr.ksb")
    officer.post(f"/ksb/laporan/{report.number}/kerja/bukti/", {"photos": [upload()]})
    press(officer, report, "tanggapan", kind="final", text="Sudah.")
    press(head, report, "perbaiki", note="Jelaskan")
    assert EvidencePhoto.objects.get().response is None
    press(officer, report, "tanggapan", kind="final", text="Lubang sudah ditambal.")
    assert EvidencePhoto.objects.get().response == report.responses.latest("pk")


def test_evidence_can_be_removed_only_while_no_response_holds_it(people):
    report = send(Client(), people, photos=0)
    officer = in_hands_of_pupr(people, report)
    officer.post(f"/ksb/laporan/{report.number}/kerja/bukti/", {"photos": [upload(), upload()]})
    first, second = EvidencePhoto.objects.all()
    press(officer, report, f"bukti/{first.pk}/hapus")
    assert list(EvidencePhoto.objects.all()) == [second]
    press(officer, report, "tanggapan", kind="final", text="Sudah.")
    press(officer, report, f"bukti/{second.pk}/hapus")
    assert EvidencePhoto.objects.exists()


@pytest.mark.parametrize("name", ["koordinator.ksb", "kepala.pupr.ksb", "pupr.ntb", "kader.ksb", "admin"])
def test_only_the_officer_in_charge_adds_evidence(people, name):
    report = send(Client(), people, photos=0)
    in_hands_of_pupr(people, report)
    answer = signed_in(people, name).post(f"/ksb/laporan/{report.number}/kerja/bukti/", {"photos": [upload()]})
    assert answer.status_code in {403, 404}
    assert not EvidencePhoto.objects.exists()


@pytest.mark.parametrize("photos", [[], [b""], [corpus.svg()]], ids=["none", "empty", "svg"])
def test_refused_evidence_is_said_beside_the_field_and_keeps_the_words(people, photos):
    report = send(Client(), people, photos=0)
    officer = in_hands_of_pupr(people, report)
    data = {"photos": [upload(photo) for photo in photos], "description": "Aspal baru"}
    answer = officer.post(f"/ksb/laporan/{report.number}/kerja/bukti/", data)
    assert answer.status_code == 422
    assert '<p class="error">' in answer.content.decode()
    assert "Aspal baru" in answer.content.decode()


def test_nothing_a_photo_tells_of_its_maker_is_stored_or_served(people, files_folder):
    report = send(citizen := Client(), people, is_anonymous="on")
    officer = in_hands_of_pupr(people, report)
    officer.post(f"/ksb/laporan/{report.number}/kerja/bukti/", {"photos": [upload()]})
    press(officer, report, "tanggapan", kind="final", text="Lubang sudah ditambal.")
    press(signed_in(people, "kepala.pupr.ksb"), report, "setujui")
    clear(people, report)
    for path in files_folder.glob("??/??/*"):
        assert not [secret for secret in corpus.SECRETS if secret in path.read_bytes()]
        assert corpus.CANARY not in str(path)
    for model in apps.get_models():
        for row in model.objects.values_list():
            assert corpus.CANARY not in repr(row), model
    media = [f"/media/{file.pk}/{size}" for file in StoredFile.objects.all() for size in ("besar", "kecil")]
    detail = f"/ksb/laporan/{report.number}/"
    pages = [detail, f"{detail}kerja/", "/ksb/laporan/", "/ksb/laporan/unduh.csv", "/ksb/laporan/umpan.atom", *media]
    for client in (Client(), citizen, officer, signed_in(people, "koordinator.ksb")):
        for address in pages:
            answer = client.get(address)
            served = answer.content + repr(dict(answer.headers)).encode()
            assert not [secret for secret in corpus.SECRETS[:2] if secret in served], address


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, "of_a_draft_or_of_a_report"),
        ({"report": True, "draft": True}, "of_a_draft_or_of_a_report"),
        ({"report": True, "standing": "cleared"}, "examined_photo_has_a_date"),
        ({"draft": True, "standing": "cleared", "decided_at": True}, "not_examined_yet"),
    ],
)
def test_the_database_refuses_a_photo_that_cannot_be(people, fields, rule):
    report = send(Client(), people, photos=0)
    begin(Client(), people)
    values = {"report": report, "draft": ReportDraft.objects.get(), "decided_at": clock.now()}
    written = files.write_photo(corpus.jpeg(60, 40))
    file = files.keep_photo(written=written, purpose="reports.photo", now=clock.now())
    chosen = {name: values.get(name, value) for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ReportPhoto.objects.create(file=file, position=1, **chosen)


def test_a_refused_description_page_is_for_the_agency_when_the_report_is_confidential(people):
    report = send(Client(), people, is_confidential="on")
    page = signed_in(people, "koordinator.ksb").get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    with translation.override("id"):
        assert str(translation.gettext("Show this photo to the agency")) in page
        assert str(translation.gettext("Show this photo to the public")) not in page
