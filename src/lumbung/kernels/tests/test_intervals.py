"""Intervals of a share and of a survival curve: published examples, and what must hold for every count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels.intervals import survival_band, wilson_interval


@pytest.mark.parametrize(
    ("kept", "counted", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_examples_of_newcombe_1998_table_1_method_3_come_out(kept, counted, low, high):
    found = wilson_interval(kept, counted)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_and_the_interval_between_0_and_1(counts):
    kept, counted = counts
    found = wilson_interval(kept, counted)
    assert 0 <= found.low <= kept / counted + 1e-12
    assert kept / counted - 1e-12 <= found.high <= 1


@pytest.mark.parametrize(("kept", "counted"), [(0, 0), (-1, 4), (5, 4)])
def test_counts_that_are_no_share_are_refused(kept, counted):
    with pytest.raises(ValueError, match="expected"):
        wilson_interval(kept, counted)


# Freireich et al. 1963, 6-MP group of 21 (weeks 6, 7, 10, 13): the log(-log) limits SAS PROC LIFETEST and R print.
FREIREICH = [(21, 3), (17, 1), (15, 1), (12, 1)]
LIMITS = [(0.6197, 0.9516), (0.5631, 0.9228), (0.5032, 0.8894), (0.4316, 0.8491)]


def test_the_band_of_the_6_mp_group_agrees_with_published_limits():
    found = [(sure.low, sure.high) for sure in survival_band(FREIREICH)]
    assert found == [pytest.approx(limits, abs=5e-5) for limits in LIMITS]


def test_a_curve_at_1_or_at_0_has_no_band():
    assert survival_band([(5, 0), (5, 5)]) == [None, None]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_band_holds_the_estimate_and_stays_between_0_and_1(step):
    at_risk, ended = step
    for sure in filter(None, survival_band([step])):
        assert 0 <= sure.low <= 1 - ended / at_risk <= sure.high <= 1


@pytest.mark.parametrize("step", [(0, 0), (3, 4), (3, -1)])
def test_more_ends_than_were_at_risk_are_refused(step):
    with pytest.raises(ValueError, match="at risk"):
        survival_band([step])
