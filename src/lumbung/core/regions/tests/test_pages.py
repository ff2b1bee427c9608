"""The small JSON documents behind maps and place fields."""

import json
from datetime import UTC, datetime

import pytest

from lumbung.core.regions import actions

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree():
    actions.load_regions(now=NOW)


def test_areas_of_a_regency_are_its_districts(client):
    answer = client.get("/wilayah/52.07/batas-district.json")
    assert answer.status_code == 200
    features = json.loads(answer.content)["features"]
    assert [feature["properties"]["code"] for feature in features] == [f"52.07.0{number}" for number in range(1, 9)]
    assert features[1]["properties"]["name"] == "Taliwang"


def test_areas_are_kept_by_the_browser_and_asked_for_by_fingerprint(client):
    first = client.get("/wilayah/52/batas-regency.json")
    assert "max-age=86400" in first["Cache-Control"]
    again = client.get("/wilayah/52/batas-regency.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_children_come_by_name_with_their_kind(client):
    children = client.get("/wilayah/52.07.02/anak.json").json()["children"]
    assert [child["name"] for child in children] == sorted(child["name"] for child in children)
    assert {child["kind"] for child in children} == {"desa", "kelurahan"}


def test_search_gives_the_whole_address(client):
    found = client.get("/wilayah/cari.json", {"q": "seteluk tengah"}).json()["regions"]
    assert found[0]["address"] == "Desa Seteluk Tengah, Kecamatan Seteluk, Kabupaten Sumbawa Barat"


def test_search_costs_two_queries_however_many_it_finds(client, django_assert_num_queries):
    client.get("/wilayah/cari.json", {"q": "x"})
    with django_assert_num_queries(2):
        assert len(client.get("/wilayah/cari.json", {"q": "a"}).json()["regions"]) == 20


@pytest.mark.parametrize(
    "address", ["5207/anak.json", "52.99/anak.json", "52/batas-village.json", "x/batas-regency.json"]
)
def test_unknown_regions_are_not_found(client, address):
    assert client.get(f"/wilayah/{address}").status_code == 404


def test_only_reading_is_allowed(client):
    assert client.post("/wilayah/cari.json").status_code == 405
