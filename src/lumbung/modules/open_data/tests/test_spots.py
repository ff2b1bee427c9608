"""A table with coordinates is drawn as a map: every row is in a circle or said to be left out; circles lead on."""

import html
import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.actions import withdrawing
from lumbung.modules.open_data.queries.charts import spots
from lumbung.modules.open_data.tests import publishing

ROWS = ["J1,-8.5833,116.1167", "J2,-8.5833,116.1167", "J3,-8.7500,116.8500", "J4,,", "J5,-6.2000,106.8000"]
NEAR = [f"K{number},{-8.70 - number / 1000:.4f},{117.40 + number / 900:.4f}" for number in range(12)]
BRIDGES = "jembatan,lintang,bujur\n" + "\n".join([*ROWS, *NEAR]) + "\n"
PAGE = "/ntb/data/panjang-jalan/"
FRAME = "/ntb/sematkan/panjang-jalan/peta/"


@pytest.fixture
def release(people, tmp_path):
    return publishing.published(people, tmp_path, text=BRIDGES)


def read(address, status=200):
    answer = Client().get(address)
    assert answer.status_code == status, address
    return html.unescape(" ".join(answer.content.decode().split()))


def wide(page):
    return re.search(r'<div class="on-wide-map">(.*?)</div>', page)[1]


@pytest.mark.django_db
def test_the_map_counts_every_row_says_which_it_does_not_show_and_names_the_regions(release):
    for address in (PAGE, f"{PAGE}grafik/", f"{PAGE}peta/"):
        page = read(address)
        assert "15 baris di 14 tempat." in page
        assert "Tanpa koordinat, tidak ada di peta: 1 baris." in page
        assert "Di luar wilayah, tidak ada di peta: 1 baris." in page
        numbers = [int(told) for told in re.findall(r'class="spot-number"[^>]*>(\d+)<', wide(page))]
        dots = wide(page).count("<circle") - len(numbers)
        assert sum(numbers) + dots == 15
        assert ">Sumbawa Barat</text>" in wide(page)
        assert page.count('<svg class="chart spots"') == 3


@pytest.mark.django_db
def test_a_circle_leads_nearer_down_to_its_rows_and_back(release):
    page = read(f"{PAGE}peta/")
    listed = re.findall(r'<li><a href="([^"]+)">[^<]+</a> <span class="number">(\d+) baris', page)
    nearer = next(url for url, count in listed if count == "12")
    near = read(nearer)
    assert "12 dari 16 baris ada di bagian ini." in near
    back = re.search(r'aria-label="Jalan kembali di peta"><ol><li><a href="([^"]+)"', near)[1]
    assert read(back).count("15 baris di 14 tempat.")
    rows = next(url for url, count in listed if count == "2")
    table = read(rows)
    assert "disaring dari 17 baris" in table
    assert re.findall(r'rowheader">(J\d)', table) == ["J1", "J2"]
    region = read(f"{PAGE}peta/?area=52.04")
    assert "Sumbawa dan sekitarnya" in region
    everything = re.search(r'<a href="([^"]+)">Lihat baris ini di tabel', region)[1]
    assert "13 baris" in read(everything) or "Baris 1–13" in read(everything)


@pytest.mark.django_db
def test_a_map_is_filtered_shared_embedded_and_taken_along(release):
    page = read(f"{PAGE}peta/?where=jembatan:in:J1,J3")
    assert "2 baris di 2 tempat." in page
    shared = re.search(r'id="alamat-frozen"[^>]+value="http://testserver([^"]+)"', page)[1]
    assert wide(read(shared)).count("<circle") == 2
    frame = Client().get(f"{FRAME}?where=jembatan:in:J1,J3")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert len(frame.content) < 60_000
    assert "/sematkan/panjang-jalan/peta/?area=" in frame.content.decode()
    drawing = Client().get(f"{PAGE}v1/peta.svg?area=52.04").content.decode()
    assert ET.fromstring(drawing).tag.endswith("svg")
    assert "<a " not in drawing
    assert release.tables.get().version.csv_sha256 in drawing


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["box=1,2,3", "box=3,2,1,0", "area=99.99", "area=x", "zoom=3", "where=tinggi:eq:1"])
def test_a_map_that_cannot_be_read_says_so_with_a_way_out(release, asked):
    page = read(f"{PAGE}peta/?{asked}", status=400)
    assert "Peta ini tidak dapat digambar" in page
    assert f'href="{PAGE}peta/"' in page


@pytest.mark.django_db
def test_no_map_shows_places_of_a_withdrawn_release(release, people):
    withdrawing.withdraw_release(release=release, reason="Dapat dikenali", by=people.viewer("walidata.ntb"), now=NOW)
    for address in (
        f"{PAGE}peta/",
        f"{PAGE}v1/peta/",
        f"{PAGE}v1/peta.svg",
        FRAME,
        f"{FRAME.removesuffix('peta/')}v1/peta/",
    ):
        answer = Client().get(address)
        assert answer.status_code in {404, 410}
        assert 'class="spot"' not in answer.content.decode()


def test_a_table_without_both_coordinates_has_no_map():
    names = ["lintang", "bujur_timur", "longitude_x"]
    assert spots.coordinates([SchemaField(name, "number") for name in names]) is None
