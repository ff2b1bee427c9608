"""Writing a draft on a page: nothing typed is lost, two writers see both texts, comments stand beside the words."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.actions import consultation, drafting
from lumbung.modules.action_plan.models import Comment, Consultation, Draft
from lumbung.modules.action_plan.queries import drafts
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import enacted, talk
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
DESK = f"/ntb/rencana-aksi/kelola/{here.KEY}/draf/"
PUBLIC = f"/ntb/rencana-aksi/susun/{here.KEY}/draf/"
ABOUT = {"field": "problem", "quote": "lebih dari sepekan", "text": "Sebut angkanya."}
THEIRS = "Jawaban ditulis bersama kepala desa."
PROBLEM = "Warga menunggu jawaban lebih dari sepekan. Petugas belum tahu siapa yang menjawab."


@pytest.fixture
def writer(people):
    return sign_in(people, "sekretariat.ntb")


@pytest.fixture
def first(people):
    return here.commitment(people, problem={"id": PROBLEM, "en": ""})


def filled(**more):
    """What the form of the full body sends."""
    body = here.full_body(problem={"id": PROBLEM, "en": ""})
    texts = {
        f"{key}_{language}": text
        for key, told in body.items()
        if isinstance(told, dict)
        for language, text in told.items()
    }
    step = body["milestones"][0]
    row = {
        f"milestones-0-{key}_{language}": text
        for key in ("title", "output", "verification")
        for language, text in step[key].items()
    }
    row |= {f"milestones-0-{key}": step[key] for key in ("starts_on", "due_on", "owner")}
    rows = {"milestones-rows": "1", "beside-rows": "0", "awaited-rows": "0", **row}
    facts = {key: body[key] for key in ("starts_on", "ends_on", "values", "indicators")}
    return {"seen": "1", "lead": "ntb-diskominfotik", **texts, **rows, **facts, **more}


def saved_body(first):
    return drafts.newest_version(first.draft).body


def test_while_people_are_asked_every_page_of_the_draft_leads_to_the_comment(people):
    asked = talk.public_test(people)
    today = clock.local_day(clock.now())
    Consultation.objects.filter(pk=asked.pk).update(closes_on=today + timedelta(days=3))
    making, draft = PUBLIC.removesuffix("draf/"), talk.draft_in_test()
    send = f"{making}uji-publik/{asked.pk}/kirim/"
    for address in (making, PUBLIC, f"{PUBLIC}{draft.slug}/", f"{making}draf-beku/ntb/1/"):
        assert send in Client().get(address).content.decode(), address
    assert f"{send}?draf={draft.pk}" in Client().get(f"{PUBLIC}{draft.slug}/versi/1/").content.decode()
    Consultation.objects.filter(pk=asked.pk).update(opens_on=today - timedelta(days=30), closes_on=today - timedelta(1))
    assert send not in Client().get(f"{PUBLIC}{draft.slug}/").content.decode()


def test_the_english_words_of_a_draft_are_folded_and_labelled_on_an_indonesian_page(first):
    shown = Client().get(f"{PUBLIC}jalan-terbuka/").content.decode()
    assert shown.index('<details class="english all"><summary>Draf dalam bahasa Inggris') < shown.index(
        "Words of action."
    )
    assert "Words of action.</p></div>" in Client().get(f"/en{PUBLIC}jalan-terbuka/").content.decode()


def test_milestones_are_told_in_words_of_the_language(first):
    assert shape.anchored_text(first.body, "milestones") == (
        "1. Tahap satu (1 Januari 2027 – 30 Juni 2027)\nKeluaran: Peraturan\nCara verifikasi: Salinan"
    )
    shown = Client().get(f"/en{PUBLIC}jalan-terbuka/").content.decode()
    assert "1. Step one (1 January 2027 – 30 June 2027)\nOutput: Regulation\nMeans of verification: Copy" in shown


def test_comments_on_no_single_draft_have_their_line_in_the_list(people):
    asked = talk.public_test(people)
    sent = consultation.send_comment(
        consultation=asked,
        words=Words("Perlu ringkasan satu halaman."),
        about=consultation.About(),
        origin=consultation.Origin(),
        draft_key=uuid.uuid4(),
        by=NOBODY,
        now=NOW,
    )
    talk.clear(people, sent.item, "Perlu ringkasan satu halaman.")
    shown = Client().get(PUBLIC).content.decode()
    assert "1 masukan uji publik menyangkut rencana secara keseluruhan" in shown
    assert f"uji-publik/{asked.pk}/masukan/?draft=plan" in shown


def test_sending_the_form_as_it_is_shown_changes_nothing(writer, first):
    assert writer.post(f"{DESK}jalan-terbuka/", filled()).status_code == 303
    assert first.draft.versions.count() == 1
    assert saved_body(first) == first.body


def test_a_save_is_a_version_with_its_note(writer, first):
    writer.post(f"{DESK}jalan-terbuka/", filled(budget_id="Rp1 miliar", note="Anggaran ditulis.", goals=["16", "17"]))
    version = drafts.newest_version(first.draft)
    assert (version.number, version.note, version.body["goals"]) == (2, "Anggaran ditulis.", [16, 17])
    assert "Anggaran ditulis." in Client().get(f"{PUBLIC}jalan-terbuka/versi/").content.decode()


def test_a_row_is_added_without_a_script_and_without_losing_a_word(writer, first):
    typed = filled(
        problem_id="Belum disimpan.", tambah="milestones", **{"milestones-0-title_id": "Belum disimpan juga"}
    )
    shown = writer.post(f"{DESK}jalan-terbuka/", typed).content.decode()
    assert 'name="milestones-1-title_id"' in shown
    assert "Belum disimpan." in shown
    assert "Belum disimpan juga" in shown
    assert "checked" in shown
    assert first.draft.versions.count() == 1


def test_institutions_and_awaited_indicators_are_kept_as_rows(writer, first):
    more = {
        "beside-rows": "2",
        "beside-0-code": "somasi-ntb",
        "beside-0-role": "civil_society",
        "beside-1-code": "",
        "awaited-rows": "1",
        "awaited-0-title_id": "Desa dengan papan informasi",
        "awaited-0-definition_id": "Desa yang memasang papan, dari semua desa.",
    }
    writer.post(f"{DESK}jalan-terbuka/", filled(**more))
    body = saved_body(first)
    assert [each["code"] for each in body["institutions"]] == ["ntb-diskominfotik", "somasi-ntb"]
    assert body["indicators"][1]["title"]["id"] == "Desa dengan papan informasi"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"milestones-0-due_on": "2026-01-01"}, "milestones-0-due_on"),
        ({"beside-rows": "1", "beside-0-code": "ntb-diskominfotik", "beside-0-role": "government"}, "lead"),
        ({"starts_on": "besok"}, "starts_on"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_everything_typed_stays(writer, first, more, sentence):
    answer = writer.post(f"{DESK}jalan-terbuka/", filled(problem_id="Belum disimpan.", **more))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{sentence}"' in shown
    assert "Belum disimpan." in shown


def test_two_writers_see_both_texts_and_saving_again_loses_neither(people, writer, first):
    theirs = first.body | {"problem": {"id": THEIRS, "en": ""}, "budget": {"id": "Rp2 miliar", "en": ""}}
    by = people.viewer("fasilitator.ntb")
    drafting.save_version(draft=first.draft, body=theirs, seen=1, note="", by=by, now=NOW)
    mine = filled(problem_id="Tulisan saya.", sector_id="Jalan desa")
    answer = writer.post(f"{DESK}jalan-terbuka/", mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert THEIRS in shown
    assert "Tulisan saya." in shown
    assert 'name="seen" value="2"' in shown
    assert "Rp2 miliar" in shown, "what only the other writer changed is taken over"
    writer.post(f"{DESK}jalan-terbuka/", mine | {"seen": "2", "budget_id": "Rp2 miliar"})
    assert [each.body["problem"]["id"] for each in first.draft.versions.all()] == [PROBLEM, THEIRS, "Tulisan saya."]
    assert saved_body(first)["budget"]["id"] == "Rp2 miliar"


def test_the_panel_names_what_is_missing(writer, people):
    here.commitment(people, "kosong", milestones=[], indicators=[])
    shown = writer.get(f"{DESK}kosong/").content.decode()
    assert "<li>Tonggak capaian</li>" in shown
    assert "<li>Indikator</li>" in shown


def test_a_commitment_is_begun_moved_and_withdrawn_from_the_desk(writer, people):
    for slug in ("satu", "dua"):
        answer = writer.post(f"{DESK}ntb/mulai/", {"short": slug.title(), "slug": slug})
        assert answer["Location"] == f"{DESK}{slug}/"
    writer.post(f"{DESK}dua/urutan/", {"arah": "naik"})
    assert [each.slug for each in drafts.commitments_of(here.member())] == ["dua", "satu"]
    writer.post(f"{DESK}satu/tarik/", {"reason": "Digabung dengan komitmen lain."})
    assert Draft.objects.get(slug="satu").withdrawn_at is not None
    assert "Digabung dengan komitmen lain." in Client().get(PUBLIC).content.decode()


def test_the_desk_says_what_will_be_frozen_and_freezes_it_once(writer, first):
    assert "Isi short." in writer.get(f"{DESK}ntb/bekukan/").content.decode()
    assert writer.post(f"{DESK}ntb/bekukan/", {"note": "Lokakarya"}).status_code == 303
    assert writer.post(f"{DESK}ntb/bekukan/", {}).status_code == 422
    frozen = Client().get(f"/ntb/rencana-aksi/susun/{here.KEY}/draf-beku/ntb/1/").content.decode()
    assert "versi/1/" in frozen


def test_the_difference_between_two_frozen_drafts_is_published_sentence_by_sentence(people, writer, first):
    by = people.viewer("sekretariat.ntb")
    drafting.freeze(member=here.member(), note="", by=by, now=NOW)
    writer.post(f"{DESK}jalan-terbuka/", filled(problem_id=PROBLEM.replace("sepekan", "dua pekan")))
    here.commitment(people, "baru")
    drafting.freeze(member=here.member(), note="", by=by, now=NOW)
    shown = Client().get(f"/ntb/rencana-aksi/susun/{here.KEY}/draf-beku/ntb/1/banding/2/").content.decode()
    assert "<del>sepekan</del>" in shown
    assert "<ins>dua" in shown
    assert 'id="baru"' in shown


def test_a_member_of_the_forum_comments_and_the_comment_stands_beside_its_words(people, first):
    here.seat("somasi-ntb", "civil_society")
    browser = sign_in(people, "oms.ntb")
    assert "data-quote-form" in browser.get(f"{PUBLIC}jalan-terbuka/").content.decode()
    told = {**ABOUT, "draft_key": str(uuid.uuid4())}
    answer = browser.post(f"{PUBLIC}jalan-terbuka/versi/1/masukan/", told)
    assert answer.status_code == 303
    shown = Client().get(f"{PUBLIC}jalan-terbuka/").content.decode()
    assert "<mark>lebih dari sepekan</mark>" in shown
    assert "Sebut angkanya." in shown
    assert "Anggota Forum dari OMS" not in shown
    assert Comment.objects.get().consultation is None


def test_a_quotation_that_is_not_in_the_text_comes_back_with_the_comment(people, first):
    here.seat("somasi-ntb", "civil_society")
    told = {"draft_key": str(uuid.uuid4()), "field": "problem", "quote": "tidak ada", "text": "Jangan hilang."}
    answer = sign_in(people, "oms.ntb").post(f"{PUBLIC}jalan-terbuka/versi/1/masukan/", told)
    assert answer.status_code == 422
    assert "Jangan hilang." in answer.content.decode()


def test_an_orphan_is_shown_with_its_old_words_and_the_version_it_was_made_on(people, writer, first):
    here.seat("somasi-ntb", "civil_society")
    told = {**ABOUT, "draft_key": str(uuid.uuid4())}
    sign_in(people, "oms.ntb").post(f"{PUBLIC}jalan-terbuka/versi/1/masukan/", told)
    writer.post(f"{DESK}jalan-terbuka/", filled(problem_id="Sama sekali lain."))
    shown = Client().get(f"{PUBLIC}jalan-terbuka/").content.decode()
    assert "<mark>lebih dari sepekan</mark>" in shown
    assert f"{PUBLIC}jalan-terbuka/versi/1/" in shown
    assert "orphan" in shown


@pytest.mark.parametrize("name", ["oms.ntb", "sekretariat.ksb", "ketua.ntb"])
def test_whoever_does_not_write_this_draft_gets_no_form(people, first, name):
    assert sign_in(people, name).get(f"{DESK}jalan-terbuka/").status_code == 403


def test_the_record_of_the_drafts_is_public_and_canonical(people, first):
    answer = Client().get(f"/ksb/rencana-aksi/susun/{here.KEY}/draf.json")
    assert answer["Content-Type"] == "application/json"
    assert answer.content.startswith(b'{"commitments":[')


def test_a_file_is_reported_row_by_row_before_anything_is_taken_over(writer):
    address = f"/ntb/rencana-aksi/kelola/{here.KEY}/impor/"
    csv = b"id,title/id,end_date,progress\n1,Data desa terbuka,2029-12-31,40\n2,Layanan cepat,kapan-kapan,\n"
    upload = SimpleUploadedFile("rad.csv", csv, "text/csv")
    shown = writer.post(address, {"member": "ntb", "language": "id", "files": upload}).content.decode()
    assert "Data desa terbuka" in shown
    assert "kapan-kapan" in shown
    assert not Draft.objects.filter(slug="data-desa-terbuka").exists()
    told = re.search(r'name="told" value="([^"]+)"', shown)[1]
    assert writer.post(address, {"told": told}).status_code == 303
    assert [each.slug for each in drafts.commitments_of(here.member())] == ["data-desa-terbuka", "layanan-cepat"]
    assert writer.post(address, {"told": told}).status_code == 422, "the names are given now"


def test_a_report_of_somebody_else_is_not_taken_over(people, writer):
    address = f"/ntb/rencana-aksi/kelola/{here.KEY}/impor/"
    upload = SimpleUploadedFile("rad.csv", b"id,title\n1,Data desa terbuka\n", "text/csv")
    shown = writer.post(address, {"member": "ntb", "language": "id", "files": upload}).content.decode()
    told = re.search(r'name="told" value="([^"]+)"', shown)[1]
    for text in (told, f"{told}x"):
        assert sign_in(people, "fasilitator.ntb").post(address, {"told": text}).status_code == 422
    assert drafts.count_commitments(here.plan()) == 0


def test_an_enacted_draft_offers_no_form_to_save(people, writer):
    enacted.enacted(people)
    shown = writer.get(f"{DESK}jalan-terbuka/").content.decode()
    assert 'name="seen"' not in shown
    assert "/perubahan/" in shown
