"""Circles of a map never cover each other, hold every row, and names are written on nothing that is taken."""

import itertools
import math
import random
import re

from lumbung.core.web import charts
from lumbung.core.web.charts import crowding, spots

SHEET = charts.Sheet((115.8, -9.1, 119.3, -8.1), 860.0, 560.0, 90)


def square(name, west, south, side, url=""):
    east, north = west + side, south + side
    return charts.Outline(name, (((west, south), (east, south), (east, north), (west, north), (west, south)),), url)


def test_no_circle_covers_another_and_none_of_the_rows_is_lost():
    chance = random.Random(7)
    for size in (3, 400, 3000):
        points = [(chance.uniform(115.9, 119.2), chance.gauss(-8.6, 0.1), chance.randint(1, 40)) for _n in range(size)]
        total = sum(count for _x, _y, count in points)
        marks = spots.put_together(points, SHEET)
        assert len(marks) <= SHEET.most
        assert sum(mark.count for mark in marks) == total
        assert sorted(place for mark in marks for place in mark.members) == list(range(size))
        for one, other in itertools.combinations(marks, 2):
            room = spots.radius_of(one.count, total) + spots.radius_of(other.count, total)
            assert math.hypot(one.x - other.x, one.y - other.y) > room


def test_names_stand_on_their_own_area_clear_of_circles_and_the_drawing_leads_nearer():
    areas = (square("Kiri", 116.0, -8.9, 0.5, "?area=52.01"), square("Kanan", 117.0, -8.9, 0.5))
    data = charts.SpotMap(
        "Jembatan", "F", SHEET, areas, (charts.Spot("Kiri", 116.25, -8.65, 12, "?box=1"),), ("a", "b", "c", "d")
    )
    chart = charts.spot_map(data)
    assert chart.svg.count('class="place"') == 2
    assert 'href="?area=52.01" tabindex="-1"' in chart.svg
    at = re.search(r'<text x="([\d.]+)" y="([\d.]+)" class="place"[^>]*>Kiri', chart.svg)
    circle = re.search(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', chart.svg)
    assert abs(float(at[2]) - 4 - float(circle[2])) >= float(circle[3])
    assert "km</text>" in chart.svg


def test_a_ring_is_cut_at_the_edge_of_the_drawing():
    assert crowding.clipped([(-5, -5), (5, -5), (5, 5), (-5, 5)], 10, 10) == [(0, 0), (5, 0), (5, 5), (0, 5)]
    assert crowding.clipped([(20, 20), (30, 20), (30, 30)], 10, 10) == []
