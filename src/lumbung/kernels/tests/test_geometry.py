"""Points in areas; by hand-worked examples and by properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels import geometry

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
HOLE = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]
NTB = geometry.Box(115.7, -9.2, 119.4, -8.0)


def test_a_point_in_a_hole_is_not_in_the_polygon():
    assert geometry.polygon_contains([SQUARE, HOLE], 3, 3)
    assert not geometry.polygon_contains([SQUARE, HOLE], 1.5, 1.5)
    assert not geometry.polygon_contains([SQUARE], 5, 1)


@given(st.floats(-1, 5), st.floats(-1, 9))
def test_neighbours_never_both_hold_a_point(latitude, longitude):
    east = [(lon + 4, lat) for lon, lat in SQUARE]
    held = geometry.ring_contains(SQUARE, latitude, longitude) + geometry.ring_contains(east, latitude, longitude)
    assert held <= 1
    if 0 < latitude < 4 and 0 < longitude < 8:
        assert held == 1


def test_a_ring_may_be_closed_or_open():
    assert geometry.ring_contains(SQUARE[:-1], 2, 2)


def test_distance_to_the_square():
    degree = geometry.KM_PER_DEGREE
    assert geometry.polygon_distance_km([SQUARE], -1, 2) == pytest.approx(degree, abs=1e-6)
    assert geometry.polygon_distance_km([SQUARE], 2, 2) == 0
    # 3 degrees south and 4 east of the corner, at latitude -3 a degree of longitude is cos 3° long
    expected = math.hypot(3 * degree, 4 * degree * math.cos(math.radians(3)))
    assert geometry.polygon_distance_km([SQUARE], -3, 8) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude", "problem"),
    [
        (-8.583, 116.116, None),
        (116.116, -8.583, "swapped"),
        (0, 0, "zero"),
        (math.nan, 116, "not-a-number"),
        (-8, -math.inf, "not-a-number"),
        (8.583, 116.116, "outside"),
        (-6.2, 106.8, "outside"),
    ],
)
def test_what_is_wrong_with_a_point(latitude, longitude, problem):
    assert geometry.point_problem(latitude, longitude, NTB) == problem


@pytest.mark.parametrize(
    ("typed", "value"),
    [("-8.7451", -8.7451), (" -8,7451 ", -8.7451), ("\N{MINUS SIGN}8.5", -8.5), ("116", 116.0), ("+1.5", 1.5)],
)
def test_coordinates_are_read_with_point_or_comma(typed, value):
    assert geometry.degrees_of(typed) == value


@pytest.mark.parametrize(
    "typed", ["", "nan", "inf", "1e5", "-8.7.1", "8°44'", "1,234.5", "-", "٨", "1" * 10_000, "\0", "1_0"]
)
def test_noise_is_not_a_number(typed):
    assert math.isnan(geometry.degrees_of(typed))


def test_box_of_nothing_is_an_error_that_names_the_argument():
    with pytest.raises(ValueError, match=r"bounds\.polygons"):
        geometry.bounds([])
