"""The interval of a share: published examples, and what must hold for every count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels.intervals import wilson_interval


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
