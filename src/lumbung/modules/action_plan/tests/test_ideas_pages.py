"""Sending an idea without an account, its receipt, its page, and the desk of those who clear and decide."""

import dataclasses
import re
import uuid

import pytest
from django.test import Client
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.events.models import EventRecord
from lumbung.modules.action_plan.actions import drafting
from lumbung.modules.action_plan.models import Idea
from lumbung.modules.action_plan.pages import intake_limits
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
PUBLIC = f"/ntb/rencana-aksi/susun/{here.KEY}/"
DESK = f"/ntb/rencana-aksi/kelola/{here.KEY}/"
SEND = f"{PUBLIC}usulan/kirim/"
PLANTED = ("0812 3450 9876", "5207011203459876", "Lalu Rekaan", "Kelompok Rekaan")
TEXT = f"Nama saya {PLANTED[2]}, hubungi {PLANTED[0]}, NIK {PLANTED[1]}. Umumkan jadwal angkutan."


def typed(**more):
    return {"text": "Umumkan jadwal angkutan desa.", "title": "", "member": "ntb", "draft_key": uuid.uuid4()} | more


def codes_of(browser):
    return browser.session["plan_codes"]


def test_an_idea_sent_without_an_account_gets_a_receipt_that_its_code_opens_later(people):
    browser = Client()
    form = browser.get(SEND)
    assert form.status_code == 200
    assert b'name="draft_key"' in form.content
    answer = browser.post(SEND, typed(text=TEXT), follow=True)
    page = answer.content.decode()
    idea = Idea.objects.get()
    trace = EventRecord.objects.get(key="action_plan.idea_sent", subject_id=str(idea.pk))
    code = codes_of(browser)[idea.number]
    assert idea.number in page
    assert bytes(trace.leaf_hash).hex() in page
    assert " ".join(re.findall("....", code)) in page
    stranger = Client()
    own = stranger.get(f"{PUBLIC}kode/{code}/", follow=True)
    assert own.redirect_chain[-1][0].endswith(f"/usulan/{idea.number}/")
    assert PLANTED[2] in own.content.decode()


def test_the_words_as_sent_are_nowhere_public_before_they_are_cleared(people):
    sender = Client()
    sender.post(SEND, typed(text=TEXT, institution=PLANTED[3], title=PLANTED[2]))
    idea, guest = Idea.objects.get(), Client()
    uid = EventRecord.objects.get(subject_id=str(idea.pk)).uid
    pages = (
        f"/ntb/rencana-aksi/susun/{here.KEY}/",
        f"{PUBLIC}usulan/",
        f"{PUBLIC}usulan/?q=Lalu",
        f"{PUBLIC}usulan/{idea.number}/",
        f"{PUBLIC}tanda-terima/{idea.number}/",
        f"{PUBLIC}kode/",
        f"/catatan-publik/peristiwa/{uid}/",
        "/catatan-publik/isi/",
        "/ntb/cari/?q=Lalu",
        f"/ksb/rencana-aksi/susun/{here.KEY}/usulan/",
    )
    told = {address: guest.get(address, follow=True).content.decode() for address in pages}
    leaks = [(where, word) for where, page in told.items() for word in PLANTED if word in page and "?q=" not in where]
    assert leaks == []
    assert sign_in(people, "oms.ntb").get(f"{DESK}periksa/{idea.number}/").status_code == 403


def test_two_presses_are_one_idea_with_one_receipt(people):
    browser, once = Client(), typed()
    first, second = browser.post(SEND, once), browser.post(SEND, once)
    assert first.headers["Location"] == second.headers["Location"]
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "Jadwal\x00angkutan", "", "   "],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_stays_typed(people, text):
    answer = Client().post(SEND, typed(text=text, title="Tetap di sini"))
    assert answer.status_code == 422
    assert "Tetap di sini" in answer.content.decode()
    assert not Idea.objects.exists()


EMOJI, BACKWARDS = "Jadwal \U0001f68c angkutan", "\u202e\u05de\u05d0\u05d5\u05d7\u05e8\u202c jadwal"


@pytest.mark.parametrize("text", [EMOJI, BACKWARDS, "<script>alert(1)</script><b>tebal</b>"])
def test_whatever_letters_people_write_are_shown_as_letters(people, text):
    Client().post(SEND, typed(text=text))
    idea = Idea.objects.get()
    secretariat = sign_in(people, "sekretariat.ntb")
    secretariat.post(f"{DESK}periksa/{idea.number}/", {"step": "clear", "text": text, "title": "", "institution": ""})
    page = Client().get(f"{PUBLIC}usulan/{idea.number}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>tebal" not in page
    assert Idea.objects.get().public_text == text


def test_codes_are_not_guessed(people, settings, monkeypatch):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    monkeypatch.setattr(intake_limits, "GUESS_CODE", dataclasses.replace(intake_limits.GUESS_CODE, count=3))
    browser = Client()
    for _attempt in range(3):
        assert browser.post(f"{PUBLIC}kode/", {"code": "0000000000000000"}).status_code == 422
    assert browser.post(f"{PUBLIC}kode/", {"code": "0000000000000000"}).status_code == 429


def test_a_flood_from_one_place_is_stopped_with_everything_typed_kept(people, settings, monkeypatch):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    monkeypatch.setattr(intake_limits, "SEND", dataclasses.replace(intake_limits.SEND, count=2))
    browser = Client()
    for _attempt in range(2):
        browser.post(SEND, typed())
    answer = browser.post(SEND, typed(text="Yang ketiga."))
    assert answer.status_code == 429
    assert "Yang ketiga." in answer.content.decode()


def test_the_receipt_of_another_is_not_shown(people):
    sent = talk.send_idea()
    answer = Client().get(f"{PUBLIC}tanda-terima/{sent.item.number}/")
    assert answer.headers["Location"].endswith("/kode/")


def test_what_an_officer_enters_is_handed_over_once_and_not_opened_in_that_browser(people):
    secretariat = sign_in(people, "sekretariat.ntb")
    answer = secretariat.post(f"{DESK}usulan/masukkan/", typed(channel="meeting", meeting=""), follow=True)
    idea = Idea.objects.get()
    assert (answer.status_code, idea.channel) == (200, "meeting")
    again = secretariat.get(f"{PUBLIC}tanda-terima/{idea.number}/")
    assert again.headers["Location"].endswith("/kode/")
    assert str(idea.pk) not in secretariat.session.get("opened", [])


def test_whoever_goes_back_and_presses_again_has_sent_one_idea(people):
    browser = Client()
    first = browser.post(SEND, typed())
    assert browser.post(SEND, typed()).headers["Location"] == first.headers["Location"]
    assert Idea.objects.count() == 1
    browser.post(SEND, typed(text="Umumkan juga tarifnya."))
    Client().post(SEND, typed())
    assert Idea.objects.count() == 3


def test_the_queue_leads_from_one_to_the_next_and_marks_personal_data(people):
    first, second = talk.send_idea(TEXT, of="ntb").item, talk.send_idea("Umumkan jadwal.", of="ntb").item
    secretariat = sign_in(people, "sekretariat.ntb")
    page = secretariat.get(f"{DESK}periksa/{first.number}/").content.decode()
    assert f"<mark>{PLANTED[0]}" in page
    refused = secretariat.post(f"{DESK}periksa/{first.number}/", {"step": "clear", "text": TEXT})
    assert refused.status_code == 422
    onward = secretariat.post(
        f"{DESK}periksa/{first.number}/", {"step": "clear", "text": "[…] Umumkan jadwal angkutan.", "title": ""}
    )
    assert onward.headers["Location"].endswith(f"/periksa/{second.number}/")
    done = secretariat.post(f"{DESK}periksa/{second.number}/", {"step": "hide", "hide-reason": "Bukan usulan."})
    assert done.headers["Location"].endswith("/periksa/")
    shown = Client().get(f"{PUBLIC}usulan/{second.number}/").content.decode()
    assert "Bukan usulan." in shown
    assert second.words_hash in shown


def test_what_became_of_an_idea_is_one_click_away_in_both_directions(people):
    idea, other = talk.idea(people, "Jadwal angkutan."), talk.idea(people, "Jadwal bus desa.")
    draft = here.commitment(people).draft
    secretariat = sign_in(people, "sekretariat.ntb")
    merge = {"step": "merge", "merge-into": str(other.pk), "merge-reason": talk.REASON}
    assert secretariat.post(f"{DESK}usulan/{idea.number}/", merge).status_code == 303
    adopt = {"step": "adopt", "adopt-draft": str(draft.pk), "adopt-reason": "Menjadi langkah pertama."}
    assert secretariat.post(f"{DESK}usulan/{other.number}/", adopt).status_code == 303
    page = Client().get(f"{PUBLIC}usulan/{idea.number}/").content.decode()
    assert f"/usulan/{other.number}/" in page
    assert "Isi short." in page
    behind = Client().get(f"{PUBLIC}usulan/asal/{draft.slug}/").content.decode()
    assert idea.number in behind
    assert other.number in behind
    assert f"/usulan/asal/{draft.slug}/" in Client().get(f"{PUBLIC}draf/{draft.slug}/").content.decode()
    told = {"reason": "Digabung dengan program pusat.", "by": people.viewer("sekretariat.ntb"), "now": NOW}
    drafting.withdraw(draft=draft, **told)
    page = Client().get(f"{PUBLIC}usulan/{idea.number}/").content.decode()
    assert "Draf ini ditarik pada" in page
    assert "Digabung dengan program pusat." in page


def test_splitting_takes_one_paragraph_for_each_part(people):
    idea = talk.idea(people, "Jadwal dan lampu.")
    split = {"step": "split", "split-parts": "Jadwal angkutan.\r\n\r\nLampu jalan.", "split-reason": "Dua hal."}
    assert sign_in(people, "sekretariat.ntb").post(f"{DESK}usulan/{idea.number}/", split).status_code == 303
    found = Client().get(f"{PUBLIC}usulan/?q=lampu").content.decode()
    assert "Lampu jalan." in found
    assert "Jadwal angkutan." not in found


def test_the_secretariat_of_the_other_government_does_not_work_on_it(people):
    idea = talk.idea(people, of="ntb")
    stranger = sign_in(people, "sekretariat.ksb")
    address = f"/ksb/rencana-aksi/kelola/{here.KEY}/usulan/{idea.number}/"
    assert stranger.get(address).status_code == 403
    assert stranger.post(address, {"step": "decline", "decline-reason": "Tidak."}).status_code == 403
