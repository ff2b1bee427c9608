"""A table with coordinates is drawn as a map: every row is in a circle or said to be left out, none is cut."""

import pytest
from django.test import Client

from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.pages.charts import spots as pages
from lumbung.modules.open_data.queries import catalogue
from lumbung.modules.open_data.queries.charts import spots
from lumbung.modules.open_data.queries.charts.spots import Cluster
from lumbung.modules.open_data.tests import publishing

ROWS = ["J1,-8.5833,116.1167", "J2,-8.5833,116.1167", "J3,-8.7500,116.8500", "J4,,", "J5,-6.2000,106.8000"]
BRIDGES = "jembatan,lintang,bujur\n" + "\n".join(ROWS) + "\n"


@pytest.mark.django_db
def test_the_map_counts_every_row_and_says_which_it_does_not_show(people, tmp_path):
    release = publishing.published(people, tmp_path, text=BRIDGES)
    told = pages.spots_of(people.ntb, catalogue.tables_of(release)[0])
    assert told.chart.svg.count("<circle") == 2
    assert [row["count"] for row in told.chart.rows] == ["2", "1"]
    assert told.finding == "3 baris di 2 tempat."
    assert "Tanpa koordinat, tidak ada di peta: 1 baris." in told.notes
    assert "Di luar wilayah, tidak ada di peta: 1 baris." in told.notes
    for address in ("/ntb/data/panjang-jalan/", "/ntb/data/panjang-jalan/grafik/"):
        assert 'id="peta"' in Client().get(address).content.decode()


def test_clusters_are_few_enough_to_be_drawn_and_hold_every_row():
    points = [Cluster(-8.5 - place / 700, 116 + (place * 37 % 900) / 400, 1 + place % 3) for place in range(900)]
    found = spots.gathered(points)
    assert 30 < len(found) <= spots.MOST_DRAWN
    assert sum(each.count for each in found) == sum(each.count for each in points)


def test_a_table_without_both_coordinates_has_no_map():
    names = ["lintang", "bujur_timur", "longitude_x"]
    assert spots.coordinates([SchemaField(name, "number") for name in names]) is None
