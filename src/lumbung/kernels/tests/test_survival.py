"""Kaplan-Meier: textbook data, the convention at exactly one half, and what must hold for any input."""

from datetime import date
from decimal import Decimal
from statistics import median_low

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lumbung.kernels.survival import STATES, Observation, kaplan_meier, median_days_to_finish
from lumbung.kernels.tests.golden import rows_of
from lumbung.kernels.tests.rows import report

AS_OF = "2026-04-30"


def textbook(data_set):
    rows = [row for row in rows_of("survival_times.csv") if row["data_set"] == data_set]
    return [Observation(Decimal(row["time"]), row["outcome"] == "ended") for row in rows]


def cases(text):
    """ "4 7+" is one case that ended after 4 days and one still open after 7."""
    return [Observation(Decimal(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


@pytest.mark.parametrize("row", rows_of("survival_medians.csv"), ids=lambda r: r["data_set"])
def test_textbook_median(row):
    curve = kaplan_meier(textbook(row["data_set"]))
    assert curve.median == Decimal(row["median"]), row["source"]
    assert (curve.ended, curve.censored) == (int(row["ended"]), int(row["censored"]))


def test_textbook_curve():
    curve = kaplan_meier(textbook("freireich_6mp"))
    steps = [(str(s.days), s.at_risk, s.ended, s.open.quantize(Decimal("0.0001"))) for s in curve.steps if s.ended]
    assert steps == [
        (row["time"], int(row["at_risk"]), int(row["ended"]), Decimal(row["open"]))
        for row in rows_of("survival_curve.csv")
    ]


def test_the_median_is_none_when_the_curve_stays_above_one_half():
    assert kaplan_meier(cases("3 5+ 5+ 5+")).median is None


def test_no_cases_give_no_median_and_no_steps():
    curve = kaplan_meier([])
    assert (curve.median, curve.steps) == (None, ())


def test_at_exactly_one_half_the_median_is_the_smallest_such_duration():
    assert kaplan_meier(cases("2 4 6 8")).median == 4


def test_a_case_censored_at_the_moment_another_ends_is_still_at_risk():
    step = kaplan_meier(cases("5 5+ 9")).steps[0]
    assert (step.at_risk, step.ended, step.censored, step.open) == (3, 1, 1, Decimal("0.666667"))


def test_a_negative_duration_is_refused():
    with pytest.raises(ValueError, match="expected 0 days or more"):
        Observation(Decimal(-1), ended=True)


def test_open_reports_are_censored_at_the_snapshot():
    rows = [report(state="finished", finished_on="2026-03-12"), report(state="assigned")]
    result = median_days_to_finish(rows, AS_OF)
    assert (result.value, result.finished, result.open) == (10, 1, 1)
    assert [(s.days, s.censored) for s in result.curve.steps] == [(10, 0), (59, 1)]


def test_a_reopened_report_is_open_since_its_receipt():
    row = report(state="in_progress", finished_on="2026-03-05", reopened_count="1")
    assert (median_days_to_finish([row], AS_OF).finished, median_days_to_finish([row], AS_OF).open) == (0, 1)


@pytest.mark.parametrize("state", ["archived", "handed_out", "withdrawn"])
def test_archived_handed_out_and_withdrawn_are_left_out_and_counted_beside(state):
    result = median_days_to_finish([report(state=state)], AS_OF)
    assert (result.finished, result.open, result.excluded[state]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (report(state="lost"), "state 'lost'"),
        (report(state="finished"), "finished_on is ''"),
        (report(state="finished", finished_on="2026-03-01"), "in this order"),
        (report(state="finished", finished_on="2026-05-01"), "in this order"),
        (report(received_on="2026-05-01"), "in this order"),
    ],
)
def test_a_row_that_cannot_be_read_names_the_report(row, names):
    with pytest.raises(ValueError, match=names) as error:
        median_days_to_finish([row], AS_OF)
    assert "NTB-2026-000001" in str(error.value)


durations = st.integers(0, 400).map(Decimal)
observations = st.lists(st.builds(Observation, durations, st.booleans()), max_size=40)


@given(st.lists(durations, min_size=1, max_size=40))
def test_without_open_cases_it_is_the_ordinary_lower_median(lengths):
    assert kaplan_meier([Observation(days, ended=True) for days in lengths]).median == median_low(lengths)


@given(observations)
def test_the_curve_never_rises_and_stays_between_zero_and_one(watched):
    shares = [Decimal(1), *(step.open for step in kaplan_meier(watched).steps), Decimal(0)]
    assert shares == sorted(shares, reverse=True)


@given(observations)
def test_every_case_is_at_risk_until_it_ends_or_is_last_seen(watched):
    for step in kaplan_meier(watched).steps:
        assert step.at_risk == sum(1 for case in watched if case.days >= step.days)


@given(observations, st.integers(0, 39))
def test_watching_an_open_case_longer_never_lowers_the_median(watched, index):
    assume(index < len(watched) and not watched[index].ended)
    longer = [*watched]
    longer[index] = Observation(watched[index].days + 30, ended=False)
    before, after = kaplan_meier(watched).median, kaplan_meier(longer).median
    assert after is None or (before is not None and after >= before)


@given(observations, st.integers(1, 9))
def test_repeating_every_case_changes_nothing(watched, times):
    assert kaplan_meier(watched * times).median == kaplan_meier(watched).median


@given(st.lists(st.tuples(st.sampled_from(sorted(STATES)), st.dates(date(2026, 3, 2), date(2026, 4, 30))), max_size=30))
def test_every_report_is_finished_open_or_told_beside(pairs):
    rows = [report(state=state, finished_on=day.isoformat()) for state, day in pairs]
    result = median_days_to_finish(rows, AS_OF)
    assert result.finished + result.open + sum(result.excluded.values()) == len(rows)
