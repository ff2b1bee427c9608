"""The synthetic reports keep their promises: repeatable, believable, legal, and about nobody."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest

from lumbung.modules.reports.demo.categories import categories
from lumbung.modules.reports.demo.generator import generate
from lumbung.modules.reports.demo.offices import NAMES
from lumbung.modules.reports.demo.problems import problems
from lumbung.modules.reports.demo.reports import MOVES, WITA, DemoReport, state_after
from lumbung.modules.reports.demo.rhythm import RAINY_MONTHS

UNTIL = datetime(2026, 11, 24, 12, tzinfo=WITA)
VILLAGES = [
    (f"{regency}.{district:02}.{kind}{number:03}", f"{name} {part}")
    for regency, name in (("52.07", "Contoh"), ("52.01", "Umpama"), ("52.06", "Misal"))
    for district, part in ((1, "Timur"), (2, "Barat"), (3, "Tengah"))
    for kind, number in ((1, 1), (2, 2), (2, 3), (2, 4))
]
CHANNELS = {"counter", "phone", "whatsapp", "social_media", "forum", "web", "kader"}
HONORIFIC_AND_NAME = re.compile(r"\b(?:Bapak|Ibu|Pak|Bu|Haji|H\.|Hj\.|Lalu|Baiq|Tuan Guru) [A-Z][a-z]+")


@pytest.fixture(scope="module")
def reports() -> list[DemoReport]:
    return list(generate(seed=7, count=3000, until=UNTIL, villages=VILLAGES))


def share(reports, rule) -> float:
    return sum(1 for report in reports if rule(report)) / len(reports)


def test_the_same_seed_gives_the_same_reports():
    first = list(generate(seed=3, count=120, until=UNTIL, villages=VILLAGES))
    assert first == list(generate(seed=3, count=120, until=UNTIL, villages=VILLAGES))
    assert first != list(generate(seed=4, count=120, until=UNTIL, villages=VILLAGES))


@pytest.mark.parametrize("count", [0, 1, 2, 5, 46])
def test_it_gives_as_many_as_asked(count):
    assert len(list(generate(seed=1, count=count, until=UNTIL, villages=VILLAGES[:1]))) == count


def test_a_time_without_zone_and_an_empty_region_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        list(generate(seed=1, count=1, until=datetime(2026, 1, 1), villages=VILLAGES))  # noqa: DTZ001
    with pytest.raises(ValueError, match="villages is empty"):
        list(generate(seed=1, count=1, until=UNTIL, villages=[]))


def test_every_story_is_legal_chronological_and_ends_before_until(reports):
    for report in reports:
        state_after(report.steps)
        moments = [report.received_at, *(step.at for step in report.steps), UNTIL]
        assert moments == sorted(moments)


def test_reports_come_in_order_within_three_years(reports):
    received = [report.received_at for report in reports]
    assert received == sorted(received)
    assert received[0] > UNTIL - timedelta(days=3 * 365 + 2)
    assert [report.sequence for report in reports] == list(range(1, 3001))


def test_every_kind_of_step_happens(reports):
    assert {step.kind for report in reports for step in report.steps} == set(MOVES)


def test_texts_do_not_look_copied(reports):
    assert len({report.original_text for report in reports}) / len(reports) > 0.95


def test_no_slot_is_left_open(reports):
    for report in reports:
        said = [
            report.title,
            report.original_text,
            report.public_title,
            report.public_text,
            *(s.note for s in report.steps),
        ]
        assert not re.search(r"[{}]|  |\bDesa Desa\b|\bdesa Desa\b", " ".join(text for text in said if text))


def test_one_report_in_ten_repeats_a_neighbours(reports):
    by_number = {report.sequence: report for report in reports}
    twins = [report for report in reports if report.same_problem_as]
    assert 0.08 < len(twins) / len(reports) < 0.12
    for twin in twins:
        first = by_number[twin.same_problem_as]
        assert (first.category_key, first.village_code) == (twin.category_key, twin.village_code)
        assert timedelta(0) <= twin.received_at - first.received_at < timedelta(days=11)


def test_the_form_is_not_the_main_intake(reports):
    assert {report.channel for report in reports} == CHANNELS
    assert share(reports, lambda report: report.channel == "web") < 0.2
    assert all(report.entered_on_behalf == (report.channel != "web") for report in reports)


def test_more_than_half_arrive_outside_office_hours(reports):
    assert 0.5 < share(reports, lambda r: r.received_at.weekday() > 4 or not 8 <= r.received_at.hour < 16) < 0.75


def test_the_counter_is_open_in_office_hours_only(reports):
    for report in reports:
        if report.channel == "counter":
            assert report.received_at.weekday() < 5
            assert 8 <= report.received_at.hour < 16


def test_the_rainy_season_brings_more_and_the_years_grow(reports):
    rainy = share(reports, lambda report: report.received_at.month in RAINY_MONTHS)
    assert rainy > 5 / 12 * 1.15
    recent = share(reports, lambda report: report.received_at > UNTIL - timedelta(days=365))
    assert recent > 1 / 3


def test_outcomes_keep_believable_shares(reports):
    ends = Counter(state_after(report.steps) for report in reports)
    assert 0.04 < ends["archived"] / len(reports) < 0.1
    assert 0.03 < ends["handed_out"] / len(reports) < 0.08
    assert ends["planned"] > 10
    assert ends["in_progress"] > 50
    assert 0.5 < (ends["finished"] + ends["confirmed"]) / len(reports) < 0.85


def test_about_six_in_ten_finish_in_time(reports):
    days = {"information": 7, True: 84, False: 20}
    on_time = counted = 0
    for report in reports:
        category = categories()[report.category_key]
        due = report.received_at + timedelta(days=days.get(category.klass, days[category.needs_inspection]))
        state = state_after(report.steps)
        if state in {"finished", "confirmed"}:
            counted += 1
            on_time += max(step.at for step in report.steps if step.kind == "finished") <= due
        elif state not in {"archived", "handed_out", "withdrawn"} and due < UNTIL:
            counted += 1
    assert 0.52 < on_time / counted < 0.7


def test_urgent_reports_are_verified_faster(reports):
    def median_hours(urgency):
        hours = sorted(
            (step.at - report.received_at).total_seconds() / 3600
            for report in reports
            if report.urgency == urgency and report.steps and (step := report.steps[0]).kind == "verified"
        )
        return hours[len(hours) // 2]

    assert median_hours("urgent") < median_hours("important") < median_hours("ordinary")


def test_ratings_come_only_after_the_end(reports):
    for report in reports:
        assert report.rating in {None, 1, 2, 3, 4}
        assert report.rating is None or state_after(report.steps) in {"finished", "confirmed"}


def test_forced_confidentiality_is_never_lifted_and_nothing_confidential_is_public(reports):
    for report in reports:
        category = categories()[report.category_key]
        assert report.is_confidential or not category.forced_confidential
        if report.is_confidential or not any(step.kind == "verified" for step in report.steps):
            assert (report.public_title, report.public_text) == ("", "")


def test_an_anonymous_report_names_no_place_finer_than_the_village(reports):
    for report in reports:
        if report.is_anonymous and report.landmark:
            assert f"di {report.landmark}" not in report.public_text
            assert f"di {report.landmark}" not in report.public_title
            assert report.reporter_name is None


def test_planted_numbers_cannot_be_real_and_never_reach_the_public(reports):
    long_digits = re.compile(r"\d(?:[ -]?\d){7,}")
    planted = [found for report in reports for found in long_digits.findall(report.original_text)]
    assert 0.03 < len(planted) / len(reports) < 0.07
    assert all(number.startswith(("9999", "0800")) for number in planted)
    assert not any(long_digits.search(report.public_text) for report in reports)


def test_nobody_is_named(reports):
    for report in reports:
        assert report.reporter_name is None or re.fullmatch(r"Pelapor Contoh \d{4}", report.reporter_name)
        assert not HONORIFIC_AND_NAME.search(report.original_text + report.public_text)


def test_every_category_has_something_to_say_and_an_office_to_go_to():
    assert {problem.category.key for problem in problems()} == set(categories())
    assert {problem.agency_kind for problem in problems()} <= set(NAMES)
    for category in categories().values():
        assert category.klass in {"complaint", "aspiration", "information"}
        assert category.urgency in {"urgent", "important", "ordinary"}
        assert category.forced_confidential == bool(category.receiver)
        assert category.receiver in {"", "inspectorate", "uptd_ppa", "district"}
