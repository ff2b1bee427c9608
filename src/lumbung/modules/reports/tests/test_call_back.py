"""Whoever gave only a telephone number has a way back: an officer calls it and hears a code."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound, NotPermitted, Refused
from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.notices.models import Notice
from lumbung.modules.reports import call_secrets, queries
from lumbung.modules.reports.actions import call_backs, calling, conflicts, lost_link, reporter, routing
from lumbung.modules.reports.models import CallBack
from lumbung.modules.reports.tests import calls
from lumbung.modules.reports.tests.calls import ask, call, code_of, row_of, sent, wait_page
from lumbung.modules.reports.tests.stage import office, opened_by, signed_in
from lumbung.modules.reports.tests.steps import CITIZEN, assigned, fresh, page, reporter_of, token_in, told, verified

pytestmark = pytest.mark.django_db
Standing = CallBack.Standing
TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "(\w+)"')


@pytest.fixture
def desk(people):
    return people.viewer(calls.FIRST)


# The way back


def test_a_call_brings_a_new_code_on_the_page_that_asked(people, desk):
    report, code = sent(people)
    browser, secret = ask(report)
    assert call_secrets.spaced(code_of(secret)) in browser.get(wait_page(report, secret)).text
    call(report, desk, code_of(secret))
    assert queries.report_by_code(code) == report
    receipt = browser.post(wait_page(report, secret), follow=True).text
    assert report.number in receipt
    [new_code] = browser.session["fresh_codes"].values()
    assert queries.report_by_code(new_code) == report
    assert queries.report_by_code(code) is None


def test_the_page_can_be_opened_days_later_in_a_browser_that_was_closed(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    call(report, desk, code_of(secret))
    assert Client().post(wait_page(report, secret)).status_code == 302


def test_spaces_and_dashes_in_the_code_read_out_do_not_matter(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    spoken = code_of(secret)
    officer = signed_in(people, calls.FIRST)
    officer.post(page("call-back-number", report, number=report.number))
    typed = {"outcome": "code", "code": f" {spoken[:3]} - {spoken[3:]}"}
    officer.post(page("call-back-outcome", report, number=report.number), typed)
    assert row_of(secret).standing == Standing.RELEASED


def test_renewing_by_telephone_kills_links_in_older_mail_and_other_requests(people, desk):
    report, _code = sent(people, email=CITIZEN)
    lost_link.ask(typed=report.number, now=clock.now())
    token = token_in(told(CITIZEN, lost_link.KIND)[0])
    _first, secret = ask(report)
    call(report, desk, code_of(secret))
    _second, later = ask(report)
    call_backs.renew_by_call(secret=secret, by=reporter_of(report), now=clock.now())
    assert row_of(later).standing == Standing.CLOSED
    with pytest.raises(NotFound):
        lost_link.renew_by_link(token=token, now=clock.now())


def test_renewing_by_mail_ends_requests_by_telephone(people):
    report, _code = sent(people, email=CITIZEN)
    _browser, secret = ask(report)
    lost_link.ask(typed=report.number, now=clock.now())
    lost_link.renew_by_link(token=token_in(told(CITIZEN, lost_link.KIND)[0]), now=clock.now())
    assert row_of(secret).standing == Standing.CLOSED


# What a stranger learns: nothing


def pages_without_secrets(report, numbers):
    """The waiting pages of these numbers, with what differs by chance made alike."""
    seen = set()
    for number in numbers:
        browser, secret = ask(report, number)
        text = browser.get(wait_page(report, secret)).text
        text = text.replace(secret, "secret").replace(call_secrets.spaced(code_of(secret)), "code")
        seen.add("\n".join(line for line in text.splitlines() if "csrf" not in line))
    return seen


def test_the_page_is_the_same_whether_there_is_such_a_report_a_telephone_or_neither(people):
    report, _code = sent(people)
    without, _code = sent(people, phone="")
    withdrawn, _code = sent(people)
    reporter.withdraw_report(report=withdrawn, by=reporter_of(withdrawn), now=clock.now())
    numbers = [report.number, without.number, withdrawn.number, "KSB-2026-999999", "NTB-2026-999999"]
    assert len(pages_without_secrets(report, numbers)) == 1
    assert [row.report for row in CallBack.objects.all()] == [report]
    assert not Job.objects.filter(state=Job.FAILED).exists()


def test_asking_does_the_same_work_and_looks_nothing_up(people):
    report, _code = sent(people)
    asked = []
    for number in (report.number, "KSB-2026-999999"):
        with CaptureQueriesContext(connection) as caught:
            call_backs.ask(number=number, now=clock.now())
        asked.append([TABLE.findall(query["sql"]) for query in caught])
    assert asked[0] == asked[1]
    assert not any(table.startswith("reports_") for tables in asked[0] for table in tables)
    assert not CallBack.objects.exists()


@pytest.mark.parametrize("ending", ["wrong", "stranger", "cancelled"])
def test_a_request_that_was_closed_shows_the_same_page_as_one_that_waits(people, desk, ending):
    report, _code = sent(people)
    browser, secret = ask(report)
    before = browser.get(wait_page(report, secret)).text
    calling.open_number(report=report, by=desk, now=clock.now())
    if ending == "wrong":
        for _time in range(calling.MOST_WRONG):
            calling.check_code(report=report, by=desk, typed=calls.another(secret), now=clock.now())
    elif ending == "stranger":
        calling.refuse_stranger(report=report, by=desk, now=clock.now())
    else:
        call_backs.cancel(report=report, by=reporter_of(report))
    assert row_of(secret).standing == Standing.CLOSED
    after = browser.get(wait_page(report, secret)).text
    assert [line for line in before.splitlines() if "csrf" not in line] == [
        line for line in after.splitlines() if "csrf" not in line
    ]


def test_asking_leaves_no_trace_in_the_log(people):
    report, _code = sent(people)
    before = EventRecord.objects.count()
    ask(report)
    assert EventRecord.objects.count() == before


@pytest.mark.parametrize("typed", ["", "nama saya Kenari", "KSB-2026-1", "081234567890", "x" * 300, "\x00"])
def test_anything_but_a_number_is_answered_beside_the_field_and_never_queued(people, typed):
    report, _code = sent(people)
    runner.run_due()
    before = Job.objects.count()
    assert Client().post(page("call-back-ask", report), {"number": typed}).status_code == 422
    assert Job.objects.count() == before


# Secrets


def test_only_fingerprints_are_stored(people):
    report, _code = sent(people)
    _browser, secret = ask(report)
    kept = repr(list(CallBack.objects.values())) + repr(list(Job.objects.values()))
    for hidden in (secret, secret[:16], f"'{code_of(secret)}'", calls.TELEPHONE):
        assert hidden not in kept


def test_no_log_line_and_no_answer_sends_the_secret_on(people, desk, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    report, _code = sent(people)
    browser, secret = ask(report)
    browser.post(wait_page(report, secret), follow=True)
    call(report, desk, code_of(secret))
    shown = browser.get(wait_page(report, secret))
    browser.post(wait_page(report, secret), follow=True)
    assert secret not in caplog.text
    assert code_of(secret) not in caplog.text
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1] + ("0" if s[-1] != "0" else "1"), lambda s: "0" + s[1:], lambda _s: "x"]
)
def test_a_guessed_or_altered_secret_opens_nothing(people, desk, change):
    report, _code = sent(people)
    _browser, secret = ask(report)
    call(report, desk, code_of(secret))
    guess = change(secret) if change(secret) != secret else "1" + secret[1:]
    assert Client().get(wait_page(report, guess)).status_code == 404
    assert Client().post(wait_page(report, guess)).status_code == 404
    assert row_of(secret).standing == Standing.RELEASED


def test_a_secret_cannot_be_made_younger(people):
    report, _code = sent(people)
    _browser, secret = ask(report)
    opened, moment, seal = secret.split("-")
    assert Client().get(wait_page(report, f"{opened}-{int(moment) + 600_000}-{seal}")).status_code == 404


def test_pressing_before_the_call_changes_nothing(people):
    report, code = sent(people)
    browser, secret = ask(report)
    browser.post(wait_page(report, secret), follow=True)
    assert queries.report_by_code(code) == report
    assert "fresh_codes" not in browser.session


def test_renewing_twice_gives_one_code(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    call(report, desk, code_of(secret))
    _report, first = call_backs.renew_by_call(secret=secret, by=reporter_of(report), now=clock.now())
    with pytest.raises(NotFound):
        call_backs.renew_by_call(secret=secret, by=reporter_of(report), now=clock.now())
    assert queries.report_by_code(first) == report


def test_two_requests_may_have_the_same_code_and_keep_different_fingerprints():
    assert call_secrets.code_index("482913", secret_index="a") != call_secrets.code_index("482913", secret_index="b")


# Limits and time


def test_at_most_three_requests_a_day_are_kept_for_a_report(people):
    report, _code = sent(people)
    for _time in range(call_backs.AT_MOST + 2):
        ask(report)
    assert CallBack.objects.count() == call_backs.AT_MOST


def test_a_job_that_runs_twice_keeps_one_request_and_tells_once(people):
    report, _code = sent(people)
    ask(report)
    job = Job.objects.get(name=call_backs.TAKE)
    call_backs.take(**job.arguments, now=clock.now())
    assert CallBack.objects.count() == 1
    assert Notice.objects.filter(kind=call_backs.ASKED).count() == 1


def test_a_request_lapses_after_a_week_and_is_destroyed(people, desk):
    report, code = sent(people)
    now = clock.now() - timedelta(days=8)
    secret = call_backs.ask(number=report.number, now=now)
    call_backs.take(**Job.objects.get(name=call_backs.TAKE).arguments, now=now)
    call(report, desk, code_of(secret), now=now)
    with pytest.raises(NotFound):
        call_backs.renew_by_call(secret=secret, by=reporter_of(report), now=clock.now())
    assert queries.report_by_code(code) == report
    assert "tujuh hari" in Client().get(wait_page(report, secret)).text
    assert call_backs.discard(now=clock.now()) == 1
    assert not CallBack.objects.exists()


def test_a_job_that_ran_too_late_keeps_nothing(people):
    report, _code = sent(people)
    call_backs.ask(number=report.number, now=clock.now() - timedelta(days=8))
    runner.run_due()
    assert not CallBack.objects.exists()


# The officer


def test_the_officer_is_told_and_finds_it_in_the_inbox(people):
    report, _code = sent(people)
    ask(report)
    assert Notice.objects.get(kind=call_backs.ASKED).account == people.account(calls.FIRST)
    assert report.number in signed_in(people, calls.FIRST).get(page("inbox", report)).text
    assert "telepon-balik" in signed_in(people, calls.FIRST).get(page("work", report, number=report.number)).text


def test_the_number_alone_is_shown_once_and_the_reporter_sees_who_opened_it(people):
    report, _code = sent(people)
    ask(report)
    officer = signed_in(people, calls.FIRST)
    assert calls.TELEPHONE not in officer.get(page("work", report, number=report.number)).text
    shown = officer.post(page("call-back-number", report, number=report.number)).text
    assert calls.TELEPHONE in shown
    assert "Kenari Pelapor" not in shown
    assert calls.TELEPHONE not in officer.get(page("work", report, number=report.number)).text
    assert AccessEvent.objects.get(fields="phone").reason == queries.call_backs.NUMBER_OPENED
    assert (
        "nomor telepon dibuka untuk menelepon balik"
        in opened_by(report).get(page("detail", report, number=report.number)).text
    )


def test_the_public_log_and_page_do_not_tell_that_a_number_was_opened(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    before = EventRecord.objects.count()
    call(report, desk, code_of(secret))
    assert EventRecord.objects.count() == before


def test_a_reporter_who_gave_an_address_too_gets_mail_that_the_number_was_opened(people, desk):
    report, _code = sent(people, email=CITIZEN)
    ask(report)
    calling.open_number(report=report, by=desk, now=clock.now())
    [letter] = told(CITIZEN, "reports.identity_opened")
    assert "telepon" in " ".join(letter.paragraphs)


@pytest.mark.parametrize(
    "who", ["pupr.ksb", "kepala.pupr.ksb", "inspektorat.ksb", "koordinator.ntb", "kader.ksb", "admin"]
)
def test_nobody_else_opens_the_number_or_checks_a_code(people, who):
    report, _code = sent(people)
    _browser, secret = ask(report)
    officer = signed_in(people, who)
    for name, data in (("call-back-number", {}), ("call-back-outcome", {"outcome": "code", "code": code_of(secret)})):
        answer = officer.post(page(name, report, number=report.number), data)
        assert answer.status_code in {403, 404}
        assert calls.TELEPHONE not in answer.text
    assert row_of(secret).standing == Standing.WAITING
    assert report.number not in officer.get(page("inbox", report)).text


def test_a_code_counts_only_from_an_officer_who_opened_the_number(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    for step in (
        lambda: calling.check_code(report=report, by=desk, typed=code_of(secret), now=clock.now()),
        lambda: calling.note_no_answer(report=report, by=desk, now=clock.now()),
        lambda: calling.refuse_stranger(report=report, by=desk, now=clock.now()),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.code == "number-not-opened"
    assert row_of(secret).standing == Standing.WAITING


def test_three_wrong_codes_end_the_request(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    for _time in range(calling.MOST_WRONG):
        assert call(report, desk, calls.another(secret)) is None
    with pytest.raises(NotFound):
        call(report, desk, code_of(secret))


def test_nobody_answered_is_noted_and_the_request_stays(people, desk):
    report, _code = sent(people)
    _browser, secret = ask(report)
    calling.open_number(report=report, by=desk, now=clock.now())
    calling.note_no_answer(report=report, by=desk, now=clock.now())
    assert row_of(secret).unanswered_at is not None
    assert call(report, desk, code_of(secret)).standing == Standing.RELEASED


def test_one_call_answers_the_reporter_although_a_stranger_asked_too(people, desk):
    report, _code = sent(people)
    _stranger, theirs = ask(report)
    _browser, secret = ask(report)
    call(report, desk, code_of(secret))
    assert row_of(secret).standing == Standing.RELEASED
    assert row_of(theirs).standing == Standing.CLOSED


def test_two_officers_at_once_the_second_finds_it_done(people, desk):
    report, _code = sent(people)
    other = calls.second_coordinator(people)
    _browser, secret = ask(report)
    calling.open_number(report=report, by=other, now=clock.now())
    call(report, desk, code_of(secret))
    with pytest.raises(NotFound):
        calling.check_code(report=report, by=other, typed=calls.another(secret), now=clock.now())
    assert row_of(secret).wrong_count == 0


def test_a_double_click_of_the_officer_changes_nothing(people):
    report, _code = sent(people)
    _browser, secret = ask(report)
    officer = signed_in(people, calls.FIRST)
    officer.post(page("call-back-number", report, number=report.number))
    for _time in range(2):
        typed = {"outcome": "code", "code": code_of(secret)}
        assert officer.post(page("call-back-outcome", report, number=report.number), typed).status_code == 302
    assert row_of(secret).standing == Standing.RELEASED


def test_an_officer_gets_no_code_on_the_page_of_whoever_asked(people, desk):
    report, code = sent(people)
    _browser, secret = ask(report)
    call(report, desk, code_of(secret))
    officer = signed_in(people, calls.FIRST)
    officer.post(wait_page(report, secret))
    assert "fresh_codes" not in officer.session
    assert queries.report_by_code(code) == report
    assert row_of(secret).standing == Standing.RELEASED


def test_no_page_of_the_officer_holds_the_secret_or_the_code(people):
    report, _code = sent(people)
    _browser, secret = ask(report)
    row, officer = row_of(secret), signed_in(people, calls.FIRST)
    seen = officer.post(page("call-back-number", report, number=report.number)).text
    seen += officer.get(page("inbox", report)).text + repr(list(Notice.objects.values()))
    for hidden in (secret, secret[:16], code_of(secret), row.secret_index, row.code_index):
        assert hidden not in seen


# The holder of the old code


def test_whoever_opens_the_report_with_the_old_code_learns_of_it_and_can_cancel(people, desk):
    report, code = sent(people)
    _browser, secret = ask(report)
    call(report, desk, code_of(secret))
    holder = opened_by(report)
    address = page("cancel-call-back", report, number=report.number)
    assert address in holder.get(page("detail", report, number=report.number)).text
    assert holder.post(address).status_code == 302
    with pytest.raises(NotFound):
        call_backs.renew_by_call(secret=secret, by=reporter_of(report), now=clock.now())
    assert queries.report_by_code(code) == report
    assert address not in holder.get(page("detail", report, number=report.number)).text


def test_a_stranger_cannot_cancel_and_learns_nothing_by_trying(people):
    report, _code = sent(people)
    _browser, secret = ask(report)
    answers = {
        Client().post(page("cancel-call-back", report, number=number)).status_code
        for number in (report.number, "KSB-2026-999999")
    }
    assert answers == {403}
    assert row_of(secret).standing == Standing.WAITING


# Protected reports: nobody alone, and nobody both words and person


def protected(people, **given):
    report, _code = sent(people, category=people.levy, **given)
    routing.route_report(
        report=report,
        by=people.viewer(calls.FIRST),
        agency=office("ksb-inspektorat"),
        reported_office=None,
        now=clock.now(),
    )
    return fresh(report)


def test_of_a_protected_report_the_unit_calls_and_its_head_decides(people):
    report = protected(people)
    browser, secret = ask(report)
    unit, head = people.viewer("inspektorat.ksb"), people.viewer("kepala.inspektorat.ksb")
    with pytest.raises(NotPermitted):
        calling.open_number(report=report, by=people.viewer(calls.FIRST), now=clock.now())
    assert call(report, unit, code_of(secret)).standing == Standing.CALLED
    browser.post(wait_page(report, secret))
    assert "fresh_codes" not in browser.session
    assert Notice.objects.filter(kind=calling.SECOND, account=head.account).exists()
    assert not Notice.objects.filter(kind=calling.SECOND, account=unit.account).exists()
    calling.release(report=report, by=head, now=clock.now())
    assert browser.post(wait_page(report, secret)).status_code == 302
    assert "fresh_codes" in browser.session


def test_whoever_called_does_not_decide(people):
    report = protected(people)
    _browser, secret = ask(report)
    unit = people.viewer("inspektorat.ksb")
    call(report, unit, code_of(secret))
    for step in (
        lambda: calling.check_code(report=report, by=unit, typed=code_of(secret), now=clock.now()),
        lambda: calling.release(report=report, by=unit, now=clock.now()),
    ):
        with pytest.raises(NotPermitted):
            step()
    assert row_of(secret).standing == Standing.CALLED


def test_the_database_refuses_a_caller_who_decides_alone(people):
    report = protected(people)
    _browser, secret = ask(report)
    call(report, people.viewer("inspektorat.ksb"), code_of(secret))
    row = row_of(secret)
    row.released_by, row.released_at, row.standing = row.called_by, timezone.now(), Standing.RELEASED
    with pytest.raises(IntegrityError, match="call_back_is_released_by_somebody_else"), transaction.atomic():
        row.save()


def test_the_head_decides_nothing_before_the_call(people):
    report = protected(people)
    ask(report)
    with pytest.raises(Refused):
        calling.release(report=report, by=people.viewer("kepala.inspektorat.ksb"), now=clock.now())


def test_the_head_sees_no_number_while_deciding(people):
    report = protected(people)
    _browser, secret = ask(report)
    call(report, people.viewer("inspektorat.ksb"), code_of(secret))
    head = signed_in(people, "kepala.inspektorat.ksb")
    assert (
        page("release-call-back", report, number=report.number)
        in head.get(page("work", report, number=report.number)).text
    )
    assert head.post(page("call-back-number", report, number=report.number)).status_code == 403
    answer = head.post(page("release-call-back", report, number=report.number), follow=True)
    assert calls.TELEPHONE not in answer.text
    assert row_of(secret).standing == Standing.RELEASED


def test_of_a_protected_anonymous_report_two_coordinators_hear_the_code_and_the_unit_decides_nothing(people, desk):
    report = protected(people, is_anonymous=True)
    _browser, secret = ask(report)
    for who in ("inspektorat.ksb", "kepala.inspektorat.ksb"):
        with pytest.raises(NotPermitted):
            calling.open_number(report=report, by=people.viewer(who), now=clock.now())
    assert call(report, desk, code_of(secret)).standing == Standing.CALLED
    for who in ("kepala.inspektorat.ksb", calls.FIRST):
        with pytest.raises(NotPermitted):
            calling.release(report=report, by=people.viewer(who), now=clock.now())
    second = calls.second_coordinator(people)
    assert call(report, second, calls.another(secret)) is None
    assert call(report, second, code_of(secret)).standing == Standing.RELEASED
    assert row_of(secret).released_by == second.account


def test_a_report_that_becomes_protected_after_the_call_needs_a_second_officer(people, desk):
    report, _code = sent(people)
    verified(people, report)
    assigned(people, report)
    browser, secret = ask(report)
    call(report, desk, code_of(secret))
    conflicts.report_pressure(report=report, by=reporter_of(report), text="Saya didatangi", now=clock.now())
    browser.post(wait_page(report, secret))
    assert "fresh_codes" not in browser.session
    calling.release(report=fresh(report), by=people.viewer("kepala.inspektorat.ksb"), now=clock.now())
    assert browser.post(wait_page(report, secret)).status_code == 302
    assert "fresh_codes" in browser.session


def test_the_notice_of_a_protected_report_goes_to_its_unit_only(people):
    report = protected(people)
    ask(report)
    told_to = set(Notice.objects.filter(kind=call_backs.ASKED).values_list("account__email", flat=True))
    assert told_to == {"inspektorat.ksb@contoh.id"}
