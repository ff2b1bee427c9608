"""An answer that never arrived: the browser that holds the draft gets the same receipt and the same code again."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from lumbung.core.base import clock, sealing
from lumbung.core.events.models import EventRecord
from lumbung.core.log import actions as log
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import lost_link, mail_links, submission
from lumbung.modules.reports.models import OneTimeLink, Report
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.steps import CITIZEN, sent

pytestmark = pytest.mark.django_db
SEND, LAST = "/ksb/laporan/kirim/", "/ksb/laporan/kirim/pelapor/"


def filled_in(people, client: Client) -> Client:
    client.post(SEND, {"category": people.road.pk, "text": stage.TEXT})
    client.post(f"{SEND}lokasi/", {"district": people.village.parent_id, "village": people.village.pk})
    return client


def code_on(page) -> str:
    found = re.search(r'id="kode">([0-9A-Z ]{19})<', page.content.decode())
    return found.group(1) if found else ""


def as_if_the_answer_was_lost(client: Client) -> None:
    Session.objects.all().delete()
    client.cookies.pop("sessionid", None)


def test_the_same_draft_sent_again_shows_the_same_receipt_with_a_working_code(people):
    citizen = filled_in(people, Client())
    citizen.post(LAST, {})
    as_if_the_answer_was_lost(citizen)

    first = citizen.post(LAST, {}, follow=True)
    as_if_the_answer_was_lost(citizen)
    code = code_on(first)

    assert queries.report_by_code(code) == Report.objects.get()
    assert Client().get(f"/ksb/laporan/buka/{code.replace(' ', '')}/").status_code == 302


def test_the_code_belongs_to_the_draft_and_to_the_key(people, monkeypatch):
    report, code = sent(people)
    assert submission.sent_before(draft_id=str(report.draft_id)).code == code
    monkeypatch.setattr(sealing.keys, "access_code_key", lambda: b"another key")
    assert submission.sent_before(draft_id=str(report.draft_id)).code == ""


def test_no_other_browser_gets_the_code(people):
    citizen = filled_in(people, Client())
    citizen.post(LAST, {})
    stranger = Client()
    stranger.cookies["draft"] = f"{Report.objects.get().draft_id}:forged:signature"
    assert stranger.get(LAST).headers["Location"] == SEND
    assert code_on(stranger.get(f"/ksb/laporan/{Report.objects.get().number}/tanda-terima/", follow=True)) == ""


def test_a_receipt_that_arrived_takes_the_draft_out_of_the_browser_and_stays_in_its_session(people):
    citizen = filled_in(people, Client())
    shown = code_on(citizen.post(LAST, {}, follow=True))
    assert citizen.cookies["draft"].value == ""
    assert code_on(citizen.post(LAST, {}, follow=True)) == shown
    as_if_the_answer_was_lost(citizen)
    assert citizen.get(LAST).headers["Location"] == SEND


def test_a_code_that_was_replaced_does_not_come_back(people):
    report, _code = sent(people, email=CITIZEN)
    token = mail_links.new_link(report=report, purpose=OneTimeLink.Purpose.NEW_CODE, now=clock.now())
    lost_link.renew_by_link(token=token, now=clock.now())
    assert submission.sent_before(draft_id=str(report.draft_id)).code == ""


def test_what_was_entered_for_a_neighbour_comes_back_to_the_kader_only_and_only_until_it_was_handed_over(people):
    kader = filled_in(people, stage.signed_in(people, "kader.ksb"))
    entry = {"channel": "kader", "received_on": "", "sp4n_number": ""}
    address = kader.post(LAST, entry).headers["Location"]
    draft = kader.cookies["draft"].value
    as_if_the_answer_was_lost(kader)
    assert code_on(kader.get(LAST, follow=True)) == "", "a guest at the same desk"

    again = stage.signed_in(people, "kader.ksb")
    again.cookies["draft"] = draft
    assert again.get(LAST).headers["Location"] == address
    code = code_on(again.post(address))

    assert queries.report_by_code(code) == Report.objects.get()
    assert again.cookies["draft"].value == ""
    assert code_on(again.post(address)) == ""


def test_the_receipt_names_the_fingerprint_of_the_arrival_and_leads_to_its_place_in_the_log(people):
    citizen = filled_in(people, Client())
    receipt = citizen.post(LAST, {}, follow=True).content.decode()
    arrival = EventRecord.objects.get(key="reports.report_submitted", subject_id=str(Report.objects.get().pk))
    assert bytes(arrival.leaf_hash).hex() in receipt
    place = f"/catatan-publik/peristiwa/{arrival.uid}/"
    assert place in receipt
    assert "Menunggu urutan" in citizen.get(place).content.decode()
    log.extend(now=clock.now() + timedelta(days=1))
    assert citizen.get(place).status_code == 302


@pytest.mark.parametrize(
    ("modes", "when"),
    [({}, "besok"), ({"is_anonymous": "on"}, "pada hari Senin"), ({"is_confidential": "on"}, "pada hari Senin")],
)
def test_the_receipt_says_the_day_on_which_the_report_really_enters_the_log(people, modes, when):
    receipt = filled_in(people, Client()).post(LAST, modes, follow=True).content.decode()
    report = Report.objects.get()
    arrival = EventRecord.objects.get(key="reports.report_submitted", subject_id=str(report.pk))
    assert f"masuk ke catatan publik {when}" in receipt
    assert (arrival.joins_log_on == report.received_on + timedelta(days=1)) or when == "pada hari Senin"
    assert arrival.joins_log_on.weekday() == 0 or when == "besok"
