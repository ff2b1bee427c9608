"""Links in mail open a report once, and two taps are enough to say whether it is solved."""

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports.actions import mail_links, reporter
from lumbung.modules.reports.models import OneTimeLink, Rating, Report
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests.steps import (
    CITIZEN,
    NOW,
    finished,
    fresh,
    page,
    reporter_of,
    sent,
    token_in,
    told,
    verified,
)

pytestmark = pytest.mark.django_db


def test_a_one_time_link_opens_the_report_once(people):
    report, _code = sent(people)
    verified(people, report)
    token = token_in(told(CITIZEN)[-1])
    first, second = Client(), Client()
    address = page("one-time", report, token=token)
    assert first.get(address).status_code == 200
    assert first.get(address).status_code == 200
    assert first.post(address).status_code == 302
    assert "kenari dalam uraian" in first.get(page("detail", report, number=report.number)).text
    assert second.get(address).status_code == 404
    assert second.post(address).status_code == 404
    assert "kenari dalam uraian" not in second.get(page("detail", report, number=report.number)).text


def test_an_old_link_opens_nothing(people):
    report, _code = sent(people)
    verified(people, report)
    token = token_in(told(CITIZEN)[-1])
    OneTimeLink.objects.update(made_at=NOW - 2 * mail_links.LINK_LIFE, expires_at=NOW - mail_links.LINK_LIFE)
    assert Client().post(page("one-time", report, token=token)).status_code == 404


def test_two_taps_rate_the_answer_without_a_code(people):
    report, _code = finished(people)
    letter = told(CITIZEN)[-1]
    assert [label for label, _path in letter.links] == ["Sudah", "Belum"]
    client = Client()
    assert 'name="score"' in client.get(letter.links[0][1]).text
    assert not Rating.objects.exists()
    client.post(letter.links[0][1], {"jawab": "sudah", "score": "4"})
    assert Rating.objects.get(report=report).score == 4
    assert fresh(report).state == State.CONFIRMED
    client.post(letter.links[0][1], {"jawab": "sudah", "score": "1"})
    assert Rating.objects.get(report=report).score == 4


def test_two_taps_reopen_without_words_and_without_a_code(people):
    report, _code = finished(people)
    Report.objects.update(finished_at=clock.now())
    link = told(CITIZEN)[-1].links[1][1]
    assert Client().post(link, {"jawab": "belum", "text": ""}).status_code == 302
    assert fresh(report).state == State.IN_PROGRESS
    assert fresh(report).reopened_count == 1


def test_a_wrong_second_tap_uses_nothing_up(people):
    report, _code = finished(people)
    link = told(CITIZEN)[-1].links[0][1]
    client = Client()
    assert client.post(link, {"jawab": "sudah", "score": "9"}).status_code == 422
    assert client.post(link, {"jawab": "belum", "text": "x" * 3000}).status_code == 422
    assert client.post(link, {"jawab": "sudah", "score": "3"}).status_code == 302
    assert Rating.objects.get(report=report).score == 3


def test_a_tap_that_comes_too_late_says_why_and_keeps_the_link(people):
    report, _code = finished(people)
    link = told(CITIZEN)[-1].links[0][1]
    reporter.reopen_report(report=report, by=reporter_of(report), text="Belum", now=NOW)
    answer = Client().post(link, {"jawab": "sudah", "score": "4"})
    assert answer.status_code == 409
    assert OneTimeLink.objects.filter(purpose="rate", used_at__isnull=True).exists()


def test_a_link_of_another_portal_opens_nothing(people):
    report, _code = sent(people)
    verified(people, report)
    token = token_in(told(CITIZEN)[-1])
    assert Client().post(f"/ntb/laporan/tautan/{token}/").status_code == 404
