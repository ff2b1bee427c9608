"""Who hears of what happens to a report, and what never reaches them."""

import pytest
from django.test import Client
from django.utils import translation

from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.models import Message, Notice
from lumbung.core.web import formatting
from lumbung.modules.reports import events, telling
from lumbung.modules.reports.actions import agency, identity, reporter, triage
from lumbung.modules.reports.actions import telling as actions
from lumbung.modules.reports.letters import reporter as letters
from lumbung.modules.reports.models import Category, OneTimeLink
from lumbung.modules.reports.tests.steps import (
    CANARIES,
    CITIZEN,
    NOW,
    accepted,
    answered,
    approved,
    assigned,
    everything_staff_got,
    finished,
    fresh,
    page,
    reporter_of,
    sent,
    told,
    verified,
)

pytestmark = pytest.mark.django_db
COORDINATOR, OFFICER, HEAD = "koordinator.ksb@contoh.id", "pupr.ksb@contoh.id", "kepala.pupr.ksb@contoh.id"


def kinds(address):
    runner.run_due()
    found = Message.objects.filter(recipient_index=outbox.address_index(address)).order_by("made_at", "pk")
    return list(found.values_list("kind", flat=True))


def test_the_reporter_gets_number_and_secret_link_which_open_the_report(people, client):
    report, code = sent(people)
    [letter] = told(CITIZEN)
    assert report.number in letter.subject
    assert letter.links[0][1] == page("open", report, code=code)
    client.get(letter.links[0][1])
    assert "kenari dalam uraian" in client.get(page("detail", report, number=report.number)).text


def test_the_access_code_stands_in_no_table_in_clear(people):
    report, code = sent(people)
    told(CITIZEN)
    for table in (Message, Job, Notice, EventRecord, OneTimeLink):
        for row in table.objects.values():
            shown = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
            assert code not in repr(shown)
            assert CITIZEN not in repr(shown)
    assert report.reporter.code_index != code


def test_a_reporter_without_an_address_gets_nothing_and_nothing_breaks(people):
    report, _code = sent(people, email="")
    verified(people, report)
    runner.run_due()
    assert not Job.objects.filter(state=Job.FAILED).exists()
    assert not OneTimeLink.objects.exists()


def test_each_step_is_told_to_reporter_coordinator_officer_and_head(people):
    report, _code = finished(people)
    assert kinds(CITIZEN) == [
        "reports.acknowledged",
        "reports.report_verified",
        "reports.report_assigned",
        "reports.report_accepted",
        "reports.report_finished",
    ]
    assert kinds(COORDINATOR) == ["reports.report_submitted"]
    assert kinds(OFFICER) == ["reports.report_assigned"]
    assert kinds(HEAD) == ["reports.response_waits"]
    assert set(Notice.objects.values_list("account__email", flat=True)) == {COORDINATOR, OFFICER, HEAD}
    assert not kinds("koordinator.ntb@contoh.id")
    assert not kinds("pupr.ntb@contoh.id")
    reporter.reopen_report(report=report, by=reporter_of(report), text="Belum", now=NOW)
    for address in (COORDINATOR, OFFICER, HEAD):
        assert kinds(address)[-1] == "reports.report_reopened"


def test_a_question_says_that_the_clock_stands_still_and_the_answer_reaches_the_coordinator(people):
    report, _code = sent(people)
    triage.ask_for_more(report=report, by=people.viewer("koordinator.ksb"), question="Di sisi mana?", now=NOW)
    [letter] = told(CITIZEN, "reports.more_asked")
    assert "dihentikan sementara" in " ".join(letter.paragraphs)
    assert "Di sisi mana" not in " ".join(letter.paragraphs)
    reporter.add_to_report(report=fresh(report), by=reporter_of(report), text="Sisi utara", now=NOW)
    assert kinds(COORDINATOR)[-1] == "reports.report_completed"


def test_a_returned_response_reaches_the_officer(people):
    report, _code = sent(people)
    verified(people, report)
    assigned(people, report)
    accepted(people, report)
    response = answered(people, report)
    runner.run_due()
    agency.return_response(response=response, by=people.viewer("kepala.pupr.ksb"), note="Lengkapi", now=NOW)
    assert kinds(OFFICER)[-1] == "reports.response_returned"


def test_the_same_event_told_twice_makes_one_message_and_one_link(people):
    report, _code = sent(people)
    verified(people, report)
    runner.run_due()
    before = Message.objects.count(), OneTimeLink.objects.count(), Notice.objects.count()
    for event in EventRecord.objects.filter(subject_id=str(report.pk)):
        actions.tell_of_event(event_id=str(event.uid), now=NOW)
    assert (Message.objects.count(), OneTimeLink.objects.count(), Notice.objects.count()) == before


def test_jobs_carry_ids_only(people):
    finished(people)
    for arguments in Job.objects.values_list("arguments", flat=True):
        assert not any(canary in repr(arguments) for canary in CANARIES)


@pytest.mark.parametrize("mode", [{}, {"is_anonymous": True}, {"is_confidential": True}])
def test_nothing_a_citizen_wrote_or_said_of_themselves_reaches_staff(people, mode):
    report, code = finished(people, **mode)
    reporter.reopen_report(report=report, by=reporter_of(report), text="kenari dalam uraian", now=NOW)
    words = everything_staff_got()
    assert len(words) >= 10
    for text in words:
        assert not any(canary in text for canary in (*CANARIES, code))


@pytest.mark.parametrize("mode", ["is_anonymous", "is_confidential"])
def test_of_a_hidden_report_staff_learn_number_topic_and_district_only(people, mode):
    report, _code = finished(people, **{mode: True})
    for text in everything_staff_got():
        assert report.village.name not in text.replace(report.district.name, "")
        assert report.number in text
        assert formatting.date_long(report.due_on, "id") not in text
        assert formatting.date_long(report.received_on, "id") not in text


@pytest.mark.parametrize("key", ["official_conduct", "illegal_levy", "aid_fraud", "violence", "village_office"])
def test_no_notice_of_a_forced_confidential_report_goes_to_another_office_than_its_receiver(people, key):
    report, _code = sent(people, category=Category.objects.get(pk=key))
    verified(people, report)
    assigned(people, report, to="ksb-pupr")
    runner.run_due()
    assert not kinds(OFFICER)
    assert not Notice.objects.filter(account__email__in=[OFFICER, HEAD]).exists()


def test_the_receiver_of_a_forced_confidential_report_is_told(people):
    from lumbung.core.access import actions as access  # noqa: PLC0415
    from lumbung.core.base.actors import SYSTEM  # noqa: PLC0415

    account = access.invite_account(email="inspektorat@contoh.id", name="x", password=None, actor=SYSTEM, now=NOW)
    access.grant_role(
        account=account,
        role="agency_officer",
        organisation_code="ksb-inspektorat",
        region_code="",
        since=clock.local_day(NOW),
        until=None,
        standing="holder",
        by=None,
        actor=SYSTEM,
        now=NOW,
    )
    report, _code = sent(people, category=Category.objects.get(pk="illegal_levy"))
    verified(people, report)
    assigned(people, report, to="ksb-inspektorat")
    assert kinds("inspektorat@contoh.id") == ["reports.report_assigned"]


def test_the_subject_of_a_confidential_report_says_nothing_to_whoever_sees_the_phone(people):
    report, _code = finished(people, is_confidential=True)
    letters_sent = told(CITIZEN)
    assert {letter.subject for letter in letters_sent} == {f"Kabar untuk nomor {report.number}"}
    for letter in letters_sent:
        assert people.road.name_id not in " ".join(letter.paragraphs)


def test_whoever_reported_hears_which_role_opened_their_identity_and_why(people):
    report, _code = sent(people, is_anonymous=True)
    by = people.viewer("koordinator.ksb")
    for reason in ("Perlu meninjau lokasi bersama", "Menanyakan kelengkapan berkas"):
        identity.open_identity(report=report, by=by, reason=reason, now=NOW)
    first, second = told(CITIZEN, "reports.identity_opened")
    assert "Admin koordinator" in " ".join(first.paragraphs)
    both = sorted(" ".join(letter.paragraphs) for letter in (first, second))
    assert "Menanyakan kelengkapan" in both[0]
    assert "Perlu meninjau" in both[1]


def test_stopping_mail_about_a_report_keeps_the_message_that_an_identity_was_opened(people):
    report, _code = sent(people)
    runner.run_due()
    message = Message.objects.get(kind="reports.acknowledged")
    Client().post(f"/notifikasi/berhenti/{outbox.stop_token(message)}/")
    verified(people, report)
    identity.open_identity(
        report=report, by=people.viewer("koordinator.ksb"), reason="Perlu menghubungi pelapor", now=NOW
    )
    assert kinds(CITIZEN) == ["reports.acknowledged", "reports.identity_opened"]


def test_mail_speaks_the_language_the_report_was_sent_in(people):
    with translation.override("en"):
        report, _code = sent(people)
    verified(people, report)
    assert [letter.subject.split(": ")[1] for letter in told(CITIZEN)] == ["your report was received", "verified"]
    assert told(CITIZEN)[1].links[0][1].startswith("/en/ksb/laporan/tautan/")


def test_every_event_people_are_told_of_exists_and_has_its_reaction():
    declared = {reaction.event_key for reaction in telling.REACTIONS}
    assert declared == set(actions.TOLD)
    assert set(letters.CHANGES) <= declared
    known = {item.key for item in vars(events).values() if isinstance(item, type) and hasattr(item, "key")}
    assert declared <= known


def test_an_account_that_left_is_not_told(people):
    Account.objects.filter(email=COORDINATOR).update(is_active=False)
    sent(people)
    assert not kinds(COORDINATOR)


def test_responses_waiting_after_approval_are_not_announced_late(people):
    report, _code = sent(people)
    verified(people, report)
    assigned(people, report)
    accepted(people, report)
    approved(people, answered(people, report))
    assert not kinds(HEAD)
