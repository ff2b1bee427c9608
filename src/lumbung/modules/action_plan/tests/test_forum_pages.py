"""The pages of the forum: everybody sees who sits where and what was decided; the secretariat works on one page."""

import hashlib
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import sign_in

from lumbung.core.files.tests import papers
from lumbung.modules.action_plan.models import LegalProduct, Meeting, Partnership, Seat
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
PUBLIC = f"/ntb/rencana-aksi/susun/{here.KEY}"
DESK = f"/ntb/rencana-aksi/kelola/{here.KEY}"
DECREE = {
    "kind": "decree",
    "about": "secretariat",
    "subject": "Sekretariat",
    "number": "050-1",
    "dated_on": "2026-03-02",
}
EMAIL = "lembaga@tanaman.example"


def pdf_file(name="Nama Orang.pdf"):
    return SimpleUploadedFile(name, papers.pdf(), "text/html")


def text(answer):
    return answer.content.decode()


def test_the_forum_page_shows_seats_by_sector_monitors_and_the_calendar(client, people):
    here.seat("ntb-bappeda", "government", "secretariat")
    here.seat("somasi-ntb", "civil_society")
    here.seat("deaguru-institute", "civil_society", "monitor")
    here.held_meeting()
    page = text(client.get(f"{PUBLIC}/forum/"))
    for words in ("Somasi NTB", "Deaguru Institute", "Lembaga pemantau independen", "Pertemuan orientation", "Contoh"):
        assert words in page


def test_anybody_asks_to_join_gets_a_receipt_and_is_not_shown_until_decided(client, people):
    told = {"institution": "Komunitas Pesisir", "sector": "community", "email": EMAIL, "draft_key": uuid.uuid4()}
    for _press in range(2):
        answer = client.post(f"{PUBLIC}/forum/bergabung/", told)
        assert answer.status_code == 303
    assert Seat.objects.count() == 1
    receipt = text(client.get(answer["Location"]))
    assert "Komunitas Pesisir" in receipt
    assert EMAIL not in receipt + answer["Location"]
    assert "Komunitas Pesisir" not in text(client.get(f"{PUBLIC}/forum/"))
    assert client.post(f"{PUBLIC}/forum/bergabung/", told | {"email": "x"}).status_code == 422


def test_who_sends_too_many_requests_keeps_what_was_typed(client, people, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    told = {"institution": "Komunitas Pesisir", "sector": "community", "email": EMAIL}
    answers = [client.post(f"{PUBLIC}/forum/bergabung/", told | {"draft_key": uuid.uuid4()}) for _press in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {303}
    assert answers[20].status_code == 422
    assert "Komunitas Pesisir" in text(answers[20])


def test_the_secretariat_admits_or_declines_what_was_asked(people, client):
    told = {"institution": "Komunitas Pesisir", "sector": "community", "email": EMAIL, "draft_key": uuid.uuid4()}
    client.post(f"{PUBLIC}/forum/bergabung/", told)
    seat, desk = Seat.objects.get(), sign_in(people, "sekretariat.ntb")
    page = text(desk.get(f"{DESK}/forum/"))
    assert "Komunitas Pesisir" in page
    assert EMAIL not in page
    answer = desk.post(f"{DESK}/forum/kursi/{seat.pk}/tolak/", {"reason": "Sektor ini sudah diwakili tiga lembaga."})
    assert answer.status_code == 303
    assert "Sektor ini sudah diwakili" in text(client.get(f"{PUBLIC}/forum/bergabung/{seat.pk}/"))
    assert sign_in(people, "sekretariat.ksb").get(f"/ksb{DESK[4:]}/forum/kursi/ntb/beri/").status_code == 403


def test_a_decree_is_registered_with_its_paper_and_everybody_can_hash_it(people, client):
    desk = sign_in(people, "sekretariat.ntb")
    answer = desk.post(f"{DESK}/produk-hukum/ntb/daftarkan/", DECREE | {"document": pdf_file()})
    assert answer.status_code == 303
    product = LegalProduct.objects.get()
    page = text(client.get(f"{PUBLIC}/produk-hukum/"))
    assert product.document.sha256 in page
    paper = client.get(f"/media/{product.document_id}/dokumen")
    assert hashlib.sha256(b"".join(paper.streaming_content)).hexdigest() == product.document.sha256
    assert "Nama" not in paper["Content-Disposition"]


def test_a_refused_document_stands_beside_its_field_and_nothing_is_registered(people):
    page_file = SimpleUploadedFile("sk.pdf", b"<html><script>1</script>", "application/pdf")
    answer = sign_in(people, "sekretariat.ntb").post(
        f"{DESK}/produk-hukum/ntb/daftarkan/", DECREE | {"document": page_file}
    )
    assert answer.status_code == 422
    assert "Jenis berkas tidak diterima" in text(answer)
    assert not LegalProduct.objects.exists()


def test_a_meeting_is_worked_through_on_one_page_and_read_by_everybody(people, client):
    desk = sign_in(people, "sekretariat.ntb")
    told = {"kind": "orientation", "title": "Orientasi", "on": "2026-12-01", "starts": "09:00", "ends": "11.00"}
    answer = desk.post(f"{DESK}/pertemuan/ntb/rencanakan/", told | {"place": "Aula", "online_url": "rapat.contoh.id"})
    work = answer["Location"]
    assert desk.post(f"{work}undang/", {"invitation": "Mengundang seluruh anggota forum."}).status_code == 303
    shared = {"title": "Bahan", "document": pdf_file()}
    assert desk.post(f"{work}bahan/", shared).status_code == 303
    early = desk.post(f"{work}kehadiran/", {"o0_institution": "Koran", "o0_sector": "media", "o0_women": "2"})
    assert (early.status_code, "belum dimulai" in text(early)) == (422, True)
    meeting = Meeting.objects.get()
    public = f"{PUBLIC}/pertemuan/{meeting.pk}/"
    page = text(client.get(public))
    assert "Aula" in page
    assert "https://rapat.contoh.id" in page
    assert client.get(f"{public}cetak/undangan/").status_code == 200
    paper = client.get(f"{public}cetak/undangan.pdf")
    assert paper.content.startswith(b"%PDF-")
    assert client.get(f"{public}cetak/notulen/").status_code == 404
    assert desk.get(work).status_code == 200


def test_who_came_is_written_by_institution_and_the_meeting_closed(people, client):
    here.seat("somasi-ntb", "civil_society")
    meeting = here.held_meeting()
    meeting.attendance.all().delete()
    Meeting.objects.update(state="invited", minutes="", held_at=None)
    desk, work = sign_in(people, "sekretariat.ntb"), f"{DESK}/pertemuan/{meeting.pk}/"
    counts = {"s0_women": "3", "s0_men": "1", "o0_institution": "Koran Kita", "o0_sector": "media", "o0_men": "1"}
    assert desk.post(f"{work}kehadiran/", counts | {"o1_women": "2"}).status_code == 422
    assert desk.post(f"{work}kehadiran/", counts).status_code == 303
    closing = {"minutes": "Forum membahas peta jalan bersama.", "decisions": "Satu.\n\n- Dua."}
    assert desk.post(f"{work}notulen/", closing).status_code == 303
    page = text(client.get(f"{PUBLIC}/pertemuan/{meeting.pk}/"))
    assert "3 perempuan dan 2 laki-laki" in page
    assert [decision.text for decision in meeting.decisions.all()] == ["Satu.", "Dua."]
    assert client.get(f"{PUBLIC}/pertemuan/{meeting.pk}/cetak/berita-acara/").status_code == 200


def test_a_partnership_is_registered_and_its_realisation_read_by_everybody(people, client):
    desk = sign_in(people, "sekretariat.ntb")
    told = {"kind": "csr", "institution": "PT Contoh", "number": "1/CSR", "subject": "Internet desa"}
    told |= {
        "starts_on": "2026-01-01",
        "ends_on": "2027-01-01",
        "government_duties": "Data.",
        "partner_duties": "Dana.",
    }
    assert desk.post(f"{DESK}/kemitraan/ntb/daftarkan/", told).status_code == 303
    made = Partnership.objects.get()
    entry = {"on": "2026-02-01", "text": "Tiga desa tersambung internet."}
    assert desk.post(f"{DESK}/kemitraan/{made.pk}/realisasi/", entry).status_code == 303
    page = text(client.get(f"{PUBLIC}/kemitraan/"))
    assert "PT Contoh" in page
    assert "Tiga desa tersambung internet." in page
