"""Hidden cells can be known as closely as every table says that agrees with what is published, and no closer."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.kernels import margins
from lumbung.kernels.recovery import Puzzle, Range, ranges

VILLAGES = {"all": "", "north": "all", "south": "all", "n1": "north", "n2": "north", "s1": "south"}
TOPICS = {"every": "", "road": "every", "water": "every"}
CELLS = margins.layout((VILLAGES, TOPICS))
FINEST = list(product(("n1", "n2", "s1"), ("road", "water")))


def counted(numbers):
    return margins.filled(CELLS, (VILLAGES, TOPICS), dict(zip(FINEST, numbers, strict=True)))


def place(*key):
    return CELLS.keys.index(key)


def test_every_total_is_the_sum_of_its_parts():
    counts = counted([1, 2, 3, 4, 5, 6])
    assert counts[place("north", "road")] == 4
    assert counts[place("all", "every")] == 21
    assert all(counts[whole] == sum(counts[part] for part in parts) for whole, parts in CELLS.sums)


@pytest.mark.parametrize(
    ("hierarchy", "says"),
    [
        ({"a": "", "b": ""}, "2 codes are the whole"),
        ({"a": "", "b": "lost"}, "parts of nothing known"),
        ({"a": "", "b": "c", "c": "b"}, "part of itself"),
    ],
)
def test_a_hierarchy_has_one_whole_and_no_lost_part(hierarchy, says):
    with pytest.raises(ValueError, match=says):
        margins.layout([hierarchy])


def test_only_the_finest_codes_are_counted():
    with pytest.raises(ValueError, match="finest"):
        margins.filled(CELLS, (VILLAGES, TOPICS), {("north", "road"): 3})


def test_one_hidden_cell_of_a_line_is_recovered_by_subtraction():
    counts = list(counted([9, 9, 2, 9, 9, 9]))
    counts[place("n2", "road")] = None
    assert ranges(Puzzle(tuple(counts), CELLS.sums)) == {place("n2", "road"): Range(2, 2)}


def test_two_hidden_cells_whose_sum_is_nought_are_recovered_because_nothing_is_below_nought():
    sums = ((0, (1, 2, 3)),)
    assert ranges(Puzzle((7, 7, None, None), sums)) == {2: Range(0, 0), 3: Range(0, 0)}


def test_what_no_table_agrees_with_is_an_error_and_not_an_answer():
    with pytest.raises(ValueError, match="no table"):
        ranges(Puzzle((3, 5, None), ((0, (1, 2)),)))


SMALL = ({"all": "", "north": "all", "n1": "north", "n2": "north"}, TOPICS)
SMALL_CELLS = margins.layout(SMALL)
SMALL_FINEST = list(product(("n1", "n2"), ("road", "water")))


def every_table(total):
    for a, b, c in product(range(total + 1), repeat=3):
        if a + b + c <= total:
            yield margins.filled(SMALL_CELLS, SMALL, dict(zip(SMALL_FINEST, (a, b, c, total - a - b - c), strict=True)))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=4, max_size=4), st.sets(st.integers(1, len(SMALL_CELLS.keys) - 1), min_size=1)
)
def test_ranges_are_those_of_every_whole_table_tried_one_by_one(numbers, hidden):
    counts = margins.filled(SMALL_CELLS, SMALL, dict(zip(SMALL_FINEST, numbers, strict=True)))
    shown = {cell: count for cell, count in enumerate(counts) if cell not in hidden}
    agreeing = [table for table in every_table(sum(numbers)) if all(table[cell] == shown[cell] for cell in shown)]
    puzzle = Puzzle(tuple(shown.get(cell) for cell in range(len(counts))), SMALL_CELLS.sums)
    for cell, found in ranges(puzzle).items():
        values = [table[cell] for table in agreeing]
        assert (found.low, found.high) == (min(values), max(values))
