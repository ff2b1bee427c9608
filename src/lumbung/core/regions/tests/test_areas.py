"""The indicative areas: complete, valid, and right for places everybody knows."""

import csv
import json
import math
from datetime import UTC, datetime

import pytest
import shapely
from shapely.geometry import shape

from lumbung.core.base.errors import Refused
from lumbung.core.regions import actions, areas, queries

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)

# Public town coordinates; checked by regency, since the areas are approximate.
PLACES = [
    ("Mataram", -8.583, 116.116, "52.71"),
    ("Taliwang", -8.74, 116.85, "52.07"),
    ("Maluk", -8.90, 116.75, "52.07"),
    ("Sumbawa Besar", -8.49, 117.42, "52.04"),
    ("Bima", -8.46, 118.73, "52.72"),
    ("Dompu", -8.54, 118.46, "52.05"),
    ("Praya", -8.71, 116.27, "52.02"),
    ("Selong", -8.65, 116.53, "52.03"),
    ("Tanjung", -8.35, 116.15, "52.08"),
    ("Gerung", -8.683, 116.125, "52.01"),
    ("Kuta Mandalika", -8.892, 116.278, "52.02"),
    ("Gili Trawangan", -8.349, 116.037, "52.08"),
    ("Sape", -8.567, 118.983, "52.06"),
    ("Pulau Moyo", -8.23, 117.56, "52.04"),
]


@pytest.mark.parametrize(("name", "latitude", "longitude", "regency"), PLACES)
def test_known_places_lie_in_their_regency(name, latitude, longitude, regency):
    assert areas.district_code_at(latitude, longitude)[:5] == regency


def tree_codes(level):
    with (areas.FOLDER / "ntb.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(file) if row["level"] == level}


@pytest.mark.parametrize("level", ["district", "regency"])
def test_every_region_of_the_level_has_exactly_one_valid_area(level):
    found = [area.code for area in areas.areas(level)]
    assert sorted(found) == sorted(tree_codes(level))
    assert all(drawn.is_valid and not drawn.is_empty for drawn in shapes(level).values())


def test_areas_leave_no_gap_and_do_not_overlap():
    districts = shapes("district")
    union = shapely.union_all(list(districts.values()))
    assert math.isclose(sum(area.area for area in districts.values()), union.area, rel_tol=1e-6)
    land = shapely.union_all(list(shapes("regency").values()))
    assert shapely.symmetric_difference(union, land).area < 1e-6
    assert 19_000 < union.area * 12_166 < 20_500  # km2; the ministry says about 19,700


def test_area_files_are_small_enough_for_a_phone():
    for name in areas.FILES.values():
        assert (areas.FOLDER / name).stat().st_size < 150_000


def test_the_middle_of_an_area_is_found_in_it():
    with (areas.FOLDER / "ntb-points.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if len(row["code"]) == 8]
    assert len(rows) == 117
    for row in rows:
        assert areas.district_code_at(float(row["latitude"]), float(row["longitude"])) == row["code"]


def test_ray_casting_agrees_with_shapely_on_a_grid():
    districts = shapes("district")
    for row in range(40):
        for column in range(60):
            latitude, longitude = -9.1 + row * 0.0277, 115.8 + column * 0.0583
            inside = [code for code, area in districts.items() if area.contains(shapely.Point(longitude, latitude))]
            if inside:
                assert areas.district_code_at(latitude, longitude) == inside[0]


@pytest.mark.parametrize(
    ("latitude", "longitude", "problem"),
    [
        (116.116, -8.583, "swapped"),
        (0.0, 0.0, "zero"),
        (math.nan, 116.0, "not-a-number"),
        (-8.5, math.inf, "not-a-number"),
        (-6.2, 106.8, "outside"),  # Jakarta
        (-8.65, 115.22, "outside"),  # Denpasar
        (-8.2, 116.75, "outside"),  # the sea between, inside the box
        (91.0, 200.0, "outside"),
    ],
)
def test_a_point_that_is_no_place_is_refused_with_its_reason(latitude, longitude, problem):
    with pytest.raises(Refused) as refusal:
        queries.district_of_point(latitude, longitude)
    assert refusal.value.code == f"point-{problem}"
    assert refusal.value.field == "latitude"


def test_a_jetty_near_the_shore_is_a_place():
    assert areas.district_code_at(-8.49, 116.03) == "52.01.14"  # off Senggigi


@pytest.mark.django_db
def test_region_at_gives_the_district():
    actions.load_regions(now=NOW)
    assert queries.region_at(-8.745, 116.853).code == "52.07.02"
    assert queries.region_at(0, 0) is None


def shapes(level):
    return {area.code: shape(json.loads(area.feature)["geometry"]) for area in areas.areas(level)}


def test_a_point_near_an_indicative_border_counts_for_both_regencies():
    latitude, longitude = -8.75, 117.05
    assert areas.district_code_at(latitude, longitude) == "52.07.05"
    assert areas.is_near("52.07", latitude, longitude)
    assert areas.is_near("52.04", latitude, longitude)
    assert areas.is_near("52", latitude, longitude)
    assert not areas.is_near("52.01", latitude, longitude)
