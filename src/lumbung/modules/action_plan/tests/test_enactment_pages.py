"""The pages from endorsement to submission: what each role sees and presses."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.base import clock
from lumbung.core.files.tests import papers
from lumbung.core.log import actions as log
from lumbung.modules.action_plan.actions import submission
from lumbung.modules.action_plan.models import (
    AddressCapture,
    Amendment,
    Commitment,
    Enactment,
    Endorsement,
    Plan,
    ReviewNote,
)
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
ROOT = "/ntb/rencana-aksi"
DESK = f"{ROOT}/kelola/{here.KEY}"
PUBLIC = f"{ROOT}/susun/{here.KEY}/penetapan"


@pytest.fixture
def browser(people):
    return lambda name: sign_in(people, name)


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_signed_paper_is_entered_and_stands_on_the_public_page(people, browser):
    given.frozen(people)
    clerk = browser("sekretariat.ntb")
    address = f"{DESK}/penetapan/ntb/dukungan/"
    facts = {"institution": "Komunitas Warga Sekarbela", "sector": "community", "on": clock.local_day(NOW).isoformat()}
    assert "Ada isian yang perlu diperbaiki" in text(clerk.post(address, facts | {"institution": ""}), 422)
    assert "Pilih dokumennya" in text(clerk.post(address, facts), 422)
    assert (
        clerk.post(address, facts | {"document": SimpleUploadedFile("dukungan.pdf", papers.pdf())}).status_code == 303
    )
    assert Endorsement.objects.get().institution == "Komunitas Warga Sekarbela"
    assert "Komunitas Warga Sekarbela" in text(Client().get(f"{PUBLIC}/"))


def test_a_forum_member_presses_for_its_organisation(people, browser):
    given.frozen(people)
    here.seat("somasi-ntb", "civil_society")
    member = browser("oms.ntb")
    assert "Somasi NTB mendukung versi ini" in text(member.get(f"{DESK}/penetapan/"))
    member.post(f"{DESK}/penetapan/ntb/dukungan/beri/")
    assert Endorsement.objects.get().organisation_id == "somasi-ntb"


def test_the_head_of_region_reads_everything_and_confirms_before_enacting(people, browser):
    freeze = given.frozen(people)
    given.at_enactment(people)
    decree = given.decree()
    head = browser("gubernur.ntb")
    shown = text(head.get(f"{DESK}/penetapan/ntb/tetapkan/"))
    seen = given.seen(freeze)
    assert all(words in shown for words in (seen, "Isi problem.", "Isi vision.", "Tahap satu"))
    told = {"decree": str(decree.pk), "seen": seen}
    assert "Pastikan bahwa inilah naskah" in text(head.post(f"{DESK}/penetapan/ntb/tetapkan/", told), 422)
    assert not Enactment.objects.exists()
    assert head.post(f"{DESK}/penetapan/ntb/tetapkan/", told | {"sure": "on"}).status_code == 303
    shown = text(Client().get(f"{PUBLIC}/"))
    assert Enactment.objects.get().sha256 in shown
    assert "Naskah tidak berubah sejak ditetapkan" in shown


def test_a_byte_changed_in_the_database_is_told_on_the_page(people):
    given.enacted(people)
    with given.superuser("action_plan_commitment"):
        Commitment.objects.filter(pk="jalan-terbuka").update(problem_id="Tidak ada masalah.")
    shown = text(Client().get(f"{PUBLIC}/"))
    assert "Naskah berbeda dari catatan publik" in shown
    assert "commitment:jalan-terbuka" in shown


def test_the_plan_of_2021_says_that_it_matches(people):
    log.examine(now=NOW)
    now = f"{ROOT}/susun/ntb-ksb-2021-2023/penetapan/"
    for address in (f"{ROOT}/", f"{ROOT}/ntb-care/", now):
        assert "Naskah tidak berubah sejak dicatat" in text(Client().get(address))
    Commitment.objects.filter(pk="ntb-care").update(problem_id="x")
    assert "Naskah berbeda dari catatan publik" in text(Client().get(now))
    log.examine(now=here.LATER)
    assert "menemukan yang tidak cocok" in text(Client().get(f"{ROOT}/"))


def test_what_the_sources_of_the_plan_of_2021_do_not_tell_stands_apart_from_their_words(people):
    shown = text(Client().get(f"{ROOT}/susun/ntb-ksb-2021-2023/penetapan/ntb-care/"))
    told, _, written = shown.partition("Ditulis untuk situs ini")
    written, _, examples = written.partition("ilustratif")
    assert "Kata demi kata menurut sumber publik" in told
    assert not [words for words in ("Tonggak capaian", "Cara mengukur", "Indikator") if words in told]
    assert "Cara mengukur" in written
    assert "Tonggak capaian 1" in examples


def test_whoever_wants_to_check_a_text_is_led_to_the_log_and_not_to_the_same_page(people):
    shown = text(Client().get(f"{ROOT}/susun/ntb-ksb-2021-2023/penetapan/"))
    assert re.search(r'href="/catatan-publik/[^"]+">Periksa sendiri', shown)


def test_an_amendment_is_proposed_approved_and_shown_with_both_texts(people, browser):
    given.enacted(people)
    decree = given.decree(number="050-31 Tahun 2027", about="other")
    clerk, chair = browser("sekretariat.ntb"), browser("ketua.ntb")
    address = f"{DESK}/perubahan/jalan-terbuka/"
    assert "?bagian=milestones/1/due_on" in text(clerk.get(address))
    told = {"new": "2029-06-30", "reason": "Anggaran baru tersedia kemudian.", "decree": str(decree.pk)}
    assert clerk.post(f"{address}?bagian=ends_on", told).status_code == 303
    proposed = Amendment.objects.get()
    assert "Setujui atas nama forum" in text(chair.get(f"{DESK}/perubahan/"))
    chair.post(f"{DESK}/perubahan/{proposed.pk}/putuskan/", {"decision": "approve"})
    shown = text(Client().get(f"{PUBLIC}/jalan-terbuka/"))
    assert all(words in shown for words in ("31 Desember 2028", "30 Juni 2029", "Anggaran baru tersedia kemudian."))


def test_who_carries_a_commitment_is_amended_row_by_row(people, browser):
    given.enacted(people)
    decree = given.decree(number="050-31 Tahun 2027", about="other")
    address = f"{DESK}/perubahan/jalan-terbuka/?bagian=institutions"
    clerk = browser("sekretariat.ntb")
    typed = {
        "lead": "ntb-diskominfotik",
        "beside-rows": "1",
        "beside-0-code": "ntb-bappeda",
        "beside-0-role": "government",
    }
    assert "beside-1-code" in text(clerk.post(address, typed | {"tambah": "beside"}))
    assert "Ada isian yang perlu diperbaiki" in text(clerk.post(address, typed), 422)
    told = typed | {"reason": "Bappeda ikut mengerjakan komitmen ini.", "decree": str(decree.pk)}
    assert clerk.post(address, told).status_code == 303
    shown = text(browser("ketua.ntb").get(f"{DESK}/perubahan/"))
    assert "Provinsi Nusa Tenggara Barat (Instansi pendukung)</ins>" in shown
    assert "<del>" not in shown


def test_notes_are_written_answered_and_public_once_the_review_is_finished(people, browser):
    given.frozen(people)
    given.frozen(people, "ksb", "data-terbuka")
    national, clerk = browser("nasional"), browser("sekretariat.ntb")
    national.post(f"{DESK}/penyampaian/catatan/", {"about": "", "text": "Perjelas data awalnya."})
    assert "Perjelas data awalnya." not in text(Client().get(f"{PUBLIC}/"))
    number = ReviewNote.objects.get().number
    clerk.post(f"{DESK}/penyampaian/catatan/{number}/", {"answer": "Sudah diperinci di bagian data awal."})
    national.post(f"{DESK}/penyampaian/telaah-selesai/")
    shown = text(Client().get(f"{PUBLIC}/"))
    assert "Perjelas data awalnya." in shown
    assert "Sudah diperinci di bagian data awal." in shown


@pytest.fixture
def exported(people):
    given.enacted(people, "ntb")
    given.enacted(people, "ksb", "posyandu-gr")
    by = people.viewer("sekretariat.ntb")
    return submission.make_exports(plan=here.plan(), by=by, now=NOW)


def test_each_file_is_downloaded_as_it_was_made(exported):
    for each in exported:
        answer = Client().get(f"{ROOT}/susun/{here.KEY}/berkas/{each.number}/{each.kind}/{each.language or '-'}/")
        assert answer.content == bytes(each.content)
        assert f".{each.kind}" in answer["Content-Disposition"]


def test_the_sheet_for_ogps_form_is_ticked_field_by_field(exported, browser):
    clerk = browser("sekretariat.ntb")
    address = f"{DESK}/formulir-ogp/jalan-terbuka/"
    shown = text(clerk.get(address))
    assert 'data-copy="text-problem"' in shown
    clerk.post(address, {"entered": ["problem", "title"]})
    assert "2 dari " in text(clerk.get(f"{DESK}/formulir-ogp/"))
    clerk.post(address, {"entered": ["problem"], "all": "1"})
    total = shown.count("data-copy=")
    assert f"{total} dari {total}" in text(clerk.get(f"{DESK}/formulir-ogp/"))
    at_ogp = "https://ogp.contoh.id/IDWNT0009"
    clerk.post(f"{address}nomor/", {"public_id": "IDWNT0009", "public_url": at_ogp})
    assert "IDWNT0009" in text(clerk.get(f"{DESK}/formulir-ogp/"))
    assert "belum memeriksa alamatnya" in text(clerk.get(f"{address}nomor/"))
    look = {"kind": "commitment", "subject": "jalan-terbuka", "url": at_ogp, "captured_at": NOW}
    AddressCapture.objects.create(plan=here.plan(), outcome="kept", sha256="ab" * 32, bytes=9, **look)
    assert "ab" * 32 in text(clerk.get(f"{address}nomor/"))


def test_what_is_missing_before_submission_is_listed(exported, browser):
    clerk = browser("sekretariat.ntb")
    shown = text(clerk.post(f"{DESK}/penyampaian/kirim/", {"on": "2026-11-20"}), 422)
    assert "Sekretariat nasional belum menyelesaikan telaahnya." in shown


def test_a_submitted_plan_shows_its_commitment_as_enacted(exported, people):
    Plan.objects.filter(pk=here.KEY).update(submitted_on="2026-11-20", is_illustration=False)
    shown = text(Client().get(f"{ROOT}/jalan-terbuka/"))
    assert "Naskah yang ditetapkan" in shown
    assert "Isi action." in shown
    assert "ilustratif" not in shown
    record = Client().get(f"{ROOT}/rencana.json").json()
    assert [each["member"] for each in record["told"]["enactments"]] == ["ntb", "ksb"]
