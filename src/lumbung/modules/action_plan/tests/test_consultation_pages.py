"""The public test on its pages: opened, commented, entered by a clerk, answered, and taken away as papers."""

import io
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.reader.excel import load_workbook
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.base import clock, ids
from lumbung.core.events import queries as events
from lumbung.modules.action_plan.actions import clearing, drafting, intake
from lumbung.modules.action_plan.models import Comment, Consultation, DraftVersion, Response
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
PUBLIC = f"/ntb/rencana-aksi/susun/{here.KEY}/"
DESK = f"/ntb/rencana-aksi/kelola/{here.KEY}/uji-publik/"


@pytest.fixture
def test(people):
    """A public test that is open on the real day on which the tests run."""
    found = talk.public_test(people)
    today = clock.local_day(clock.now())
    Consultation.objects.filter(pk=found.pk).update(closes_on=today + timedelta(days=13))
    found.refresh_from_db()
    return found


@pytest.fixture
def secretariat(people):
    return sign_in(people, "sekretariat.ntb")


def at(test, rest=""):
    return f"{PUBLIC}uji-publik/{test.pk}/{rest}"


def desk(test, rest):
    return f"{DESK}{test.pk}/{rest}/"


def typed(**more):
    return {"text": "Jadwalnya perlu dua bahasa.", "draft": "", "quote": "", "draft_key": uuid.uuid4()} | more


def row(**more):
    day = clock.local_day(clock.now()).isoformat()
    known = {"channel": "meeting", "received_on": day, "text": "Jadwal diumumkan.", "draft_key": str(uuid.uuid4())}
    return known | more


def sheet(text, name="masukan.csv"):
    return SimpleUploadedFile(name, text.encode())


def test_people_are_shown_everything_they_are_asked_about(test):
    shown = Client().get(at(test)).content.decode()
    for words in ("Dinas Komunikasi", "instansi penanggung jawab", "1 Januari 2027", "31 Desember 2028", "Tahap satu"):
        assert words.lower() in shown.lower(), words
    assert "Penanggung jawab: 1. Dinas Komunikasi" in " ".join(shown.split())
    assert 'href="#jalan-terbuka-ntb"' in shown
    assert "bagian=problem" in shown
    assert "bagian=short" not in shown


def test_a_public_test_is_opened_on_frozen_drafts(people, secretariat):
    here.commitment(people)
    frozen = drafting.freeze(member=here.member(), note="", by=people.viewer("sekretariat.ntb"), now=clock.now())
    today = clock.local_day(clock.now())
    address = f"{DESK}buka/ntb/"
    assert secretariat.get(address).status_code == 200
    told = {"freeze": frozen.pk, "opens_on": today.isoformat(), "closes_on": today.isoformat()}
    assert secretariat.post(address, told).status_code == 422
    told["closes_on"] = (today + timedelta(days=13)).isoformat()
    assert secretariat.post(address, told).status_code == 303
    assert sign_in(people, "sekretariat.ksb").post(address, told).status_code == 403
    assert sign_in(people, "fasilitator.ntb").post(address, told).status_code == 403


def test_quoted_words_are_pasted_or_come_with_the_link(people, test):
    draft, browser = talk.draft_in_test(), Client()
    assert "Isi problem." in browser.get(at(test)).content.decode()
    form = browser.get(at(test, f"kirim/?draf={draft.pk}&bagian=problem&kutipan=Isi+problem")).content.decode()
    assert "Isi problem</textarea>" in form
    answer = browser.post(at(test, "kirim/"), typed(draft=str(draft.pk), quote="isi yang tidak ada"))
    assert answer.status_code == 422
    assert "Isi problem." in answer.content.decode()
    sent = browser.post(at(test, "kirim/"), typed(draft=str(draft.pk), quote="Isi problem"), follow=True)
    comment = Comment.objects.get()
    assert comment.number in sent.content.decode()
    assert (comment.field, comment.quote) == ("problem", "Isi problem")


@pytest.mark.parametrize("case", ["another draft", "closed"])
def test_a_foreign_draft_and_a_closed_test_take_no_comment(people, test, case):
    draft = ""
    if case == "closed":
        Consultation.objects.update(closes_on=talk.CLOSES_ON)
    else:
        draft = str(here.commitment(people, slug="lain-waktu").draft.pk)
    assert Client().post(at(test, "kirim/"), typed(draft=draft)).status_code == 422
    assert not Comment.objects.exists()


def test_a_test_of_one_plan_is_not_found_under_another(test):
    other = at(test).replace(here.KEY, "ntb-ksb-2021-2023")
    assert Client().get(other).status_code == 404
    assert Client().get(at(test).replace(str(test.pk), str(uuid.uuid4()))).status_code == 404


def test_a_clerk_enters_row_after_row_and_the_source_stays(people, test, secretariat):
    address = desk(test, "masukkan")
    first = row(number="1", institution="FKD", sector="community", quote="Isi problem")
    page = secretariat.post(address, first).content.decode()
    comment = Comment.objects.get()
    assert (comment.sector, comment.institution, comment.quote) == ("community", "FKD", "Isi problem")
    assert comment.number in page
    assert '<option value="meeting" selected>' in page
    assert first["draft_key"] not in page
    secretariat.post(address, first)
    assert Comment.objects.count() == 1
    assert secretariat.post(address, row(number="9")).status_code == 422
    assert secretariat.post(address, row(quote="tidak ada", number="1")).status_code == 422


def test_a_sheet_is_rehearsed_then_entered_as_a_whole(people, test, secretariat):
    address = desk(test, "lembar")
    source = {key: value for key, value in row().items() if key in {"channel", "received_on"}}
    bad = sheet("masukan,no komitmen,sektor\nJadwal diumumkan.,1,Masyarakat\nLampu jalan.,9,\n")
    report = secretariat.post(address, {**source, "sheet": bad})
    assert report.status_code == 422
    assert b'name="signed"' not in report.content
    good = sheet("masukan,no komitmen,sektor\nJadwal diumumkan.,1,Masyarakat\nLampu jalan.,,academia\n")
    rehearsed = secretariat.post(address, {**source, "sheet": good})
    assert rehearsed.status_code == 200
    assert not Comment.objects.exists()
    signed = rehearsed.context["signed"] if rehearsed.context else _hidden(rehearsed, "signed")
    for _press in range(2):
        secretariat.post(address, {"confirm": "yes", "signed": signed})
    assert sorted(Comment.objects.values_list("sector", flat=True)) == ["academia", "community"]
    assert secretariat.post(address, {"confirm": "yes", "signed": f"{signed}x"}).status_code == 303
    assert Comment.objects.count() == 2


def test_what_a_clerk_entered_has_slips_whose_codes_are_shown_once_and_open_it(people, test, secretariat):
    secretariat.post(desk(test, "masukkan"), row())
    source = {key: value for key, value in row().items() if key in {"channel", "received_on"}}
    upload = sheet("masukan\nLampu jalan padam.\nHalte perlu atap.\n")
    signed = _hidden(secretariat.post(desk(test, "lembar"), {**source, "sheet": upload}), "signed")
    after = secretariat.post(desk(test, "lembar"), {"confirm": "yes", "signed": signed}, follow=True)

    codes = {each.number: intake.code_of(each.draft_key) for each in Comment.objects.all()}
    spaced = {number: ids.spaced_access_code(code) for number, code in codes.items()}
    assert len(codes) == 3
    assert "3 tanda terima belum dicetak" in after.content.decode()
    assert not any(code in after.content.decode() for code in spaced.values())

    printed = secretariat.post(desk(test, "slip")).content.decode()
    assert "http://testserver/ntb/rencana-aksi/susun/contoh-2027-2029/kode/" in printed
    for comment in Comment.objects.all():
        trace = events.trace_of("comment", str(comment.pk), "action_plan.comment_sent")
        assert all(told in printed for told in (comment.number, spaced[comment.number], trace.leaf_hash))
    again = secretariat.post(desk(test, "slip")).content.decode()
    assert not any(code in again for code in spaced.values())
    number, code = next(iter(codes.items()))
    opened = Client().post(f"{PUBLIC}kode/", {"code": code}, follow=True)
    assert number in opened.content.decode()


def test_a_rehearsal_is_entered_where_it_was_made_and_by_whoever_made_it(people, test, secretariat):
    source = {key: value for key, value in row().items() if key in {"channel", "received_on"}}
    upload = sheet("masukan,no komitmen,sektor\nJadwal diumumkan.,,Masyarakat\n")
    rehearsed = secretariat.post(desk(test, "lembar"), {**source, "sheet": upload})
    signed = _hidden(rehearsed, "signed")
    later = talk.TODAY + timedelta(days=30)
    other = Consultation.objects.create(
        member=test.member, freeze=test.freeze, opens_on=later, closes_on=later, announced_at=NOW
    )
    answer = secretariat.post(desk(other, "lembar"), {"confirm": "yes", "signed": signed}, follow=True)
    assert "Unggah lembar" in answer.content.decode()
    assert not Comment.objects.exists()


def _hidden(answer, name):
    return answer.content.decode().split(f'name="{name}" value="')[1].split('"')[0]


def test_the_template_that_is_downloaded_is_one_that_is_read(people, test, secretariat):
    source = {key: value for key, value in row().items() if key in {"channel", "received_on"}}
    for kind in ("xlsx", "csv"):
        body = secretariat.get(f"{DESK}templat.{kind}").content
        upload = SimpleUploadedFile(f"templat.{kind}", body)
        assert secretariat.post(desk(test, "lembar"), {**source, "sheet": upload}).status_code == 200


def test_a_sheet_that_unpacks_without_end_is_refused(people, test, secretariat):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    source = {key: value for key, value in row().items() if key in {"channel", "received_on"}}
    upload = SimpleUploadedFile("besar.xlsx", packed.getvalue())
    assert secretariat.post(desk(test, "lembar"), {**source, "sheet": upload}).status_code == 422


def test_alike_comments_are_ticked_answered_and_published_together(people, test, secretariat):
    first, second = talk.comment(people, test), talk.comment(people, test, "Dua bahasa, mohon.")
    address = desk(test, "tanggapan")
    told = {"comments": [str(first.pk), str(second.pk)], "verdict": "rejected", "reason": "Belum ada anggarannya."}
    assert secretariat.post(address, {**told, "comments": []}).status_code == 422
    assert secretariat.post(address, told).status_code == 303
    page = f"{PUBLIC}masukan/{first.number}/"
    assert "Belum ada anggarannya." not in Client().get(page).content.decode()
    assert secretariat.post(f"{address}terbitkan/").status_code == 303
    shown = Client().get(page).content.decode()
    assert "Belum ada anggarannya." in shown
    assert second.number in shown
    assert "Belum ada anggarannya." in Client().get(at(test, "masukan/?verdict=rejected")).content.decode()


def test_a_draft_of_an_answer_is_taken_back(people, test, secretariat):
    response = talk.answer(people, test, talk.comment(people, test))
    address = f"{desk(test, 'tanggapan')}{response.pk}/batal/"
    assert sign_in(people, "sekretariat.ksb").post(address).status_code == 403
    assert secretariat.post(address).status_code == 303
    assert not Response.objects.exists()
    assert Comment.objects.filter(response__isnull=True).count() == 1


def test_the_sender_reads_the_answer_with_the_code(people, test):
    browser = Client()
    browser.post(at(test, "kirim/"), typed(text="Naskah asli saya."))
    comment = Comment.objects.get()
    code = browser.session["plan_codes"][comment.number]
    talk.clear(people, comment, "Naskah ••• saya.")
    talk.answer(people, test, comment)
    talk.publish(people)
    page = Client().post(f"{PUBLIC}kode/", {"code": code}, follow=True).content.decode()
    assert "Naskah asli saya." in page
    assert "Jadwal sudah diatur dalam peraturan daerah." in page
    assert "Naskah asli saya." not in Client().get(f"{PUBLIC}masukan/{comment.number}/").content.decode()


def test_the_papers_hold_the_same_comments_and_no_formula(people, test):
    talk.answer(people, test, talk.comment(people, test, "=1+1"))
    talk.publish(people)
    talk.send_comment(test, "Rahasia yang menunggu.", now=clock.now())
    guest = Client()
    page = guest.get(at(test, "matriks/")).content.decode()
    assert "=1+1" in page
    assert "Rahasia yang menunggu." not in page
    assert "'=1+1" in guest.get(at(test, "matriks.csv")).content.decode()
    sheet_of = load_workbook(io.BytesIO(guest.get(at(test, "matriks.xlsx")).content)).active
    assert [cell.value for cell in sheet_of[2]].count("=1+1") == 1
    assert guest.get(at(test, "matriks.pdf")).content.startswith(b"%PDF")
    assert guest.get(at(test, "berita-acara.pdf")).content.startswith(b"%PDF")
    for name in ("matriks.docx", "berita-acara.docx"):
        assert guest.get(at(test, name)).content.startswith(b"PK")
    record = guest.get(at(test, "berita-acara/")).content.decode()
    listed = guest.get(at(test, "berita-acara.csv")).content.decode()
    for words in ("Pada hari ini, ", "Demikian berita acara ini", Comment.objects.earliest("number").number):
        assert words in record, words
        assert words in listed, words
    assert guest.get(at(test, "matriks.exe")).status_code == 404


def test_a_comment_on_the_frozen_text_is_carried_into_what_was_written_since(people, test):
    draft, by = talk.draft_in_test(), people.viewer("sekretariat.ntb")
    body = here.full_body(problem={"id": "Awalnya lain. Isi problem.", "en": ""})
    drafting.save_version(draft=draft, body=body, seen=1, note="", by=by, now=clock.now())
    Client().post(at(test, "kirim/"), typed(draft=str(draft.pk), quote="Isi problem"))
    newest = DraftVersion.objects.get(draft=draft, number=2)
    assert [(place.start, place.end) for place in newest.comment_places.all()] == [(14, 25)]


def test_a_public_test_is_prolonged_on_its_page(test, secretariat):
    later = test.closes_on + timedelta(days=5)
    told = {"closes_on": later.isoformat(), "reason": "Dua desa baru menerima naskahnya minggu ini."}
    assert "Perpanjang" in secretariat.get(DESK).content.decode()
    assert secretariat.post(desk(test, "perpanjang"), told | {"closes_on": test.closes_on}).status_code == 422
    assert secretariat.post(desk(test, "perpanjang"), told).status_code == 303
    shown = Client().get(at(test)).content.decode()
    assert "Dua desa baru menerima naskahnya minggu ini." in shown


def test_a_corrected_answer_shows_the_one_before(people, test, secretariat):
    response = talk.answer(people, test, talk.comment(people, test))
    talk.publish(people)
    address = desk(test, f"tanggapan/{response.pk}/koreksi")
    assert address in secretariat.get(desk(test, "tanggapan")).content.decode()
    told = {
        "verdict": "out_of_scope",
        "reason": "Jadwal diatur pemerintah pusat.",
        "why": "Peraturannya sudah dicabut.",
    }
    assert secretariat.post(address, told | {"why": ""}).status_code == 422
    assert secretariat.post(address, told).status_code == 303
    shown = Client().get(f"{PUBLIC}masukan/M-2026-0001/").content.decode()
    for words in ("Tanggapan sebelumnya", "Jadwal sudah diatur dalam peraturan daerah.", told["reason"], told["why"]):
        assert words in shown
    assert "dikoreksi pada" in Client().get(at(test, "matriks/")).content.decode()


def test_an_address_left_with_a_comment_is_on_no_page(test):
    visitor = Client()
    visitor.post(at(test, "kirim/"), typed(email="warga@surel.example"))
    comment = Comment.objects.get()
    assert comment.contact is not None
    shown = visitor.get(f"{PUBLIC}masukan/{comment.number}/").content.decode()
    assert "warga@surel.example" not in shown


def test_a_sheet_says_which_rows_will_wait(test, secretariat):
    rows = "Masukan\nJadwal diumumkan di kantor desa.\nHubungi 0812 3450 9876 saja.\n"
    told = {"sheet": sheet(rows), **{name: row()[name] for name in ("channel", "received_on")}}
    shown = secretariat.post(desk(test, "lembar"), told).content.decode()
    assert "Pemeriksaan menemukan data pribadi di dalamnya." in shown


def test_whoever_enters_a_row_is_told_whether_it_is_public_or_waits(test, secretariat):
    shown = secretariat.post(desk(test, "masukkan"), row(text="Telepon saya 0812 3450 9876.")).content.decode()
    assert "menunggu diperiksa" in shown
    shown = secretariat.post(desk(test, "masukkan"), row(draft_key=str(uuid.uuid4()))).content.decode()
    assert "tersimpan dan terbuka untuk publik" in shown


def test_a_comment_hidden_after_its_answer_says_so_on_its_page_as_in_the_table(people, test):
    comment = talk.comment(people, test)
    talk.answer(people, test, comment)
    talk.publish(people)
    clearing.hide_words(item=comment, reason="Menyebut orang.", by=people.viewer("sekretariat.ntb"), now=NOW)
    address = f"/ntb/rencana-aksi/susun/{here.KEY}/"
    page = Client().get(f"{address}masukan/{comment.number}/").content.decode()
    table = Client().get(at(test, "matriks/")).content.decode()
    for shown in (page, table):
        assert "Jadwal sudah diatur" not in shown
    assert "sudah ditanggapi sebelum disembunyikan" in page


def test_meetings_of_one_title_differ_in_a_list_by_their_day():
    assert str(here.held_meeting("public_test")) == "Pertemuan public_test (24 Maret 2026)"
