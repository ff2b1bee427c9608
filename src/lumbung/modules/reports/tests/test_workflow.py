"""What coordinator, agency and head do with a report."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cast import NOW

from lumbung.core.access import actions as access
from lumbung.core.access import queries as accounts
from lumbung.core.access.models import Grant
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import agency, conflicts, reporter, responses, routing, triage
from lumbung.modules.reports.models import Handover, PublicVersion, Report, Response
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER

pytestmark = pytest.mark.django_db


def signed_in(people, email: str) -> Client:
    client = Client()
    client.force_login(people.account(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# Not ours, and whose then


def test_another_government_takes_over_and_number_page_and_clock_stay(people):
    report = stage.verify(people, stage.file(people))
    passed = routing.pass_to_portal(
        report=report, by=people.viewer("koordinator.ksb"), portal=people.ntb, reason="Jalan provinsi", now=LATER
    )
    assert (passed.number, passed.portal_id, passed.due_on, passed.received_at) == (
        report.number,
        "ksb",
        report.due_on,
        report.received_at,
    )
    assert passed.handling_portal_id == "ntb"
    assert queries.inbox_of(people.viewer("koordinator.ntb")).filter(pk=report.pk).exists()
    assert not queries.inbox_of(people.viewer("koordinator.ksb")).filter(pk=report.pk).exists()
    assert queries.report_for_officer(report.number, people.viewer("koordinator.ksb")) is None
    assert Client().get(f"/ksb/laporan/{report.number}/").status_code == 200


def test_a_government_does_not_pass_a_report_to_itself(people):
    report = stage.file(people)
    with pytest.raises(Refused, match="portal-has-it-already"):
        routing.pass_to_portal(
            report=report, by=people.viewer("koordinator.ksb"), portal=people.ksb, reason="x", now=LATER
        )


def test_a_report_handed_out_tells_its_reporter_whom_to_ask(people):
    report = stage.file(people)
    coordinator = signed_in(people, "koordinator.ksb")
    address = f"/ksb/laporan/{report.number}/kerja/alihkan/"
    refused = coordinator.post(address, {"handed_to": "PT PLN (Persero)", "contact": ""})
    assert refused.status_code == 422
    assert "PT PLN (Persero)" in refused.content.decode()
    assert coordinator.post(address, {"handed_to": "PT PLN (Persero)", "contact": "PLN 123"}).status_code == 302
    handed = stage.again(report)
    assert (handed.state, handed.handed_contact) == (State.HANDED_OUT, "PLN 123")


def test_an_agency_hands_on_once_and_then_only_back(people):
    officer = people.viewer("pupr.ksb")
    report = stage.assigned(people)
    handed = agency.hand_on_report(
        report=report, by=officer, agency=stage.office("ksb-dlh"), reason="Saluran", now=LATER
    )
    assert (handed.agency_id, handed.state, handed.due_on) == ("ksb-dlh", State.ASSIGNED, report.due_on)
    with pytest.raises(NotPermitted):
        agency.accept_report(report=handed, by=officer, now=LATER)
    Report.objects.filter(pk=report.pk).update(agency_id="ksb-pupr")
    with pytest.raises(Refused, match="handed-on-once-already"):
        agency.hand_on_report(report=report, by=officer, agency=stage.office("ksb-dinkes"), reason="x", now=LATER)


def test_an_agency_does_not_hand_on_to_itself(people):
    with pytest.raises(Refused, match="agency-has-it-already"):
        agency.hand_on_report(
            report=stage.assigned(people),
            by=people.viewer("pupr.ksb"),
            agency=stage.office("ksb-pupr"),
            reason="x",
            now=LATER,
        )


def test_a_report_bounced_twice_comes_to_the_coordinator_with_an_alarm(people):
    desk, officer = people.viewer("koordinator.ksb"), people.viewer("pupr.ksb")
    report = stage.assigned(people)
    for _time in range(2):
        report = agency.return_to_coordinator(report=report, by=officer, reason="Bukan tugas kami", now=LATER)
        if report.bounced_count < 2:
            report = routing.assign_report(report=report, by=desk, agency=stage.office("ksb-pupr"), now=LATER)
    page = signed_in(people, "koordinator.ksb").get("/ksb/laporan/kotak-masuk/").content.decode()
    assert report.bounced_count == 2
    assert "Bolak-balik" in page
    notes = queries.staff_notes(stage.again(report), desk)
    assert [note.reason for note in notes] == ["Bukan tugas kami", "Bukan tugas kami"]


def test_a_silent_agency_loses_the_report_and_its_unapproved_answer(people):
    report = stage.in_progress(people)
    response = stage.answered(people, report)
    back = routing.take_back_report(report=report, by=people.viewer("koordinator.ksb"), reason="Diam", now=LATER)
    assert (back.state, back.agency) == (State.VERIFIED, None)
    with pytest.raises(Refused):
        responses.approve_response(response=response, by=people.viewer("kepala.pupr.ksb"), now=LATER)


# Plans, answers, approvals


def test_a_planned_report_stays_open_and_its_clock_goes_on(people):
    report = agency.plan_report(
        report=stage.in_progress(people), by=people.viewer("pupr.ksb"), year=2027, document="RKPD 2027", now=LATER
    )
    assert report.state in queries.OPEN
    left = queries.days_left_of([report], report.due_on + timedelta(days=30))[0][1]
    assert left < 0
    assert report.paused_since is None
    assert agency.resume_report(report=report, by=people.viewer("pupr.ksb"), now=LATER).state == State.IN_PROGRESS


def test_nobody_plans_for_a_year_that_is_over(people):
    with pytest.raises(Refused, match="plan-lies-in-the-past"):
        agency.plan_report(
            report=stage.in_progress(people), by=people.viewer("pupr.ksb"), year=2025, document="x", now=LATER
        )


def test_whoever_wrote_an_answer_never_approves_it(people):
    officer = people.account("pupr.ksb")
    Grant.objects.create(account=officer, role="agency_head", organisation_id="ksb-pupr", valid_from=date(2026, 1, 1))
    response = stage.answered(people, stage.in_progress(people))
    with pytest.raises(Refused, match="own-response"):
        responses.approve_response(response=response, by=people.viewer("pupr.ksb"), now=LATER)
    response.refresh_from_db()
    assert response.standing == Response.Standing.WAITING


def test_an_acting_head_approves_and_the_log_says_acting(people):
    deputy = access.invite_account(
        email="plh.pupr.ksb@contoh.id", name="Plh. Kepala PUPR (contoh)", password=None, actor=SYSTEM, now=NOW
    )
    access.grant_role(
        account=deputy,
        role="agency_head",
        organisation_code="ksb-pupr",
        region_code="",
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
        standing="plh",
        by=None,
        actor=SYSTEM,
        now=NOW,
    )
    response = stage.answered(people, stage.in_progress(people))
    acting = accounts.viewer_for(deputy, day=clock.local_day(NOW))
    responses.approve_response(response=response, by=acting, now=LATER)
    finished = EventRecord.objects.get(key="reports.report_finished")
    assert b"agency_head.plh" in bytes(finished.body)
    after = accounts.viewer_for(deputy, day=date(2026, 4, 1))
    assert after.held == ()


def test_an_answer_is_not_published_after_its_report_was_withdrawn(people):
    report = stage.in_progress(people)
    response = stage.answered(people, report, kind="progress")
    reporter.withdraw_report(report=report, by=stage.reporter_of(report), now=LATER)
    with pytest.raises(Refused):
        responses.approve_response(response=response, by=people.viewer("kepala.pupr.ksb"), now=LATER)
    assert queries.approved_responses(report) == []


# The version for the public


def test_a_correction_keeps_the_old_hash_in_the_log(people):
    report = stage.verify(people, stage.file(people))
    before = PublicVersion.objects.get(report=report).words_hash
    triage.correct_public_version(
        report=report,
        by=people.viewer("koordinator.ksb"),
        title="Jalan rusak di depan pasar",
        text="Jalan berlubang dan licin.",
        place="depan pasar",
        hides_person="",
        hides_text="",
        now=LATER,
    )
    version = PublicVersion.objects.get(report=report)
    body = bytes(EventRecord.objects.get(key="reports.public_version_corrected").body).decode()
    assert version.text == "Jalan berlubang dan licin."
    assert before in body
    assert version.words_hash in body


def test_a_correction_with_personal_data_is_refused_beside_its_field(people):
    report = stage.verify(people, stage.file(people))
    answer = signed_in(people, "koordinator.ksb").post(
        f"/ksb/laporan/{report.number}/kerja/perbaiki-versi/",
        {"title": "Jalan", "text": "Rusak", "place": "rumah 0812 3456 7890"},
    )
    assert answer.status_code == 422
    assert "correct_place_error" in answer.content.decode()
    assert PublicVersion.objects.get(report=report).place == ""


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
