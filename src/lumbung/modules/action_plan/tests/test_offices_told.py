"""Whoever has to do something for a commitment is told, once, of what happened and of what falls due."""

from datetime import date, datetime, time, timedelta

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner
from lumbung.core.notices import actions as notices
from lumbung.core.notices.models import Message, Notice
from lumbung.core.notices.queries import letter_of
from lumbung.core.web import formatting
from lumbung.modules.action_plan.actions import assessing, filing, reminding, telling
from lumbung.modules.action_plan.actions.filing import Document
from lumbung.modules.action_plan.models import Assessment, Commitment, Institution, Plan, PlanMember
from lumbung.modules.action_plan.queries import clocks, monitoring
from lumbung.modules.action_plan.queries.clocks import Quarter
from lumbung.modules.action_plan.tests.sayings import WORDS, approve, assess, note, report

pytestmark = pytest.mark.django_db
OFFICER, HEAD = "komitmen.ntb@contoh.id", "kepala.komitmen.ntb@contoh.id"
MONITOR, CIVIL = "pemantau.ksb@contoh.id", "oms.ntb@contoh.id"
PLAN = "ntb-ksb-2021-2023"


@pytest.fixture
def care(people):
    return monitoring.commitment_for_work(PLAN, "ntb-care")


@pytest.fixture
def running(care):
    """The plan as if it had been submitted this January, and the commitment as if it ran until the end of June."""
    Plan.objects.filter(pk=PLAN).update(
        starts_on=date(2026, 1, 5), submitted_on=date(2026, 1, 5), ends_on=date(2027, 12, 31)
    )
    Commitment.objects.exclude(pk=care.pk).update(
        starts_on=date(2026, 4, 1), ends_on=date(2027, 12, 31), dates_source="-"
    )
    Commitment.objects.update(ambition=None, novelty=None)
    Commitment.objects.filter(pk=care.pk).update(starts_on=date(2026, 1, 5), ends_on=date(2026, 6, 30))
    return monitoring.commitment_for_work(PLAN, "ntb-care")


def on(day, hour=9):
    return datetime.combine(day, time(hour), tzinfo=clock.WITA)


def watch(*days, hour=9):
    for day in days:
        reminding.watch(now=on(day, hour))


def told(kind, about="NTB Care"):
    known = Notice.objects.filter(kind=f"action_plan.{kind}", title__contains=about)
    return sorted(known.values_list("account__email", flat=True))


# --- what happened -------------------------------------------------------------------------------------------


def test_the_head_is_told_of_a_report_that_waits_and_the_officer_of_one_returned(people, care):
    written = report(people, care)
    runner.run_due()
    assert told("self_report_written") == [HEAD]
    approve(people, written, approved=False, note="Bukti belum lengkap.")
    runner.run_due()
    assert told("self_report_returned") == [OFFICER]


def test_nobody_is_asked_to_approve_what_was_decided_meanwhile(people, care):
    approve(people, report(people, care))
    runner.run_due()
    assert told("self_report_written") == []


def test_the_head_is_told_when_a_right_of_reply_begins_and_until_when(people, care):
    coded = assess(people, care)
    note(people, care)
    runner.run_due()
    assert told("commitment_assessed") == [HEAD]
    assert told("note_signed") == [HEAD]
    title = Notice.objects.get(kind="action_plan.commitment_assessed").title
    assert formatting.date_medium(coded.reply_due_on, "id") in title


def test_the_monitor_hears_of_a_reply_and_so_does_the_organisation_whose_note_it_answers(people, care):
    head = people.viewer("kepala.komitmen.ntb")
    assessing.reply(to=assess(people, care), words="Kami perbaiki.", by=head, now=NOW)
    runner.run_due()
    assert told("reply_given") == [MONITOR]
    assessing.reply(to=note(people, care), words="Kami periksa.", by=head, now=NOW)
    runner.run_due()
    assert told("reply_given") == [CIVIL, MONITOR, MONITOR]


def test_telling_twice_tells_once_and_no_word_anybody_wrote_is_in_it(people, care):
    report(people, care)
    runner.run_due()
    found = monitoring_event("self_report_written")
    telling.tell_of_event(event_id=found, now=NOW + timedelta(hours=1))
    assert told("self_report_written") == [HEAD]
    [message] = Message.objects.filter(kind="action_plan.self_report_written")
    assert WORDS not in message.subject + str(letter_of(message))


def monitoring_event(kind):
    return str(EventRecord.objects.get(key=f"action_plan.{kind}").uid)


def test_mail_about_commitments_stops_and_the_page_inside_goes_on(people, care):
    report(people, care)
    runner.run_due()
    [message] = Message.objects.filter(kind="action_plan.self_report_written")
    notices.stop(message=message, now=NOW)
    note(people, care)
    runner.run_due()
    assert told("note_signed") == [HEAD]
    assert not Message.objects.filter(kind="action_plan.note_signed").exists()


# --- what falls due ------------------------------------------------------------------------------------------


def test_the_officer_is_asked_for_the_quarter_that_ended_and_both_when_it_is_late(people, running):
    watch(date(2026, 3, 31))
    assert told("report_due") == []
    watch(date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 20), date(2026, 4, 30))
    assert told("report_due") == [OFFICER]
    assert told("report_late") == []
    watch(date(2026, 5, 1), date(2026, 5, 2))
    assert told("report_late") == [HEAD, OFFICER]


def test_nobody_is_asked_at_night_nor_for_a_quarter_that_was_reported_or_in_which_nothing_ran(people, running):
    watch(date(2026, 4, 1), hour=6)
    report(people, running)
    told_of = Quarter(2025, 4)
    assert monitoring.sayings_of(running).reports_on(told_of.year, told_of.number)
    assert not clocks.owes_report(running, told_of)
    assert clocks.owes_report(running, Quarter(2026, 2))
    assert not clocks.owes_report(running, Quarter(2026, 3))
    watch(date(2026, 10, 2))
    assert told("report_due") == []


def test_a_report_that_was_returned_is_still_owed(people, running):
    written = report(people, running)
    assert monitoring.sayings_of(running).reports_on(2025, 4)
    approve(people, written, approved=False, note="Perbaiki.")
    assert not monitoring.sayings_of(running).reports_on(2025, 4)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), (2025, 4)), (date(2026, 3, 31), (2025, 4)), (date(2026, 4, 1), (2026, 1))],
)
def test_the_quarter_before_a_day_has_ended(day, quarter):
    found = clocks.quarter_before(day)
    assert (found.year, found.number) == quarter
    assert found.ends_on < day


def test_the_agency_is_told_once_that_its_page_went_stale(people, running):
    running.facts.all().delete()
    since = date(2026, 1, 5)
    first = clocks.stale_from(since)
    assert first == date(2026, 5, 6)
    watch(first - timedelta(days=1))
    assert told("went_stale") == []
    watch(first, first + timedelta(days=1))
    assert told("went_stale") == [HEAD, OFFICER]


def test_the_head_is_reminded_before_the_right_of_reply_ends_and_told_when_it_ended(people, care):
    until = assess(people, care).reply_due_on
    watch(until - timedelta(days=4))
    assert told("reply_ends") == []
    watch(until - timedelta(days=3), until)
    assert told("reply_ends") == [HEAD]
    watch(until + timedelta(days=1), until + timedelta(days=2))
    assert told("reply_ended") == [HEAD]


def test_whoever_replied_is_not_reminded(people, care):
    coded = assess(people, care)
    assessing.reply(to=coded, words="Kami perbaiki.", by=people.viewer("kepala.komitmen.ntb"), now=NOW)
    watch(coded.reply_due_on, coded.reply_due_on + timedelta(days=1))
    assert told("reply_ends") == told("reply_ended") == []


def test_the_monitor_is_reminded_of_the_first_report_and_told_when_it_is_late(people, running):
    due_on = clocks.inception_due_on(running.plan)
    watch(due_on - timedelta(days=15))
    assert told("inception_due", "") == []
    watch(due_on - timedelta(days=14), due_on)
    assert told("inception_due", "") == [MONITOR, MONITOR]  # one for each member of the plan
    watch(due_on + timedelta(days=1), due_on + timedelta(days=2))
    assert told("inception_late", "") == [MONITOR, MONITOR]


def test_a_first_report_that_was_filed_is_not_asked_for(people, running):
    for member in PlanMember.objects.filter(plan=PLAN):
        filing.file_inception_report(
            member=member, document=Document("L", "https://contoh.id/l"), by=people.viewer("pemantau.ksb"), now=NOW
        )
    watch(clocks.inception_due_on(running.plan))
    assert told("inception_due", "") == []


def test_the_monitor_is_reminded_of_the_assessment_at_the_end(people, running):
    due_on = clocks.end_due_on(running)
    assert due_on == date(2026, 7, 30)
    watch(date(2026, 7, 15))
    assert told("end_due") == []
    watch(date(2026, 7, 16), due_on)
    assert told("end_due") == [MONITOR]
    watch(date(2026, 7, 31), date(2026, 8, 1))
    assert told("end_late") == [MONITOR]


def test_a_body_that_carries_part_of_a_commitment_is_not_asked_to_assess_it(people, running):
    Institution.objects.create(commitment=running, organisation_id="lrp2m-cordova", role="civil_society", position=9)
    watch(date(2026, 7, 16))
    assert told("end_due") == []


def test_nobody_is_told_of_a_plan_of_years_ago(people, care):
    assert not Assessment.objects.exists()
    watch(date(2026, 11, 26))
    kinds = ("report_due", "report_late", "went_stale", "inception_late", "end_late")
    assert [kind for kind in kinds if told(kind, "")] == []


def test_a_plan_that_only_shows_how_it_is_done_asks_nobody(people, running):
    Plan.objects.filter(pk=PLAN).update(is_illustration=True)
    watch(date(2026, 4, 1), date(2026, 7, 16))
    assert told("report_due", "") == told("end_due", "") == []
