"""A lost link has a way back, and the page tells nobody anything."""

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import lost_link
from lumbung.modules.reports.models import OneTimeLink
from lumbung.modules.reports.tests.steps import CITIZEN, page, sent, told, verified

pytestmark = pytest.mark.django_db


def ask(report, typed):
    answer = Client().post(page("lost-link", report), {"typed": typed})
    runner.run_due()
    return answer


def new_letters():
    return told(CITIZEN, lost_link.KIND)


def test_a_number_brings_a_new_code_to_the_address_in_the_report_and_the_old_code_stops(people, client):
    report, code = sent(people)
    ask(report, f"  {report.number.lower()} ")
    [letter] = new_letters()
    assert queries.report_by_code(code) is None
    client.get(letter.links[0][1])
    assert "kenari dalam uraian" in client.get(page("detail", report, number=report.number)).text


def test_an_address_brings_all_its_reports_in_one_message(people):
    first, _code = sent(people)
    second, _code = sent(people)
    other, other_code = sent(people, email="lain@warga.test")
    ask(first, CITIZEN.upper())
    [letter] = new_letters()
    assert len(letter.links) == 2
    assert {first.number, second.number} == {line[:15] for line in letter.paragraphs if line.startswith("KSB-")}
    assert queries.report_by_code(other_code) == other


def test_older_mail_links_stop_with_the_old_code(people):
    report, _code = sent(people)
    verified(people, report)
    runner.run_due()
    assert OneTimeLink.objects.exists()
    ask(report, report.number)
    assert not OneTimeLink.objects.exists()


def test_the_answer_is_the_same_whether_it_exists_or_not(people):
    report, _code = sent(people)
    without, _code = sent(people, email="")
    pages = {
        "\n".join(line for line in ask(report, typed).text.splitlines() if "csrf" not in line)
        for typed in (report.number, without.number, "KSB-2026-999999", CITIZEN, "siapa@warga.test")
    }
    assert len(pages) == 1
    assert not Job.objects.filter(state=Job.FAILED).exists()


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


def test_nobody_can_lock_a_reporter_out_all_day(people):
    report, _code = sent(people)
    for _time in range(lost_link.AT_MOST + 3):
        ask(report, report.number)
    letters = new_letters()
    assert len(letters) == lost_link.AT_MOST
    codes = [letter.links[0][1].rstrip("/").rsplit("/", 1)[1] for letter in letters]
    assert [queries.report_by_code(code) for code in codes].count(report) == 1


def test_a_request_that_runs_twice_renews_once(people):
    report, _code = sent(people)
    for _time in range(2):
        lost_link.renew_by_number(number=report.number, request_id="same", now=clock.now())
    [letter] = new_letters()
    code = letter.links[0][1].rstrip("/").rsplit("/", 1)[1]
    assert queries.report_by_code(code) == report


def test_clicking_twice_asks_once(people):
    report, _code = sent(people)
    for _time in range(2):
        lost_link.ask(typed=report.number, now=clock.now())
    runner.run_due()
    assert len(new_letters()) == 1


def test_the_log_says_that_a_code_was_renewed_and_not_for_whom(people):
    report, _code = sent(people)
    ask(report, CITIZEN)
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
