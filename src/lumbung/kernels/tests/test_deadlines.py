"""Deadlines: every golden date, the rules of counting, and what must hold for any input."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels.deadlines import (
    ALL_DAYS_OFF,
    COLLECTIVE_LEAVE_COUNTS,
    Calendar,
    CautionKind,
    DayKind,
    DayOff,
    Pause,
    Rule,
    SkipReason,
    Unit,
    due,
    working_days_between,
)
from lumbung.kernels.tests.golden import rows_of

WITA = ZoneInfo("Asia/Makassar")
SKIPS = {"skipped": ALL_DAYS_OFF, "counted": COLLECTIVE_LEAVE_COUNTS}


def golden_calendar() -> Calendar:
    days = tuple(
        DayOff(date.fromisoformat(row["on"]), DayKind(row["kind"]), row["on"]) for row in rows_of("days_off.csv")
    )
    return Calendar(days, known_years=frozenset({2026, 2027}), decreed_years=frozenset({2026, 2027}))


CALENDAR = golden_calendar()


def working(number: int, skips: frozenset[DayKind] = ALL_DAYS_OFF) -> Rule:
    return Rule("test", number, Unit.WORKING_DAY, skips)


def hours(number: int) -> Rule:
    return Rule("test", number, Unit.HOUR)


def wita(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


@pytest.mark.parametrize("row", rows_of("deadlines.csv"), ids=lambda r: f"{r['received_at']}+{r['working_days']}")
def test_golden_date(row):
    moment = datetime.fromisoformat(row["received_at"])
    for part in row["working_days"].split("+"):
        deadline = due(working(int(part), SKIPS[row["collective_leave"]]), moment, CALENDAR, zone=WITA)
        moment = deadline.due_at
    assert deadline.due_on == date.fromisoformat(row["due_on"]), row["source"]


def test_ten_days_extended_by_seven_are_seventeen_days():
    first = due(working(10), wita("2026-03-13T09:00"), CALENDAR, zone=WITA)
    extended = due(working(7), first.due_at, CALENDAR, zone=WITA)
    assert extended.due_on == due(working(17), wita("2026-03-13T09:00"), CALENDAR, zone=WITA).due_on


def test_received_one_minute_before_midnight_wita_belongs_to_that_day_although_utc_says_afternoon():
    received = datetime(2026, 3, 13, 15, 59, tzinfo=UTC)
    deadline = due(working(3), received, CALENDAR, zone=WITA)
    assert (deadline.starts_on, deadline.due_on) == (date(2026, 3, 13), date(2026, 3, 25))


def test_received_at_midnight_wita_belongs_to_the_new_day():
    assert due(working(1), datetime(2026, 8, 10, 16, 0, tzinfo=UTC), CALENDAR, zone=WITA).due_on == date(2026, 8, 12)


def test_deadline_skips_nyepi_and_says_so():
    calendar = Calendar((DayOff(date(2026, 3, 19), DayKind.PUBLIC_HOLIDAY, "Hari Suci Nyepi"),))
    deadline = due(working(1), wita("2026-03-18T09:00"), calendar, zone=WITA)
    assert deadline.due_on == date(2026, 3, 20)
    assert [(s.on, s.reason, s.name) for s in deadline.skipped] == [
        (date(2026, 3, 19), SkipReason.PUBLIC_HOLIDAY, "Hari Suci Nyepi")
    ]


def test_a_holiday_on_a_saturday_is_named_and_skipped_once():
    calendar = Calendar((DayOff(date(2026, 3, 21), DayKind.PUBLIC_HOLIDAY, "Idul Fitri"),))
    deadline = due(working(1), wita("2026-03-20T09:00"), calendar, zone=WITA)
    assert [(s.on.day, s.reason) for s in deadline.skipped] == [
        (21, SkipReason.PUBLIC_HOLIDAY),
        (22, SkipReason.WEEKEND),
    ]


def test_a_day_both_holiday_and_collective_leave_is_told_as_the_holiday():
    day = date(2026, 3, 19)
    calendar = Calendar((DayOff(day, DayKind.COLLECTIVE_LEAVE, "Cuti"), DayOff(day, DayKind.PUBLIC_HOLIDAY, "Nyepi")))
    assert due(working(1), wita("2026-03-18T09:00"), calendar, zone=WITA).skipped[0].name == "Nyepi"


def test_days_are_due_at_the_last_moment_of_the_day_in_the_zone():
    deadline = due(working(1), wita("2026-08-10T09:00"), CALENDAR, zone=WITA)
    assert deadline.due_at == wita("2026-08-11T23:59:59.999999")


def test_calendar_days_skip_nothing():
    rule = Rule("test", 10, Unit.CALENDAR_DAY)
    deadline = due(rule, wita("2026-03-13T09:00"), CALENDAR, zone=WITA)
    assert (deadline.due_on, deadline.skipped) == (date(2026, 3, 23), ())


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "2026-03-21T23:30"), (24, "2026-03-22T22:30"), (48, "2026-03-23T22:30")]
)
def test_promised_hours_run_on_the_wall_clock_through_holidays(number, expected):
    assert due(hours(number), wita("2026-03-21T22:30"), CALENDAR, zone=WITA).due_at == wita(expected)


def test_an_hour_is_an_hour_when_summer_time_begins():
    zone = ZoneInfo("Europe/Amsterdam")
    start = datetime(2026, 3, 29, 1, 30, tzinfo=zone)
    deadline = due(hours(1), start, Calendar(), zone=zone)
    assert deadline.due_at.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=1)


def test_hours_add_the_paused_time():
    pause = Pause(wita("2026-08-10T10:00"), wita("2026-08-11T12:30"))
    deadline = due(hours(24), wita("2026-08-10T09:00"), CALENDAR, [pause], zone=WITA)
    assert deadline.due_at == wita("2026-08-12T11:30")
    assert deadline.paused_for == timedelta(hours=26, minutes=30)


def test_a_pause_that_begins_when_the_hours_are_over_changes_nothing():
    pause = Pause(wita("2026-08-10T10:00"), wita("2026-08-11T10:00"))
    assert due(hours(1), wita("2026-08-10T09:00"), CALENDAR, [pause], zone=WITA).due_at == wita("2026-08-10T10:00")


def test_a_pause_that_began_before_the_start_counts_from_the_start():
    pause = Pause(wita("2026-08-10T08:00"), wita("2026-08-10T10:00"))
    assert due(hours(1), wita("2026-08-10T09:00"), CALENDAR, [pause], zone=WITA).due_at == wita("2026-08-10T11:00")


def test_a_pause_from_tuesday_to_thursday_takes_out_tuesday_and_wednesday():
    pause = Pause(wita("2026-08-11T10:00"), wita("2026-08-13T10:00"))
    deadline = due(working(1), wita("2026-08-10T09:00"), CALENDAR, [pause], zone=WITA)
    assert deadline.due_on == date(2026, 8, 13)
    assert [(s.on.day, s.reason) for s in deadline.skipped] == [
        (11, SkipReason.CLOCK_STOPPED),
        (12, SkipReason.CLOCK_STOPPED),
    ]


def test_a_pause_within_one_day_moves_nothing():
    pause = Pause(wita("2026-08-11T10:00"), wita("2026-08-11T16:00"))
    assert due(working(1), wita("2026-08-10T09:00"), CALENDAR, [pause], zone=WITA).due_on == date(2026, 8, 11)


def test_a_clock_stopped_on_the_due_day_does_not_run_out_while_it_stands_still():
    pause = Pause(wita("2026-08-11T20:00"), wita("2026-09-01T08:00"))
    assert due(working(1), wita("2026-08-10T09:00"), CALENDAR, [pause], zone=WITA).due_on == date(2026, 9, 1)


def test_overlapping_pauses_count_once():
    one = Pause(wita("2026-08-10T10:00"), wita("2026-08-10T12:00"))
    two = Pause(wita("2026-08-10T11:00"), wita("2026-08-10T13:00"))
    assert due(hours(2), wita("2026-08-10T09:00"), CALENDAR, [two, one], zone=WITA).due_at == wita("2026-08-10T14:00")


def kinds(deadline):
    return [(c.kind, c.year) for c in deadline.cautions]


def test_a_deadline_that_reaches_a_year_without_decree_carries_a_caution():
    calendar = Calendar(known_years=frozenset({2027, 2028}), decreed_years=frozenset({2027}))
    reaches = due(working(10), wita("2027-12-27T09:00"), calendar, zone=WITA)
    stays = due(working(3), wita("2027-12-27T09:00"), calendar, zone=WITA)
    assert kinds(reaches) == [(CautionKind.YEAR_WITHOUT_DECREE, 2028)]
    assert kinds(stays) == []


def test_a_rule_that_counts_collective_leave_does_not_wait_for_its_decree():
    calendar = Calendar(known_years=frozenset({2028}))
    assert kinds(due(working(3, COLLECTIVE_LEAVE_COUNTS), wita("2028-02-01T09:00"), calendar, zone=WITA)) == []


def test_a_year_without_any_rows_carries_a_caution():
    assert kinds(due(working(1), wita("2031-01-06T09:00"), CALENDAR, zone=WITA)) == [(CautionKind.YEAR_UNKNOWN, 2031)]


def test_an_estimated_day_on_the_way_carries_a_caution_with_its_name():
    calendar = Calendar(
        (DayOff(date(2027, 3, 10), DayKind.PUBLIC_HOLIDAY, "Idul Fitri", is_estimated=True),),
        frozenset({2027}),
        frozenset({2027}),
    )
    caution = due(working(2), wita("2027-03-09T09:00"), calendar, zone=WITA).cautions[0]
    assert (caution.kind, caution.on, caution.name) == (CautionKind.ESTIMATED_DAY, date(2027, 3, 10), "Idul Fitri")


def test_a_rule_to_be_confirmed_carries_a_caution_whatever_its_unit():
    rule = Rule("test", 10, Unit.CALENDAR_DAY, needs_confirmation=True)
    assert kinds(due(rule, wita("2026-08-10T09:00"), CALENDAR, zone=WITA)) == [
        (CautionKind.RULE_NEEDS_CONFIRMATION, None)
    ]


@pytest.mark.parametrize(
    ("number", "unit", "skips"),
    [
        (0, Unit.HOUR, frozenset()),
        (-1, Unit.WORKING_DAY, ALL_DAYS_OFF),
        (1, Unit.WORKING_DAY, frozenset()),
        (1, Unit.CALENDAR_DAY, ALL_DAYS_OFF),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(number, unit, skips):
    with pytest.raises(ValueError, match="rule 'test'"):
        Rule("test", number, unit, skips)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="has no zone"):
        due(working(1), datetime(2026, 8, 10, 9), CALENDAR, zone=WITA)  # noqa: DTZ001


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        Pause(wita("2026-08-11T10:00"), wita("2026-08-11T09:00"))


def test_four_working_days_left_and_two_days_late():
    assert working_days_between(date(2026, 3, 30), date(2026, 4, 6), CALENDAR) == 4
    assert working_days_between(date(2026, 4, 6), date(2026, 4, 8), CALENDAR) == 2
    assert working_days_between(date(2026, 4, 8), date(2026, 4, 6), CALENDAR) == -2
    assert working_days_between(date(2026, 4, 6), date(2026, 4, 6), CALENDAR) == 0


# What must hold for any input.

dates = st.dates(date(2026, 1, 1), date(2027, 3, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 3, 31), timezones=st.just(WITA))  # noqa: DTZ001
numbers = st.integers(1, 80)
days_off = st.builds(DayOff, dates, st.sampled_from([DayKind.PUBLIC_HOLIDAY, DayKind.COLLECTIVE_LEAVE]), st.just("x"))
calendars = st.builds(Calendar, st.lists(days_off, max_size=40).map(tuple))
pauses = st.builds(
    lambda since, length: Pause(since, since + length), moments, st.timedeltas(timedelta(0), timedelta(days=40))
)


@st.composite
def rules(draw):
    unit = draw(st.sampled_from(list(Unit)))
    skips = draw(st.sampled_from([ALL_DAYS_OFF, COLLECTIVE_LEAVE_COUNTS])) if unit == Unit.WORKING_DAY else frozenset()
    return Rule("any", draw(numbers), unit, skips)


@given(rules(), moments, calendars, st.lists(pauses, max_size=4))
def test_a_larger_number_is_never_due_earlier(rule, start, calendar, stopped):
    larger = Rule(rule.key, rule.number + 1, rule.unit, rule.skips)
    assert (
        due(rule, start, calendar, stopped, zone=WITA).due_at < due(larger, start, calendar, stopped, zone=WITA).due_at
    )


@given(rules(), moments, moments, calendars, st.lists(pauses, max_size=4))
def test_a_later_start_is_never_due_earlier(rule, one, other, calendar, stopped):
    early, late = sorted([one, other])
    assert due(rule, early, calendar, stopped, zone=WITA).due_at <= due(rule, late, calendar, stopped, zone=WITA).due_at


@given(rules(), moments, calendars, days_off, st.lists(pauses, max_size=3))
def test_adding_a_holiday_never_makes_it_earlier(rule, start, calendar, extra, stopped):
    fuller = Calendar((*calendar.days_off, extra))
    assert due(rule, start, calendar, stopped, zone=WITA).due_at <= due(rule, start, fuller, stopped, zone=WITA).due_at


@given(rules(), moments, calendars, st.lists(pauses, max_size=3), pauses)
def test_adding_a_pause_never_makes_it_earlier(rule, start, calendar, stopped, extra):
    more = due(rule, start, calendar, [*stopped, extra], zone=WITA)
    assert due(rule, start, calendar, stopped, zone=WITA).due_at <= more.due_at


@given(rules(), moments, calendars, st.permutations([0, 1, 2]), st.lists(pauses, min_size=3, max_size=3))
def test_the_order_of_pauses_does_not_matter(rule, start, calendar, order, stopped):
    shuffled = [stopped[index] for index in order]
    assert due(rule, start, calendar, stopped, zone=WITA) == due(rule, start, calendar, shuffled, zone=WITA)


@given(numbers, moments, calendars)
def test_as_many_working_days_lie_between_start_and_due_date_as_the_rule_says(number, start, calendar):
    deadline = due(working(number), start, calendar, zone=WITA)
    assert working_days_between(deadline.starts_on, deadline.due_on, calendar) == number


@given(rules(), moments, calendars, st.lists(pauses, max_size=3))
def test_counted_and_skipped_days_together_are_all_days(rule, start, calendar, stopped):
    deadline = due(rule, start, calendar, stopped, zone=WITA)
    if rule.unit != Unit.HOUR:
        assert (deadline.due_on - deadline.starts_on).days == rule.number + len(deadline.skipped)
        assert deadline.due_on not in {skipped.on for skipped in deadline.skipped}
    else:
        assert deadline.due_at - start == timedelta(hours=rule.number) + deadline.paused_for


@given(numbers, moments, calendars)
def test_a_deadline_in_working_days_falls_on_a_working_day(number, start, calendar):
    due_on = due(working(number), start, calendar, zone=WITA).due_on
    assert due_on.weekday() < 5
    assert due_on not in calendar.by_date


@given(dates, dates, dates, calendars)
def test_working_days_between_add_up(one, two, three, calendar):
    whole = working_days_between(one, three, calendar)
    assert whole == working_days_between(one, two, calendar) + working_days_between(two, three, calendar)
