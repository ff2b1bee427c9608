"""A lost link has a way back, for those who gave an address; asking for it changes nothing and tells nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import lost_link
from lumbung.modules.reports.models import OneTimeLink
from lumbung.modules.reports.tests.steps import CITIZEN, page, sent, token_in, told, verified

pytestmark = pytest.mark.django_db


def ask(report, typed):
    answer = Client().post(page("lost-link", report), {"typed": typed})
    runner.run_due()
    return answer


def new_letters():
    return told(CITIZEN, lost_link.KIND)


def address_in(letter):
    return letter.links[0][1]


def test_a_number_brings_a_link_to_the_address_in_the_report_and_the_link_a_new_code(people, client):
    report, code = sent(people)
    ask(report, f"  {report.number.lower()} ")
    [letter] = new_letters()
    receipt = client.post(address_in(letter), follow=True).text
    assert report.number in receipt
    assert queries.report_by_code(code) is None
    [new_code] = client.session["fresh_codes"].values()
    assert queries.report_by_code(new_code) == report
    assert "kenari dalam uraian" in client.get(page("detail", report, number=report.number)).text


def test_a_stranger_who_asks_without_end_never_stops_the_reporters_code(people):
    report, code = sent(people)
    for _time in range(lost_link.AT_MOST + 3):
        ask(report, report.number)
        ask(report, CITIZEN)
    assert len(new_letters()) == lost_link.AT_MOST
    assert queries.report_by_code(code) == report


def test_looking_at_the_link_changes_nothing_and_pressing_does(people, client):
    report, code = sent(people)
    ask(report, report.number)
    [letter] = new_letters()
    assert client.get(address_in(letter)).status_code == 200
    assert queries.report_by_code(code) == report
    assert client.post(address_in(letter)).status_code == 302
    assert queries.report_by_code(code) is None


def test_the_link_works_once_and_for_a_week(people):
    report, _code = sent(people)
    ask(report, report.number)
    [letter] = new_letters()
    [link] = OneTimeLink.objects.all()
    assert link.expires_at - link.made_at == timedelta(days=7)
    assert Client().post(address_in(letter)).status_code == 302
    assert Client().post(address_in(letter)).status_code == 404


def test_the_new_code_is_in_no_letter(people, client):
    report, _code = sent(people)
    ask(report, report.number)
    [letter] = new_letters()
    client.post(address_in(letter))
    [new_code] = client.session["fresh_codes"].values()
    assert new_code not in repr(told(CITIZEN))


def test_an_address_brings_all_its_reports_in_one_message(people):
    first, _code = sent(people)
    second, _code = sent(people)
    other, other_code = sent(people, email="lain@warga.test")
    ask(first, CITIZEN.upper())
    [letter] = new_letters()
    assert {number in str(letter.links) for number in (first.number, second.number)} == {True}
    assert len(letter.links) == 2
    assert queries.report_by_code(other_code) == other


def test_older_mail_links_stop_with_the_old_code(people):
    report, _code = sent(people)
    verified(people, report)
    runner.run_due()
    older = list(OneTimeLink.objects.values_list("pk", flat=True))
    ask(report, report.number)
    assert OneTimeLink.objects.filter(pk__in=older).count() == len(older) > 0
    Client().post(address_in(new_letters()[0]))
    assert not OneTimeLink.objects.filter(used_at__isnull=True).exists()


def test_the_answer_is_the_same_whether_it_exists_or_not(people):
    report, _code = sent(people)
    without, _code = sent(people, email="")
    pages = {
        "\n".join(line for line in ask(report, typed).text.splitlines() if "csrf" not in line)
        for typed in (report.number, without.number, "KSB-2026-999999", CITIZEN, "siapa@warga.test")
    }
    assert len(pages) == 1
    assert not Job.objects.filter(state=Job.FAILED).exists()


def test_asking_leaves_no_trace_in_the_log(people):
    report, _code = sent(people)
    before = EventRecord.objects.count()
    ask(report, report.number)
    assert new_letters()
    assert EventRecord.objects.count() == before


def test_a_report_without_an_address_keeps_its_code(people):
    report, code = sent(people, email="")
    ask(report, report.number)
    assert queries.report_by_code(code) == report


@pytest.mark.parametrize("typed", ["", "nama saya Kenari", "KSB-2026-1", "a@", "x" * 300, "\x00"])
def test_anything_but_a_number_or_an_address_is_answered_beside_the_field_and_never_queued(people, typed):
    report, _code = sent(people)
    runner.run_due()
    before = Job.objects.count()
    assert ask(report, typed).status_code == 422
    assert Job.objects.count() == before


def test_a_request_that_runs_twice_sends_one_letter(people):
    report, _code = sent(people)
    for _time in range(2):
        lost_link.answer_number(number=report.number, request_id="same", now=clock.now())
    assert len(new_letters()) == 1
    assert OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.NEW_CODE).count() == 1


def test_clicking_twice_asks_once(people):
    report, _code = sent(people)
    for _time in range(2):
        lost_link.ask(typed=report.number, now=clock.now())
    runner.run_due()
    assert len(new_letters()) == 1


def test_the_log_says_that_a_code_was_renewed_and_not_for_whom(people):
    report, _code = sent(people)
    ask(report, CITIZEN)
    lost_link.renew_by_link(token=token_in(new_letters()[0]), now=clock.now())
    body = bytes(EventRecord.objects.get(key="reports.access_code_renewed").body).decode()
    assert report.number in body
    assert CITIZEN not in body
    assert report.reporter.email_index not in body


def test_the_queue_holds_no_address(people):
    report, _code = sent(people)
    ask(report, CITIZEN)
    assert CITIZEN not in repr(list(Job.objects.values()))


def test_the_page_to_track_leads_to_it(people):
    report, _code = sent(people)
    assert page("lost-link", report) in Client().get(page("track", report)).text
