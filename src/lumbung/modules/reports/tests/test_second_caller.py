"""Where nobody is there to be the second officer of a call back, those who give roles are asked for one (ADR 23)."""

import pytest

from lumbung.core.notices.models import Message, Notice
from lumbung.core.notices.queries import letter_of
from lumbung.modules.reports.actions.telling import NEEDS_SECOND
from lumbung.modules.reports.models import CallBack
from lumbung.modules.reports.tests import calls
from lumbung.modules.reports.tests.calls import ask, call, code_of, row_of, wait_page
from lumbung.modules.reports.tests.stage import signed_in
from lumbung.modules.reports.tests.steps import page
from lumbung.modules.reports.tests.test_call_back import protected

pytestmark = pytest.mark.django_db
ADMINISTRATOR = "admin@contoh.id"
ASKED_FOR = "Administrator sudah diminta menunjuk"


def told():
    return sorted(Notice.objects.filter(kind=NEEDS_SECOND).values_list("account__email", flat=True))


@pytest.fixture
def report(people):
    """Protected and anonymous, where the demonstration has one coordinator."""
    return protected(people, is_anonymous=True)


def test_the_administrators_are_asked_once_for_a_second_coordinator(people, report):
    _browser, secret = ask(report)
    assert told() == [ADMINISTRATOR]
    call(report, people.viewer(calls.FIRST), code_of(secret))
    assert told() == [ADMINISTRATOR]


def test_they_learn_neither_the_report_nor_who_asked(people, report):
    ask(report)
    [message] = Message.objects.filter(kind=NEEDS_SECOND)
    letter = letter_of(message)
    text = f"{letter.subject} {letter.paragraphs} {letter.links}"
    assert report.number not in text
    assert report.category.name not in text
    assert calls.TELEPHONE not in text
    assert "KSB Terbuka" in text


def test_nobody_is_asked_where_a_second_coordinator_is(people, report):
    calls.second_coordinator(people)
    ask(report)
    assert told() == []


def test_nobody_is_asked_where_the_head_of_the_unit_decides_or_one_call_is_enough(people):
    ask(protected(people))
    open_report, _code = calls.sent(people)
    ask(open_report)
    assert told() == []


def test_a_coordinator_named_for_some_days_completes_the_way_back(people, report):
    browser, secret = ask(report)
    call(report, people.viewer(calls.FIRST), code_of(secret))
    second = calls.second_coordinator(people)
    assert call(report, second, code_of(secret)).standing == CallBack.Standing.RELEASED
    assert row_of(secret).released_by == second.account
    assert browser.post(wait_page(report, secret)).status_code == 302


def test_the_first_officer_reads_that_a_second_one_was_asked_for(people, report):
    _browser, secret = ask(report)
    desk = signed_in(people, calls.FIRST)
    address = page("work", report, number=report.number)
    assert ASKED_FOR in desk.get(address).text
    call(report, people.viewer(calls.FIRST), code_of(secret))
    assert ASKED_FOR in desk.get(address).text
    calls.second_coordinator(people)
    assert ASKED_FOR not in desk.get(address).text


def test_the_page_of_whoever_asked_says_the_same_for_every_number(people, report):
    for number in (report.number, "KSB-2026-999999"):
        browser, secret = ask(report, number=number)
        assert "Kalau begitu petugas kedua tidak ditemukan" in browser.get(wait_page(report, secret)).text
