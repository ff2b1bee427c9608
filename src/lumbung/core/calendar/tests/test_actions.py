"""Seeding and editing: the library never undoes a person, and every change is an event."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base.errors import NotFound, NotPermitted, Refused
from lumbung.core.calendar import actions, library, queries
from lumbung.core.calendar.models import CalendarDay, DeadlineRule
from lumbung.core.calendar.tests.cast import NOW, keeper, outsider
from lumbung.core.events.queries import history_of
from lumbung.kernels.deadlines import DayKind
from lumbung.kernels.tests.golden import rows_of

pytestmark = pytest.mark.django_db

NYEPI = date(2026, 3, 19)
LATER = NOW + timedelta(days=1)
HOLIDAY, LEAVE = DayKind.PUBLIC_HOLIDAY.value, DayKind.COLLECTIVE_LEAVE.value


def seed(*years):
    return actions.seed_from_library(years=years or [2026], now=NOW)


def add(by, **fields):
    given = {
        "on": date(2026, 9, 17),
        "kind": HOLIDAY,
        "name_id": "Hari Pemilihan",
        "name_en": "Election Day",
        "source": "Keppres 1/2026",
        "is_estimated": False,
    }
    return actions.add_day(**{**given, **fields}, by=by, now=NOW)


def change(day, by, **fields):
    given = {"name_id": "Nyepi", "name_en": "Nyepi", "source": "SKB 2026", "is_estimated": False}
    return actions.change_day(day_id=day.pk, **{**given, **fields}, by=by, now=NOW)


def nyepi():
    return CalendarDay.objects.get(on=NYEPI)


def test_2026_has_17_holidays_and_8_days_of_collective_leave_as_the_joint_decree():
    seed(2026)
    kinds = [day.kind for day in queries.days_of_year(2026)]
    assert (kinds.count(HOLIDAY), kinds.count(LEAVE)) == (17, 8)


def test_seeded_days_equal_the_golden_days():
    seed(2026, 2027)
    weekdays = {(d.on.isoformat(), d.kind) for d in queries.days_in_force() if d.on.weekday() < 5}
    golden = {(row["on"], row["kind"]) for row in rows_of("days_off.csv")}
    assert {place for place in weekdays if place[0] <= "2027-03-31"} == {
        place for place in golden if date.fromisoformat(place[0]).weekday() < 5
    }


def test_the_three_days_that_follow_the_moon_are_estimated_in_2027():
    seed(2027)
    estimated = [day for day in queries.days_of_year(2027) if day.is_estimated]
    assert [day.on.isoformat() for day in estimated] == ["2027-03-10", "2027-03-11", "2027-05-17"]
    assert not any("perkiraan" in day.name_id or "estimated" in day.name_en for day in estimated)


def test_seeding_twice_changes_nothing():
    before = len(history_of("calendar_year", "2026"))
    assert seed() == 25
    assert seed() == 0
    assert [entry.key for entry in history_of("calendar_year", "2026")[before:]] == ["calendar.year_seeded"]


def test_seeding_keeps_what_a_person_changed():
    seed()
    change(nyepi(), keeper(), name_id="Nyepi Tahun Baru Saka 1948")
    seed()
    assert nyepi().name_id == "Nyepi Tahun Baru Saka 1948"


def test_seeding_does_not_bring_back_what_a_person_removed():
    seed()
    actions.remove_day(day_id=nyepi().pk, source="SKB diubah", by=keeper(), now=NOW)
    seed()
    assert nyepi().removed_at is not None


def test_a_corrected_library_moves_its_own_estimate_and_says_so():
    seed()
    moved = [
        replace(day, on=NYEPI + timedelta(days=8)) if day.on == NYEPI else day for day in library.days_of_year(2026)
    ]
    assert actions.seed_from_library(years=[2026], now=LATER, known_days=lambda _year: moved) == 2
    assert nyepi().removed_at is not None
    told = [(entry.data["before"], entry.data["after"]) for entry in history_of("calendar_year", "2026")[-2:]]
    assert told == [("", "Hari Suci Nyepi"), ("Hari Suci Nyepi", "")]


def test_a_corrected_library_leaves_a_persons_day_alone():
    seed()
    add(keeper())
    actions.seed_from_library(years=[2026], now=LATER, known_days=lambda _year: [])
    assert [day.name_id for day in queries.days_of_year(2026)] == ["Hari Pemilihan"]


def test_a_day_added_by_the_keeper_is_in_the_calendar_and_in_the_log():
    by = keeper()
    day = add(by)
    entry = history_of("calendar_year", "2026")[-1]
    assert queries.calendar_between(day.on, day.on).by_date[day.on][0].name == "Hari Pemilihan"
    assert (entry.key, entry.role, entry.data["after"]) == ("calendar.day_changed", "calendar_keeper", "Hari Pemilihan")
    assert day.added_by == by.account


def test_a_date_listed_already_is_refused_beside_the_field():
    by = keeper()
    add(by)
    with pytest.raises(Refused) as refused:
        add(by)
    assert (refused.value.code, refused.value.field) == ("calendar-day-already-listed", "on")


def test_a_date_may_be_holiday_and_collective_leave_at_once():
    by = keeper()
    add(by)
    add(by, kind=LEAVE)
    assert len(queries.days_of_year(2026)) == 2


def test_a_removed_day_comes_back_when_it_is_added_again():
    by = keeper()
    day = add(by)
    actions.remove_day(day_id=day.pk, source="Keliru", by=by, now=NOW)
    assert queries.days_of_year(2026) == []
    assert add(by).pk == day.pk
    assert len(queries.days_of_year(2026)) == 1


def test_a_removed_day_can_be_neither_changed_nor_removed_again():
    by = keeper()
    day = add(by)
    actions.remove_day(day_id=day.pk, source="Keliru", by=by, now=NOW)
    with pytest.raises(NotFound):
        change(day, by)
    with pytest.raises(NotFound):
        actions.remove_day(day_id=day.pk, source="Keliru", by=by, now=NOW)


@pytest.mark.parametrize("who", [lambda: NOBODY, outsider], ids=["guest", "outsider"])
def test_nobody_without_the_verb_writes_to_the_calendar(who):
    seed()
    by = who()
    before = list(CalendarDay.objects.values())
    for write in (
        lambda: add(by),
        lambda: change(nyepi(), by),
        lambda: actions.remove_day(day_id=nyepi().pk, source="x", by=by, now=NOW),
    ):
        with pytest.raises(NotPermitted):
            write()
    assert list(CalendarDay.objects.values()) == before


HEADER = ",".join(actions.RULE_COLUMNS)


def rules_file(tmp_path, *rows):
    lines = [",".join(str(row[column]) for column in actions.RULE_COLUMNS) for row in rows]
    path = tmp_path / "rules.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def rule_row(**columns):
    return {
        "key": "first_answer",
        "subject_class": "",
        "urgency": "",
        "valid_from": "2020-01-01",
        "unit": "working_day",
        "starts_with": "receipt",
        "pauses": "needs_more",
        "legal_source": "KemenPANRB 2018",
        "checked_by": "",
        "number": 3,
        "counts_collective_leave": "no",
        "needs_confirmation": "yes",
        **columns,
    }


def load(tmp_path, *rows):
    return actions.load_rules(applies_to="reports", path=rules_file(tmp_path, *rows), now=NOW)


def test_loading_rules_twice_leaves_the_same_rules(tmp_path):
    for _ in range(2):
        assert load(tmp_path, rule_row(), rule_row(valid_from="2026-01-01", number=5)) == 2
    dated = DeadlineRule.objects.values_list("number", "valid_from", "valid_to")
    assert list(dated) == [(3, date(2020, 1, 1), date(2025, 12, 31)), (5, date(2026, 1, 1), None)]


def test_loading_an_older_rule_later_does_not_reopen_it(tmp_path):
    load(tmp_path, rule_row(valid_from="2026-01-01", number=5))
    load(tmp_path, rule_row())
    assert DeadlineRule.objects.get(number=3).valid_to == date(2025, 12, 31)


def test_a_rule_that_says_neither_yes_nor_no_is_refused(tmp_path):
    with pytest.raises(ValueError, match="expected yes or no"):
        load(tmp_path, rule_row(needs_confirmation="maybe"))
    assert not DeadlineRule.objects.exists()
