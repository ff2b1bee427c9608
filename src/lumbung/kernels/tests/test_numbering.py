"""Numbers are all different, fill their block, and do not tell their order."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels.numbering import BLOCK, scattered

KEY = b"k" * 32


def numbers(first: int, last: int, *, key: bytes = KEY, scope: str = "ntb:2026") -> list[int]:
    return [scattered(count, key=key, scope=scope) for count in range(first, last + 1)]


def test_a_whole_block_is_used_up_without_gap_or_twin():
    assert sorted(numbers(1, 2 * BLOCK)) == list(range(1, 2 * BLOCK + 1))


def test_the_second_block_begins_where_the_first_ends():
    assert min(numbers(BLOCK + 1, 2 * BLOCK)) == BLOCK + 1


def test_neighbours_in_time_are_not_neighbours_in_number():
    given_out = numbers(1, BLOCK)
    adjacent = sum(1 for one, other in itertools.pairwise(given_out) if abs(one - other) == 1)
    assert adjacent < BLOCK / 50


def test_order_of_arrival_and_of_numbers_are_unrelated():
    given_out = numbers(1, BLOCK)
    rising = sum(1 for one, other in itertools.pairwise(given_out) if other > one)
    assert 0.4 * BLOCK < rising < 0.6 * BLOCK


def test_another_key_or_another_scope_gives_another_order():
    assert numbers(1, 20) != numbers(1, 20, key=b"x" * 32)
    assert numbers(1, 20) != numbers(1, 20, scope="ksb:2026")


@given(st.integers(1, 10**6))
def test_a_number_is_the_same_whenever_it_is_asked_for(count):
    assert scattered(count, key=KEY, scope="ntb:2026") == scattered(count, key=KEY, scope="ntb:2026")


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="count is 0"):
        scattered(0, key=KEY, scope="ntb:2026")
