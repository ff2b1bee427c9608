"""What the rest of the house reads from the calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from lumbung.core.base.errors import NotFound
from lumbung.core.calendar import actions, queries
from lumbung.core.calendar.models import CalendarDay, DeadlineRule
from lumbung.core.calendar.tests.cast import NOW
from lumbung.kernels.deadlines import CautionKind, Rule, Unit, due
from lumbung.kernels.tests.golden import rows_of

pytestmark = pytest.mark.django_db

WITA = ZoneInfo("Asia/Makassar")


def rule(**fields):
    given = {
        "key": "finish",
        "applies_to": "reports",
        "number": 14,
        "unit": "working_day",
        "counts_collective_leave": False,
        "starts_with": "receipt",
        "legal_source": "SIPPN",
        "needs_confirmation": False,
        "valid_from": date(2020, 1, 1),
    }
    return DeadlineRule.objects.create(**{**given, **fields})


def day(**fields):
    given = {"on": date(2026, 3, 19), "kind": "public_holiday", "name_id": "Nyepi", "name_en": "Day of Silence"}
    return CalendarDay.objects.create(**{**given, "source": "SKB", "changed_at": NOW, **fields})


@pytest.mark.parametrize("counted", ["skipped", "counted"])
def test_stored_rules_and_seeded_days_give_the_golden_dates(counted):
    actions.seed_from_library(years=[2026, 2027], now=NOW)
    calendar = queries.calendar_between(date(2026, 1, 1), date(2027, 12, 31))
    for row in rows_of("deadlines.csv"):
        if row["collective_leave"] != counted or "+" in row["working_days"]:
            continue
        stored = DeadlineRule(
            key="x", number=int(row["working_days"]), unit="working_day", counts_collective_leave=counted == "counted"
        )
        received = datetime.fromisoformat(row["received_at"])
        found = due(queries.as_kernel_rule(stored), received, calendar, zone=WITA)
        assert found.due_on.isoformat() == row["due_on"], row


def test_the_calendar_is_one_query(django_assert_num_queries):
    actions.seed_from_library(years=[2026], now=NOW)
    with django_assert_num_queries(1):
        queries.calendar_between(date(2026, 3, 1), date(2026, 12, 31))


def test_a_year_with_holidays_but_no_collective_leave_has_no_decree_yet():
    actions.seed_from_library(years=[2027, 2028], now=NOW)
    calendar = queries.calendar_between(date(2027, 1, 1), date(2028, 12, 31))
    assert (calendar.known_years, calendar.decreed_years) == ({2027, 2028}, {2027})


def test_a_deadline_that_runs_past_the_calendar_says_so():
    actions.seed_from_library(years=[2026], now=NOW)
    calendar = queries.calendar_between(date(2026, 12, 1), date(2026, 12, 31))
    three = queries.as_kernel_rule(rule(number=3))
    cautions = due(three, datetime(2026, 12, 30, 9, tzinfo=WITA), calendar, zone=WITA).cautions
    assert [(c.kind, c.year) for c in cautions] == [(CautionKind.YEAR_UNKNOWN, 2027)]


def test_names_follow_the_language():
    day()
    with translation.override("en"):
        assert queries.calendar_between(date(2026, 1, 1), date(2026, 1, 1)).days_off[0].name == "Day of Silence"
    with translation.override("id"):
        assert queries.calendar_between(date(2026, 1, 1), date(2026, 1, 1)).days_off[0].name == "Nyepi"


def test_a_removed_day_is_neither_listed_nor_found():
    removed = day(removed_at=NOW)
    assert (queries.days_of_year(2026), queries.years_listed()) == ([], [])
    with pytest.raises(NotFound):
        queries.day_in_force(removed.pk)


def test_hours_and_calendar_days_skip_nothing():
    stored = rule(unit="hour", number=24, counts_collective_leave=True)
    assert queries.as_kernel_rule(stored) == Rule("finish", 24, Unit.HOUR, legal_source="SIPPN")


def test_a_rule_that_names_class_and_urgency_goes_before_one_for_any():
    rule(number=1)
    rule(number=2, urgency="urgent")
    rule(number=3, subject_class="complaint")
    rule(number=4, subject_class="complaint", urgency="urgent")

    def number(**place):
        return queries.rule_in_force("reports", "finish", on=date(2026, 3, 1), **place).number

    assert number() == 1
    assert number(urgency="urgent", subject_class="aspiration") == 2
    assert number(urgency="ordinary", subject_class="complaint") == 3
    assert number(urgency="urgent", subject_class="complaint") == 4


def test_the_rule_of_a_day_is_the_one_in_force_that_day():
    rule(number=14, valid_to=date(2025, 12, 31))
    rule(number=10, valid_from=date(2026, 1, 1))
    assert queries.rule_in_force("reports", "finish", on=date(2025, 12, 31)).number == 14
    assert queries.rule_in_force("reports", "finish", on=date(2026, 1, 1)).number == 10
    assert queries.rule_in_force("reports", "finish", on=date(2019, 1, 1)) is None
    assert [r.number for r in queries.rules_of("reports", on=date(2026, 1, 1))] == [10]


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"number": 0}, "deadline_rule_has_a_number_of_1_or_more"),
        ({"unit": "week"}, "deadline_rule_counts_in_a_known_unit"),
        ({"unit": "hour"}, "only_working_day_rules_skip_collective_leave"),
        ({"valid_to": date(2019, 1, 1)}, "deadline_rule_ends_on_or_after_it_begins"),
        ({"legal_source": ""}, "deadline_rule_has_a_source_and_a_start"),
    ],
)
def test_the_database_refuses_a_rule_that_breaks(broken, constraint):
    fields = {"counts_collective_leave": True} if broken.get("unit") == "week" else {}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rule(**{**fields, **broken})


def test_the_database_refuses_the_same_rule_twice_from_one_day():
    rule()
    with pytest.raises(IntegrityError), transaction.atomic():
        rule()


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"kind": "weekend"}, "calendar_day_is_a_holiday_or_collective_leave"),
        ({"name_en": ""}, "calendar_day_has_both_names_and_a_source"),
        ({"source": ""}, "calendar_day_has_both_names_and_a_source"),
    ],
)
def test_the_database_refuses_a_day_that_breaks(broken, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        day(**broken)


def test_the_database_refuses_the_same_day_and_kind_twice():
    day()
    with pytest.raises(IntegrityError), transaction.atomic():
        day()
