"""Following a public report: confirmed by its owner, public changes only, stopped in one click."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.actions import following as mails
from lumbung.core.notices.models import Message
from lumbung.modules.reports.actions import following, triage
from lumbung.modules.reports.models import Follower, OneTimeLink, Report
from lumbung.modules.reports.queries.contacts import FOLLOWING
from lumbung.modules.reports.tests.steps import (
    CANARIES,
    NOW,
    accepted,
    answered,
    approved,
    assigned,
    fresh,
    page,
    sent,
    token_in,
    told,
    verified,
)

pytestmark = pytest.mark.django_db
NEIGHBOUR = "tetangga@warga.test"


@pytest.fixture
def report(people):
    report, _code = sent(people)
    verified(people, report)
    return fresh(report)


def ask(report, address=NEIGHBOUR):
    return Client().post(page("follow", report, number=report.number), {"email": address})


def follow(report, address=NEIGHBOUR):
    ask(report, address)
    token = token_in(told(address)[-1])
    return Client().post(page("follow-confirm", report, token=token))


def test_a_follower_counts_only_after_the_owner_of_the_address_confirmed(people, report):
    ask(report)
    assigned(people, report)
    assert [letter.subject for letter in told(NEIGHBOUR)] == [f"Pastikan Anda ingin mengikuti {report.number}"]
    token = token_in(told(NEIGHBOUR)[0])
    Client().get(page("follow-confirm", report, token=token))
    assert Follower.objects.get().confirmed_at is None
    assert Client().post(page("follow-confirm", report, token=token)).status_code == 302
    accepted(people, report)
    assert len(told(NEIGHBOUR)) == 2


def test_a_follower_gets_public_changes_and_no_hidden_word(people, report):
    follow(report)
    assigned(people, report)
    accepted(people, report)
    response = answered(people, report)
    assert len(told(NEIGHBOUR)) == 3  # asked, assigned, accepted: an answer that waits is not public
    approved(people, response)
    letters = told(NEIGHBOUR)
    assert "menyelesaikan" in letters[-1].subject.lower() or "selesai" in letters[-1].subject.lower()
    for letter in letters:
        text = "\n".join([letter.subject, *letter.paragraphs, *sum(letter.links, ())])
        assert not any(canary in text for canary in CANARIES)
        assert "/tautan/" not in text


def test_nothing_is_told_once_the_report_is_no_longer_public(people, report):
    follow(report)
    Report.objects.filter(pk=report.pk).update(is_confidential=True)
    assigned(people, report)
    assert len(told(NEIGHBOUR)) == 1


def test_a_report_that_is_not_public_cannot_be_followed(people):
    report, _code = sent(people)
    hidden, _code = sent(people, is_confidential=True)
    verified(people, hidden)
    for each in (report, hidden):
        assert ask(each).status_code == 404
    assert not Follower.objects.exists()


def test_the_page_answers_the_same_for_an_address_that_follows_already(report):
    first = ask(report).text
    follow(report)
    sent_before = Message.objects.count()
    again = ask(report).text
    assert Message.objects.count() == sent_before
    assert _without_token(first) == _without_token(again)


def _without_token(html):
    return [line for line in html.splitlines() if "csrf" not in line]


def test_a_wrong_address_is_answered_beside_the_field(report):
    assert ask(report, "bukan alamat").status_code == 422


def test_asking_again_and_again_fills_nobodys_mailbox(people):
    for _time in range(mails.AT_MOST + 2):
        report, _code = sent(people)
        verified(people, report)
        ask(fresh(report))
    assert len(told(NEIGHBOUR, FOLLOWING.asked)) == mails.AT_MOST


def test_one_click_stops_and_the_address_is_destroyed(people, report):
    follow(report)
    assigned(people, report)
    told(NEIGHBOUR)
    message = Message.objects.get(kind="reports.followed")
    Client(enforce_csrf_checks=True).post(f"/notifikasi/berhenti/{outbox.stop_token(message)}/")
    accepted(people, report)
    assert len(told(NEIGHBOUR)) == 2
    assert following.discard_addresses(now=clock.now()) == 1
    assert not Follower.objects.exists()


def test_following_again_after_a_stop_needs_a_new_confirmation_and_then_works(people, report):
    follow(report)
    assigned(people, report)
    told(NEIGHBOUR)
    message = Message.objects.get(kind="reports.followed")
    Client().post(f"/notifikasi/berhenti/{outbox.stop_token(message)}/")
    follow(report)
    accepted(people, report)
    assert len(told(NEIGHBOUR, "reports.followed")) == 2


def test_unconfirmed_addresses_and_those_of_reports_closed_long_ago_are_destroyed(people, report):
    follow(report)
    ask(report, "lupa@warga.test")
    now = clock.now()
    assert following.discard_addresses(now=now + mails.CONFIRM_WITHIN - timedelta(hours=1)) == 0
    assert following.discard_addresses(now=now + mails.CONFIRM_WITHIN + timedelta(hours=1)) == 1
    triage.archive_report(report=report, by=people.viewer("koordinator.ksb"), reason="Ganda", now=NOW)
    assert following.discard_addresses(now=now + following.KEEP_AFTER_CLOSING + timedelta(days=1)) == 1
    assert not Follower.objects.exists()


def test_links_past_their_time_are_destroyed(people, report):
    runner.run_due()
    assert OneTimeLink.objects.exists()
    following.discard_addresses(now=clock.now() + timedelta(days=61))
    assert not OneTimeLink.objects.exists()


def test_mail_about_an_anonymous_report_waits_for_the_next_week(people):
    report, _code = sent(people, is_anonymous=True)
    verified(people, report)
    follow(fresh(report))
    runner.run_due()
    assigned(people, report, now=clock.now())
    runner.run_due()
    waiting = Message.objects.get(kind="reports.followed")
    assert waiting.state == Message.State.QUEUED
    job = Job.objects.get(name="notices.send", arguments={"message_id": str(waiting.pk)})
    local = job.run_after.astimezone(clock.WITA)
    assert (local.weekday(), local.hour) == (0, 8)
    assert job.run_after > clock.now()


def test_mail_that_waits_is_withheld_once_the_report_becomes_confidential(people):
    report, _code = sent(people, is_anonymous=True)
    verified(people, report)
    follow(fresh(report))
    runner.run_due()
    assigned(people, report, now=clock.now())
    runner.run_due()
    triage.correct_public_version(
        report=fresh(report), by=people.viewer("koordinator.ksb"), title="Jalan berlubang", text="Jalan berlubang.",
        place="", hides_person="", hides_text="on", now=clock.now(),
    )  # fmt: skip
    assert Message.objects.get(kind="reports.followed").state == Message.State.WITHHELD


def test_the_address_stands_in_no_table_in_clear(report):
    follow(report)
    for table in (Follower, Message, Job):
        for row in table.objects.values():
            shown = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
            assert NEIGHBOUR not in repr(shown)


def test_an_address_follows_a_report_once(report):
    follow(report)
    one = Follower.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Follower.objects.create(
            report=report, email=b"x", email_index=one.email_index, language="id", token_index="other", asked_at=NOW
        )


def test_a_link_that_ends_before_it_begins_is_refused_by_the_database(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeLink.objects.create(report=report, token_index="x", purpose="open", made_at=NOW, expires_at=NOW)


def test_an_unknown_confirmation_says_so(report):
    assert Client().get(page("follow-confirm", report, token="AAAABBBBCCCCDDDD")).status_code == 404


def test_the_report_page_offers_to_follow(report):
    assert (
        page("follow", report, number=report.number) in Client().get(page("detail", report, number=report.number)).text
    )
