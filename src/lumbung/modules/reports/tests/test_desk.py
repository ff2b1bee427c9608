"""Clocks, numbers, the inbox, forms, clicks, rights, and the rules the database holds."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import agency, conflicts, reporter, responses, triage
from lumbung.modules.reports.models import Handover, Report
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER, signed_in

pytestmark = pytest.mark.django_db


# Clocks


def test_a_letter_entered_later_counts_from_the_day_it_came(people):
    desk = people.viewer("koordinator.ksb")
    came = clock.local_day(NOW) - timedelta(days=5)
    report = stage.file(people, by=desk, channel="counter", received_on=came)
    assert report.received_on == came
    assert report.due_on == queries.due_on(
        report.rule_key, received_at=datetime.combine(came, time(12), tzinfo=clock.WITA)
    )


@pytest.mark.parametrize(("days", "code"), [(1, "received-in-the-future"), (-31, "received-too-long-ago")])
def test_a_day_of_receipt_is_neither_ahead_nor_long_gone(people, days, code):
    with pytest.raises(Refused, match=code):
        stage.file(
            people,
            by=people.viewer("koordinator.ksb"),
            channel="counter",
            received_on=clock.local_day(NOW) + timedelta(days=days),
        )
    assert Report.objects.count() == 0


def test_a_citizen_cannot_set_the_day_of_receipt(people):
    earlier = clock.local_day(NOW) - timedelta(days=2)
    with pytest.raises(Refused):
        stage.file(people, received_on=earlier)
    with pytest.raises(NotPermitted):
        stage.file(people, channel="counter", received_on=earlier)


def test_a_pause_ends_with_whatever_ends_the_waiting(people):
    report = triage.ask_for_more(
        report=stage.file(people), by=people.viewer("koordinator.ksb"), question="Di mana?", now=LATER
    )
    gone = reporter.withdraw_report(report=report, by=stage.reporter_of(report), now=LATER + timedelta(days=2))
    assert gone.paused_since is None
    assert [(pause.since, pause.until) for pause in gone.pauses.all()] == [(LATER, LATER + timedelta(days=2))]


def test_a_report_is_reopened_within_sixty_days_and_counted(people):
    report = stage.finished(people)
    with pytest.raises(Refused, match="too-late-to-reopen"):
        reporter.reopen_report(report=report, by=stage.reporter_of(report), text="Lagi", now=LATER + timedelta(days=61))
    back = reporter.reopen_report(
        report=report, by=stage.reporter_of(report), text="Lagi", now=LATER + timedelta(days=59)
    )
    assert (back.state, back.reopened_count, back.finished_at) == (State.IN_PROGRESS, 1, None)


# Numbers, the inbox


@pytest.mark.parametrize("number", ["12", "abc", "1234567890123"])
def test_a_number_of_sp4n_has_five_to_twelve_digits(people, number):
    with pytest.raises(Refused, match="sp4n-number-wrong"):
        triage.note_sp4n_number(
            report=stage.file(people), by=people.viewer("koordinator.ksb"), number=number, now=LATER
        )


def test_the_inbox_finds_a_report_by_its_number_elsewhere(people):
    report = stage.file(people)
    other = stage.file(people)
    triage.note_sp4n_number(report=report, by=people.viewer("koordinator.ksb"), number="# 5938472", now=LATER)
    page = signed_in(people, "koordinator.ksb").get("/ksb/laporan/kotak-masuk/", {"number": "#5938472"})
    assert report.number in page.content.decode()
    assert other.number not in page.content.decode()
    assert b"5938472" not in bytes(EventRecord.objects.get(key="reports.outside_number_noted").body)


@pytest.mark.parametrize(
    ("name", "fits", "misses"), [("state", "verified", "submitted"), ("category", "road", "water")]
)
def test_the_inbox_narrows(people, name, fits, misses):
    report = stage.verify(people, stage.file(people))
    client = signed_in(people, "koordinator.ksb")
    assert report.number in client.get("/ksb/laporan/kotak-masuk/", {name: fits}).content.decode()
    assert report.number not in client.get("/ksb/laporan/kotak-masuk/", {name: misses}).content.decode()


def test_the_inbox_shows_the_one_due_first_on_top(people):
    late = stage.file(people, now=NOW - timedelta(days=20))
    fresh = stage.file(people)
    page = signed_in(people, "koordinator.ksb").get("/ksb/laporan/kotak-masuk/").content.decode()
    assert page.index(late.number) < page.index(fresh.number)


def test_what_waits_for_somebody_else_comes_after_what_waits_for_the_officer(people):
    asked = triage.ask_for_more(
        report=stage.file(people, now=NOW - timedelta(days=20)),
        by=people.viewer("koordinator.ksb"),
        question="Di mana?",
        now=LATER,
    )
    fresh = stage.file(people)
    viewer = people.viewer("koordinator.ksb")
    assert list(queries.inbox_of(viewer)) == [fresh, asked]
    assert queries.next_waiting(viewer, fresh) == asked


def test_the_inbox_counts_and_shows_those_past_their_due_date(people):
    late = stage.file(people, now=clock.now() - timedelta(days=200))
    fresh = stage.file(people, now=clock.now())
    client = signed_in(people, "koordinator.ksb")
    assert "Melewati batas waktu: <strong>1</strong>" in client.get("/ksb/laporan/kotak-masuk/").content.decode()
    page = client.get("/ksb/laporan/kotak-masuk/", {"late": "on"}).content.decode()
    assert late.number in page
    assert fresh.number not in page


def test_a_report_in_the_inbox_is_called_by_its_public_title_once_there_is_one(people):
    stage.verify(people, stage.file(people), title="Jalan berlubang di depan pasar")
    page = signed_in(people, "koordinator.ksb").get("/ksb/laporan/kotak-masuk/").content.decode()
    assert "Jalan berlubang di depan pasar" in page


def test_from_one_report_the_next_that_waits_is_one_click_away_and_after_the_last_comes_the_first(people):
    first, last = stage.file(people, now=NOW - timedelta(days=20)), stage.file(people)
    viewer = people.viewer("koordinator.ksb")
    assert queries.next_waiting(viewer, first) == last
    assert queries.next_waiting(viewer, last) == first
    page = signed_in(people, "koordinator.ksb").get(f"/ksb/laporan/{first.number}/kerja/").content.decode()
    assert f"/ksb/laporan/{last.number}/kerja/" in page


def test_the_only_report_of_an_inbox_has_no_next(people):
    assert queries.next_waiting(people.viewer("koordinator.ksb"), stage.file(people)) is None


def test_the_agency_whose_duty_the_topic_is_stands_chosen_until_an_agency_returned_the_report(people):
    report = stage.verify(people, stage.file(people))
    address, client = f"/ksb/laporan/{report.number}/kerja/", signed_in(people, "koordinator.ksb")
    assert 'value="ksb-pupr" selected' in client.get(address).content.decode()
    Report.objects.filter(pk=report.pk).update(bounced_count=1)
    assert 'value="ksb-pupr" selected' not in client.get(address).content.decode()


def test_evidence_is_kept_before_the_response_is_written(people):
    """Two forms on a page: whoever keeps photos last would lose the response half written."""
    report = stage.in_progress(people)
    page = signed_in(people, "pupr.ksb").get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert page.index('id="bukti"') < page.index('id="langkah-respond"')


# Forms, clicks, rights


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("tanya", {"text": "panjang " * 400}),
        ("arsip", {"text": "panjang " * 400}),
        ("pemerintah-lain", {"portal": "", "text": "Ini jalan provinsi"}),
        ("verifikasi", {"title": "", "text": "Kata-kata yang sudah ditulis", "urgency": "important"}),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_says_what_to_mend(people, step, typed):
    report = stage.file(people)
    answer = signed_in(people, "koordinator.ksb").post(f"/ksb/laporan/{report.number}/kerja/{step}/", typed)
    assert answer.status_code == 422
    assert typed["text"].strip() in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert stage.again(report).state == State.SUBMITTED


def test_a_reporters_wrong_form_keeps_what_was_typed(people):
    report = stage.file(people)
    citizen = Client()
    session = citizen.session
    session["opened"] = [str(report.pk)]
    session.save()
    citizen.cookies["sessionid"] = session.session_key
    typed = "panjang sekali " * 200
    answer = citizen.post(f"/ksb/laporan/{report.number}/tambah/", {"text": typed})
    assert answer.status_code == 422
    assert typed.strip() in answer.content.decode()


STEPS_OF_STAFF = [
    ("koordinator.ksb", "verifikasi", {"title": "Jalan", "text": "Rusak", "urgency": "important"}),
    ("koordinator.ksb", "disposisi", {"agency": "ksb-pupr"}),
    ("pupr.ksb", "terima", {}),
    ("pupr.ksb", "rencana", {"year": "2027", "document": "RKPD 2027"}),
    ("pupr.ksb", "mulai", {}),
    ("pupr.ksb", "tanggapan", {"kind": "final", "text": "Selesai."}),
    ("kepala.pupr.ksb", "setujui", {}),
]


def test_a_double_click_on_every_button_is_one_change(people):
    report = stage.file(people)
    for email, step, data in STEPS_OF_STAFF:
        client = signed_in(people, email)
        for _click in range(2):
            assert client.post(f"/ksb/laporan/{report.number}/kerja/{step}/", data).status_code == 302
    assert stage.again(report).state == State.FINISHED
    assert len(stage.keys_of(report)) == 1 + len(STEPS_OF_STAFF)


def test_an_officer_of_another_agency_may_do_nothing(people):
    report = stage.in_progress(people)
    stranger = people.viewer("pupr.ntb")
    for attempt in (
        lambda: agency.plan_report(report=report, by=stranger, year=2027, document="x", now=LATER),
        lambda: responses.write_response(report=report, by=stranger, kind="final", text="x", now=LATER),
        lambda: agency.return_to_coordinator(report=report, by=stranger, reason="x", now=LATER),
        lambda: conflicts.recuse(report=report, by=stranger, reason="x", now=LATER),
    ):
        with pytest.raises(NotPermitted), transaction.atomic():
            attempt()
    assert stage.again(report).state == State.IN_PROGRESS


# The database holds the rules too


@pytest.mark.parametrize(
    "broken",
    [
        {"pressed_at": NOW},
        {"state": "archived"},
        {"state": "handed_out"},
        {"state": "assigned"},
        {"state": "finished"},
        {"agency_id": "ksb-pupr", "reported_office_id": "ksb-pupr"},
    ],
)
def test_a_row_that_breaks_a_rule_is_not_kept(people, broken):
    report = stage.file(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**broken)


def test_a_reason_between_officers_is_sealed(people):
    report = stage.assigned(people)
    agency.return_to_coordinator(report=report, by=people.viewer("pupr.ksb"), reason="Sepupu saya", now=LATER)
    assert b"Sepupu" not in bytes(Handover.objects.get(report=report).reason)


def test_the_draft_of_the_public_version_holds_no_name_and_no_number_if_it_is_confirmed_unread(people):
    report = stage.file(people, text="Jalan di depan rumah Pak Budi Santosa rusak, hubungi 081234567890.")
    page = signed_in(people, "koordinator.ksb").get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    field = page[page.index('<textarea name="text"') :].split("</textarea>")[0]
    assert "Jalan di depan rumah Pak ••• rusak, hubungi •••." in field
    assert f'value="{report.category.name_id} di {report.village.name}"' in page


def test_the_head_reads_the_response_once(people):
    report = stage.in_progress(people)
    stage.answered(people, report, text="Sudah ditambal rapi.")
    page = signed_in(people, "kepala.pupr.ksb").get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert page.count("Sudah ditambal rapi.") == 1


# The printed sheet


def test_the_assignment_sheet_holds_what_an_office_files(people):
    report = stage.assigned(people)
    page = signed_in(people, "koordinator.ksb").get(f"/ksb/laporan/{report.number}/kerja/lembar-disposisi/")
    said = page.content.decode()
    for part in ("Pemerintah Kabupaten Sumbawa Barat", report.number, "Nomor agenda:", "Sifat:", "Perihal:", "NIP:"):
        assert part in said
    assert "☒ Segera" in said
    assert "☒ Dinas Pekerjaan Umum" in said


def test_the_sheet_of_an_anonymous_report_does_not_tell_its_agency_through_whose_hands_it_came(people):
    report = stage.assigned(people, is_anonymous=True, channel="phone", by=people.viewer("koordinator.ksb"))
    address = f"/ksb/laporan/{report.number}/kerja/lembar-disposisi/"
    assert "Telepon" not in signed_in(people, "pupr.ksb").get(address).content.decode()
