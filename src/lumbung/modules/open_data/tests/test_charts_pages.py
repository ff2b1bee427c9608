"""Charts on pages: shown without scripts, shared for ever, framed nowhere but in one view."""

import html
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.modules import open_data
from lumbung.modules.open_data.actions import withdrawing
from lumbung.modules.open_data.pages.charts import colours
from lumbung.modules.open_data.tests import charting

pytestmark = pytest.mark.django_db
PAGE = f"/ntb/data/{charting.KEY}/"
MAP = "kind=map&x=kode_kabupaten&y=penduduk&where=tahun:eq:2025"
FRAME = f"/ntb/sematkan/{charting.KEY}/"


@pytest.fixture
def release(people, tmp_path):
    return charting.published(people, tmp_path)


def read(address):
    return Client().get(address).content.decode()


def test_a_dataset_shows_a_chart_with_table_marks_and_source_and_the_drawing_is_downloaded_whole(release):
    page = read(PAGE)
    section = page[page.index('id="grafik"') : page.index("Kamus data")]
    assert '<svg class="chart"' in section
    assert "<table" in section
    assert "* angka sementara" in section
    assert release.tables.get().version.csv_sha256 in section
    assert "terbitan 1" in section
    answer = Client().get(f"{PAGE}v1/grafik.svg?{MAP}")
    assert answer["Content-Type"].startswith("image/svg+xml")
    svg = ET.fromstring(answer.content)
    assert svg.tag.endswith("svg")
    assert release.tables.get().version.csv_sha256 in answer.content.decode()
    assert "<style>" in answer.content.decode()


def test_rows_name_the_regions_their_codes_stand_for_and_the_filter_is_said_in_words(release):
    page = read(f"{PAGE}?column=kode_kabupaten&value=52.07")
    assert re.search(r">52\.07 <small[^>]*>Sumbawa Barat</small>", page)
    assert "kode kabupaten memuat: 52.07" in page
    assert re.search(r'<option value="kode_kabupaten:eq:52.07">Sumbawa Barat', page)
    typed = read(f"{PAGE}?column=kode_kabupaten&value=lombok&where=tahun:eq:2025&where=jenis_kelamin:eq:L")
    assert "kabupaten: Lombok Barat, Lombok Tengah, Lombok Timur, Lombok Utara" in typed
    assert "8 baris" not in typed.partition("disaring dari")[0].rpartition("<caption>")[2]


def test_a_chart_is_chosen_by_address_or_form_compared_and_shared_by_one_that_names_the_release(release):
    page = read(f"{PAGE}grafik/?{MAP}")
    assert "Tanpa data" in page
    shared = html.unescape(re.search(r'id="alamat-frozen"[^>]+value="http://testserver([^"]+)"', page)[1])
    assert shared.startswith(f"{PAGE}v1/grafik/?kind=map")
    drawing = re.compile(r'<svg class="chart".*?</svg>', re.DOTALL)
    assert drawing.search(read(shared))[0] == drawing.search(page)[0]
    sent = Client().get(
        f"{PAGE}grafik/", {"kind": "line", "x": "tahun", "y": "penduduk", "column": "jenis_kelamin", "value": "L"}
    )
    assert "where=jenis_kelamin%3Aeq%3AL" in sent["Location"]
    refused = read(f"{PAGE}grafik/?kind=bar&x=kode_kabupaten&y=ipm&where=tahun:eq:2025")
    assert "saja</a>" not in refused
    assert "tidak boleh dijumlahkan" in refused
    regions = "&region=".join(f"52.0{number}" for number in range(1, 7))
    page = read(f"{PAGE}grafik/?kind=line&x=tahun&y=penduduk&region={regions}")
    assert page.count('<g class="panel"') == 6
    head = re.search(r"<thead.*?</thead>", page[page.index('class="figure"') :], re.DOTALL)[0]
    assert [name for name in ("Lombok Barat", "Sumbawa Barat", "Dompu") if name in head] == ["Lombok Barat", "Dompu"]


@pytest.mark.parametrize("measure", ["penduduk", "ipm"])
def test_a_map_of_many_years_leads_to_that_of_the_last_one_in_one_press(release, measure):
    page = html.unescape(read(f"{PAGE}grafik/?kind=map&x=kode_kabupaten&y={measure}&where=jenis_kelamin:eq:L"))
    assert "tidak dapat digambar" in page
    link = re.search(r'href="([^"]+)">Gambar untuk 2025 saja<', page)[1]
    assert "tidak dapat digambar" not in read(link)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("kind=map&x=tahun&y=penduduk&where=tahun:eq:2025", "Gambar menurut kabupaten"),
        ("kind=line&x=kode_kabupaten&y=penduduk&region=52.07", "Gambar menurut tahun"),
        ("kind=bar&x=jenis_kelamin&where=tahun:eq:2025&region=52.07", "Gambar tanpa membandingkan wilayah"),
    ],
)
def test_another_kind_of_chart_that_does_not_fit_leads_to_one_that_does(release, asked, words):
    page = html.unescape(read(f"{PAGE}grafik/?{asked}"))
    assert "tidak dapat digambar" in page
    assert re.search(rf'<option value="{asked[5:].partition("&")[0]}" selected', page), "the form keeps what was chosen"
    assert "tidak dapat digambar" not in read(re.search(rf'href="([^"]+)">{words}<', page)[1])


def test_a_last_year_that_rests_on_fewer_rows_is_said_not_to_be_complete(people, tmp_path):
    charting.published(people, tmp_path, text="\n".join(charting.PEOPLE.splitlines()[:-3]))
    page = read(f"{PAGE}grafik/?kind=line&x=tahun&y=penduduk")
    assert "2025 baru memuat 13 baris, sedangkan sebelumnya paling sedikit 16 baris" in page


def test_only_the_embedded_chart_may_be_framed_by_the_lines_to_copy_light_and_without_cookies(release):
    answer = Client().get(f"{FRAME}?{MAP}")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    text = answer.content.decode()
    style = Path(open_data.__file__).parent / "static/open_data/embedded.css"
    assert len(answer.content) + style.stat().st_size <= 60_000
    assert "<script" not in text
    assert release.tables.get().version.csv_sha256 in text
    assert "<details" in text
    for other in (PAGE, f"{PAGE}grafik/", "/ntb/data/"):
        page = Client().get(other)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"
    page = read(f"{PAGE}grafik/?{MAP}")
    told = html.unescape(re.search(r'<textarea id="sematan-frozen"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])
    frame = ET.fromstring(told.replace(' loading="lazy"', ""))
    assert frame.tag == "iframe"
    assert "penduduk" in frame.get("title")
    address = frame.get("src").removeprefix("http://testserver")
    assert address.startswith(f"{FRAME}v1/?kind=map")
    assert Client().get(address).status_code == 200


ADDRESSES = (f"{PAGE}grafik/", f"{PAGE}v1/grafik/", f"{PAGE}v1/grafik.svg", FRAME, f"{FRAME}v1/")


@pytest.mark.parametrize("reason", ["restricted", "withdrawn"])
def test_no_chart_shows_rows_that_are_not_open(people, tmp_path, reason):
    release = charting.published(people, tmp_path, access="restricted" if reason == "restricted" else "open")
    if reason == "withdrawn":
        by = people.viewer("walidata.ntb")
        withdrawing.withdraw_release(release=release, reason="Dapat dikenali", by=by, now=NOW)
    for address in ADDRESSES:
        answer = Client().get(f"{address}?{MAP}")
        assert answer.status_code in {404, 410}
        assert 'class="chart"' not in answer.content.decode()
    assert 'class="chart"' not in read(PAGE)


def test_shades_are_told_apart_by_lightness_alone():
    for shades in colours.SHADES.values():
        light = [_luminance(shade) for shade in shades]
        assert light == sorted(light, reverse=True)
        assert all((above + 0.05) / (below + 0.05) >= 1.25 for above, below in pairwise(light))


def _luminance(shade):
    parts = [int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
