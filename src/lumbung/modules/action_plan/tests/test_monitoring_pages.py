"""Monitoring as people meet it: one story through the desk, and what the public then reads."""

import re

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.events.models import EventRecord
from lumbung.core.notices.actions import following as mails
from lumbung.core.notices.models import Message
from lumbung.core.notices.queries import letter_of
from lumbung.modules.action_plan.actions import filing, following
from lumbung.modules.action_plan.models import Evidence, GoodPractice, Hiding, PlanFollower, ReportDecision, SelfReport
from lumbung.modules.action_plan.queries import monitoring
from lumbung.modules.action_plan.queries.followers import FOLLOWING
from lumbung.modules.action_plan.tests import sayings as desk

pytestmark = pytest.mark.django_db
PLAN, CARE = "/ntb/rencana-aksi/", "/ntb/rencana-aksi/ntb-care/"
WORK = "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/komitmen/ntb-care/"
MONITORING = "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/pemantauan/"


def as_(people, name):
    client = Client()
    client.force_login(people.account(name))
    return client


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def post(client, address, data, status=303):
    answer = client.post(address, data)
    assert answer.status_code == status, answer.content.decode()[:3_000]
    return answer


def term_id(key, scale="completion"):
    return desk.term(key, scale).pk


@pytest.fixture
def care(people):
    found = monitoring.commitment_for_work("ntb-ksb-2021-2023", "ntb-care")
    desk.monitored_by("lrp2m-cordova", found)
    return found


def test_a_report_an_assessment_a_note_and_a_reply_go_through_the_desk_to_the_public(people, care):
    officer, head = as_(people, "komitmen.ntb"), as_(people, "kepala.komitmen.ntb")
    monitor, civil = as_(people, "pemantau.ksb"), as_(people, "oms.ntb")
    text(officer, MONITORING)
    post(
        officer,
        f"{WORK}bukti/",
        {"title": "Rapor bulanan", "url": "https://contoh.id/rapor", "licence": "open"},
    )
    proof = Evidence.objects.get()
    desk.look(proof, b"<p>rapor</p>")
    post(
        officer,
        f"{WORK}lapor/",
        {
            "year": 2025,
            "quarter": 4,
            "completion": term_id("substantial"),
            "words": desk.WORDS,
            "milestone_1": "2022-05-02",
            "evidence": [str(proof.pk)],
        },
    )
    assert desk.WORDS not in text(Client(), CARE)
    assert desk.WORDS in text(head, WORK)
    post(head, f"{WORK}lapor/{SelfReport.objects.get().pk}/", {"decision": "approve"})
    post(
        monitor,
        f"{WORK}nilai/akhir/",
        {
            "completion": term_id("limited"),
            "opened_information": term_id("marginal", "opened"),
            "words": "Rapor hanya terbit separuh tahun.",
            "lessons": "Libatkan desa lebih awal.",
        },
    )
    post(civil, f"{WORK}catatan/", {"words": "Kami mencoba 20 laporan."})
    sayings = monitoring.sayings_of(care)
    post(head, f"{WORK}hak-jawab/penilaian/{sayings.assessments[0].pk}/", {"words": "Kami perbaiki tahun ini."})
    shown = text(Client(), CARE)
    for words in (
        "Penilaian tidak sejalan: instansi menyebut substansial, pemantau menilai terbatas.",
        desk.WORDS,
        "Rapor hanya terbit separuh tahun.",
        "Informasi: Sedikit",
        "Partisipasi: tidak berlaku",
        "Kami mencoba 20 laporan.",
        "Kami perbaiki tahun ini.",
        "+32 hari",
        "SHA-256",
        "Instansi menggunakan hak jawabnya",
    ):
        assert words in shown, words
    assert "penilaian tidak sejalan" in text(Client(), PLAN)
    assert "Libatkan desa lebih awal." in text(Client(), f"{PLAN}pembelajaran/ntb-ksb-2021-2023/")
    assert not any(account in shown for account in ("Penanggung Jawab Komitmen", "@contoh.id"))


def test_complete_without_proof_comes_back_with_what_was_typed(people, care):
    answer = post(
        as_(people, "komitmen.ntb"),
        f"{WORK}lapor/",
        {"year": 2025, "quarter": 4, "completion": term_id("complete"), "words": desk.WORDS},
        status=422,
    ).content.decode()
    assert "memerlukan bukti yang sudah terekam" in answer
    assert desk.WORDS in answer


def test_a_report_returned_without_a_reason_comes_back_to_be_told_why(people, care):
    written, head = desk.report(people, care), as_(people, "kepala.komitmen.ntb")
    address = f"{WORK}lapor/{written.pk}/"
    answer = post(head, address, {"decision": "return", "note": " "}, status=422).content.decode()
    assert "Tulis alasan laporan dikembalikan" in answer
    assert not ReportDecision.objects.exists()
    post(head, address, {"decision": "neither", "note": ""}, status=422)
    post(head, address, {"decision": "return", "note": "Sebutkan jumlah laporan."})
    assert "Sebutkan jumlah laporan." in text(as_(people, "komitmen.ntb"), WORK)
    late = post(head, address, {"decision": "approve"}, status=422).content.decode()
    assert "sudah diputuskan" in late


def test_evidence_with_personal_data_shows_the_public_its_hash_alone(people, care):
    made = desk.named(people, care, personal=True, content=b"<p>nama</p>")
    shown = text(Client(), CARE)
    assert desk.proof(made).kept.sha256 in shown
    assert "disembunyikan: data pribadi" in shown
    assert made.url not in shown


def test_a_document_can_be_fetched_by_everybody_unless_it_holds_personal_data(people, care):
    kept = desk.proof(desk.kept_document(people, care)).kept
    assert Client().get(f"/media/{kept.document_id}/dokumen").status_code == 200
    assert f"/media/{kept.document_id}/dokumen" in text(Client(), CARE)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("oms.ntb", f"{WORK}lapor/"),
        ("oms.ntb", f"{WORK}nilai/akhir/"),
        ("komitmen.ntb", f"{WORK}nilai/awal/"),
        ("komitmen.ntb", f"{WORK}catatan/"),
        ("sekretariat.ntb", f"{WORK}bukti/"),
        ("pupr.ntb", WORK),
        ("komitmen.ntb", f"{WORK}paket-bukti/"),
    ],
)
def test_nobody_opens_the_forms_of_another_role(people, who, address):
    assert as_(people, who).get(address).status_code == 403


def test_the_pack_page_offers_each_file(people, care):
    desk.kept_document(people, care)
    monitor = as_(people, "pemantau.ksb")
    assert "Semua dokumen yang tersimpan muat." in text(monitor, f"{WORK}paket-bukti/")
    answer = monitor.get(f"{WORK}paket-bukti/1.zip")
    assert answer["Content-Type"] == "application/zip"
    assert monitor.get(f"{WORK}paket-bukti/2.zip").status_code == 404


def test_a_filed_report_stands_on_the_page_of_the_plan_as_late(people):
    address = "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/laporan-awal/ksb/"
    post(as_(people, "pemantau.ksb"), address, {"title": "Laporan awal KSB", "url": "https://contoh.id/awal"})
    shown = text(Client(), PLAN)
    assert "Laporan awal KSB" in shown
    assert "Disampaikan terlambat" in shown


def test_the_overview_is_filtered_by_member_and_value(people):
    shown = text(Client(), f"{PLAN}?anggota=ksb&nilai=access_to_information")
    assert "/ksb-satu-data/" in shown
    assert "/ntb-care/" not in shown
    assert "Tidak ada komitmen yang memenuhi keduanya" in text(Client(), f"{PLAN}?anggota=ksb&nilai=technology")


def test_good_practice_reads_its_figure_from_the_data_and_refuses_an_unknown_one(people):
    secretariat = as_(people, "sekretariat.ntb")
    address = "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/praktik-baik/"
    told: dict[str, str] = {
        "title_id": "Rapor bulanan",
        "slug": "rapor-bulanan",
        "text_id": "Sekarang {reports.on_time_share} selesai.",
    }
    assert (
        "Tidak ada indikator bernama"
        in post(secretariat, address, told | {"text_id": "{reports.nothing}"}, status=422).content.decode()
    )
    post(secretariat, address, told)
    assert "(belum ada angka)" in text(Client(), f"{PLAN}praktik-baik/rapor-bulanan/")
    assert "Rapor bulanan" in text(Client(), "/ksb/rencana-aksi/praktik-baik/")
    post(secretariat, f"{address}rapor-bulanan/", told | {"title_id": "Rapor setiap bulan"})
    assert GoodPractice.objects.get().title_id == "Rapor setiap bulan"
    assert as_(people, "sekretariat.ksb").get(f"/ksb{address[4:]}rapor-bulanan/").status_code in {403, 404}


def test_the_overview_says_who_is_silent_instead_of_that_nothing_disagrees(people, care):
    shown = text(Client(), PLAN)
    assert "9 belum dilaporkan instansi" in shown
    assert "tidak sejalan" not in shown
    desk.approve(people, desk.report(people, care))
    shown = text(Client(), PLAN)
    assert "8 belum dilaporkan instansi" in shown
    assert "dengan penilaian yang tidak sejalan" in shown


def test_ambition_of_the_wording_is_no_result_of_the_monitor(people):
    shown = text(Client(), PLAN)
    assert "Ambisi, dinilai 2021: Mengikat atau melembaga" in shown
    assert not re.search(r'class="tag good"[^<]*(<[^>]*>)*[^<]*Ambisi', shown)


def test_pages_of_a_loaded_plan_are_as_old_as_what_they_tell(people):
    for address in (PLAN, f"{PLAN}forum-yasinan/"):
        shown = text(Client(), address)
        changed = re.search(r'class="changed">Terakhir diperbarui: <time datetime="([^"]+)"', shown)
        assert changed.group(1) < "2024", address
        assert "imuat pada 26 Maret 2026" in shown
    assert 'class="changed">Dimuat pada' in text(Client(), f"{PLAN}susun/ntb-ksb-2021-2023/penetapan/forum-yasinan/")


def test_nobody_is_late_with_a_milestone_that_nobody_promised(people):
    shown = text(Client(), CARE)
    assert "tidak dijanjikan siapa pun, maka tidak ada yang terlambat" in shown
    assert '<path class="late"' not in shown
    assert "melewati tanggalnya" not in shown


def test_a_new_plan_shows_the_lessons_it_starts_from(people):
    post(
        as_(people, "sekretariat.ntb"),
        "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/pembelajaran/",
        {"words": "Mulai enam bulan lebih awal.", "commitment": "ntb-care"},
    )
    assert "/pembelajaran/ntb-ksb-2021-2023/" in text(Client(), f"{PLAN}susun/contoh-2027-2029/")
    assert "Mulai enam bulan lebih awal." in text(Client(), f"{PLAN}susun/contoh-2027-2029/draf/rencana/")
    secretariat = as_(people, "sekretariat.ntb")
    for place in ("draf/rencana/", "draf/ntb/mulai/"):
        assert "Mulai enam bulan lebih awal." in text(secretariat, f"{PLAN}kelola/contoh-2027-2029/{place}")
    shown = text(Client(), f"{PLAN}pembelajaran/ntb-ksb-2021-2023/")
    assert "Mulai enam bulan lebih awal." in shown
    assert "contoh-2027-2029" in shown


def test_the_explanation_shows_a_labelled_example_and_every_scale(people):
    shown = text(Client(), f"{PLAN}tiga-penilaian/")
    assert "target 100% (41 poin persen di bawah)" in shown
    assert "Tidak ada yang mengatakan ini" in shown
    assert "Luar biasa" in shown
    assert "The assessments disagree" in text(Client(), "/en/ntb/rencana-aksi/tiga-penilaian/")


# --- following -----------------------------------------------------------------------------------------------


def link_in(message):
    return re.search(r"/ntb/rencana-aksi/ikuti/[0-9A-Z]{16}/", str(letter_of(message).links)).group()


def test_a_follower_confirms_by_mail_and_is_told_once_and_stops(people, care):
    answer = Client().post(f"{CARE}ikuti/", {"email": "warga@contoh.id"})
    assert "Periksa kotak surat Anda" in answer.content.decode()
    address = link_in(Message.objects.get(kind=FOLLOWING.asked))
    assert PlanFollower.objects.get().confirmed_at is None
    assert Client().get(address).status_code == 200
    assert PlanFollower.objects.get().confirmed_at is None
    assert Client().post(address).status_code == 302
    desk.note(people, care)
    told = EventRecord.objects.get(key="action_plan.note_signed")
    for _twice in range(2):
        following.tell_followers(event_id=str(told.uid), now=NOW)
    [message] = Message.objects.filter(kind=FOLLOWING.told)
    assert "warga" not in message.subject
    assert "NTB Care" in message.subject


def test_addresses_never_confirmed_are_destroyed_after_a_week(people):
    Client().post(f"{PLAN}ikuti/", {"email": "warga@contoh.id"})
    asked_at = PlanFollower.objects.get().asked_at
    assert following.discard_addresses(now=asked_at + mails.CONFIRM_WITHIN) == 0
    assert following.discard_addresses(now=asked_at + mails.CONFIRM_WITHIN * 2) == 1


def test_the_feeds_tell_what_happened_without_names(people, care):
    desk.note(people, care)
    paper = filing.Document("Laporan awal", "https://contoh.id/awal")
    member = care.plan.members.get(organisation_id="ntb")
    filing.file_inception_report(member=member, document=paper, by=people.viewer("pemantau.ksb"), now=NOW)
    plan, one = text(Client(), f"{PLAN}umpan.atom"), text(Client(), f"{CARE}umpan.atom")
    assert "NTB Care: Sebuah organisasi masyarakat sipil menandatangani catatan" in plan
    assert "menyampaikan laporannya" in plan
    assert "menandatangani catatan" in one
    assert "menyampaikan laporannya" not in one
    assert Client().get(f"{PLAN}tidak-ada/umpan.atom").status_code == 404


def test_hidden_words_leave_their_trace_on_the_page_and_lead_to_the_reason(people, care):
    note = desk.note(people, care, words="Kata-kata yang akan disembunyikan.")
    hide = f"/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/disembunyikan/note/{note.pk}/"
    post(as_(people, "sekretariat.ntb"), hide, {"reason": "Memuat data pribadi warga."})
    shown, listed = text(Client(), CARE), text(Client(), "/ntb/rencana-aksi/disembunyikan/ntb-ksb-2021-2023/")
    assert "Kata-kata yang akan" not in shown
    assert "Tulisan ini disembunyikan." in shown
    assert "Memuat data pribadi warga." in listed
    assert "Menunggu orang kedua" in listed
    waiting = Hiding.objects.get()
    chair = as_(people, "ketua.ntb")
    desk_page = "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023/disembunyikan/"
    assert "Tampilkan kembali" in text(chair, desk_page)
    post(chair, f"{desk_page}{waiting.pk}/putuskan/", {"decision": "uphold"})
    post(as_(people, "sekretariat.ntb"), f"{desk_page}{waiting.pk}/hapus/", {})
    assert "Dihapus" in text(Client(), "/ntb/rencana-aksi/disembunyikan/ntb-ksb-2021-2023/")
