"""What coordinator, agency and head do with a report."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.access import actions as access
from lumbung.core.access import queries as accounts
from lumbung.core.access.models import Grant
from lumbung.core.base import clock, sealing
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import agency, reporter, responses, routing, triage
from lumbung.modules.reports.models import PublicVersion, Report, Response
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER, signed_in

pytestmark = pytest.mark.django_db


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


def test_the_text_of_an_approved_answer_can_be_compared_with_the_log(people):
    report = stage.finished(people)
    response = Response.objects.get(report=report)
    told = EventRecord.objects.filter(subject_id=str(report.pk), key="reports.report_finished").get()
    assert sealing.salted_hash(response.text, bytes(response.salt)) == response.words_hash
    assert response.words_hash in bytes(told.body).decode()
