"""Reminders before, alarms after, in working days of the stored calendar, each once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from lumbung.core.base import clock
from lumbung.core.jobs import runner
from lumbung.core.notices.models import Message, Notice
from lumbung.modules.reports.actions import agency, reminding, reporter, triage
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.tests.steps import (
    CANARIES,
    NOW,
    assigned,
    everything_staff_got,
    fresh,
    reporter_of,
    verified,
)
from lumbung.modules.reports.tests.steps import sent as send

pytestmark = pytest.mark.django_db
COORDINATOR, OFFICER, HEAD = "koordinator.ksb@contoh.id", "pupr.ksb@contoh.id", "kepala.pupr.ksb@contoh.id"


def on(day, hour=9):
    return datetime.combine(day, time(hour), tzinfo=clock.WITA)


def watch(day, hour=9):
    reminding.watch(now=on(day, hour))


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("account__email", flat=True))


@pytest.fixture
def report(people):
    """Received on Thursday 26 March 2026, due 14 working days later; assigned at once."""
    report, _code = send(people, is_anonymous=True)
    verified(people, report)
    assigned(people, report)
    runner.run_due()
    return fresh(report)


def test_the_agency_is_reminded_two_and_one_working_days_before(report):
    assert report.due_on == date(2026, 4, 16)
    watch(date(2026, 4, 13))
    assert told("reports.due_soon") == []
    for day in (14, 14, 15, 15):
        watch(date(2026, 4, day))
    assert told("reports.due_soon") == [OFFICER, OFFICER]
    watch(report.due_on)
    assert told("reports.late") == []


def test_reminders_skip_days_off(report):
    Report.objects.update(due_on=date(2026, 3, 26))  # Nyepi, collective leave and Idul Fitri lie before it
    watch(date(2026, 3, 16))
    assert told("reports.due_soon") == []
    watch(date(2026, 3, 17))
    assert told("reports.due_soon") == [OFFICER]


def test_the_next_working_day_coordinator_agency_and_head_get_an_alarm_once(report):
    watch(date(2026, 4, 17))
    watch(date(2026, 4, 17), hour=15)
    watch(date(2026, 4, 20))
    assert told("reports.late") == sorted([COORDINATOR, OFFICER, HEAD])
    assert Message.objects.filter(kind="reports.late").count() == 3


def test_an_alarm_missed_by_a_worker_that_stood_still_comes_later_and_an_ancient_one_never(report):
    watch(report.due_on + timedelta(days=5))
    assert len(told("reports.late")) == 3
    Notice.objects.all().delete()
    Message.objects.all().delete()
    watch(report.due_on + timedelta(days=15))
    assert told("reports.late") == []


def test_a_moved_due_date_gets_its_own_reminders(report):
    watch(date(2026, 4, 15))
    Report.objects.update(due_on=date(2026, 4, 20))
    watch(date(2026, 4, 17))
    assert told("reports.due_soon") == [OFFICER, OFFICER]


def test_nobody_is_woken_before_seven(report):
    watch(date(2026, 4, 15), hour=6)
    assert told("reports.due_soon") == []


def test_a_paused_or_closed_report_reminds_nobody(people, report):
    Report.objects.update(paused_since=NOW)
    watch(date(2026, 4, 15))
    Report.objects.update(paused_since=None, state="withdrawn")
    watch(date(2026, 4, 15))
    watch(date(2026, 4, 17))
    assert told("reports.due_soon") + told("reports.late") == []


def test_reminders_carry_nothing_hidden(report):
    watch(date(2026, 4, 15))
    watch(date(2026, 4, 17))
    words = everything_staff_got()
    assert words
    for text in words:
        assert not any(canary in text for canary in CANARIES)
        assert report.village.name not in text.replace(report.district.name, "")


def test_a_report_without_an_agency_raises_an_alarm_after_three_working_days(people):
    send(people)
    watch(date(2026, 3, 31))
    assert told("reports.unassigned") == []
    watch(date(2026, 4, 1))
    watch(date(2026, 4, 2))
    assert told("reports.unassigned") == [COORDINATOR]


def test_the_three_days_begin_anew_when_the_reporter_answers(people):
    report, _code = send(people)
    triage.ask_for_more(report=report, by=people.viewer("koordinator.ksb"), question="?", now=NOW)
    watch(date(2026, 4, 1))
    assert told("reports.unassigned") == []
    answered_at = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
    reporter.add_to_report(report=fresh(report), by=reporter_of(report), text="Ini", now=answered_at)
    watch(date(2026, 4, 7))  # 3 April is Good Friday
    assert told("reports.unassigned") == []
    watch(date(2026, 4, 8))
    assert told("reports.unassigned") == [COORDINATOR]


def test_the_three_days_begin_anew_when_an_agency_returns_it(people):
    report, _code = send(people)
    verified(people, report)
    assigned(people, report)
    returned_at = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
    agency.return_to_coordinator(report=fresh(report), by=people.viewer("pupr.ksb"), now=returned_at)
    watch(date(2026, 4, 7))
    assert told("reports.unassigned") == []
    watch(date(2026, 4, 8))
    assert told("reports.unassigned") == [COORDINATOR]
