"""The table on a dataset's page: filtered, ordered, turned and shared by plain addresses."""

import csv
import html
import re

import pytest
from django.test import Client

from lumbung.modules.open_data.pages import rows
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns
from lumbung.modules.open_data.tests import bringing, publishing

pytestmark = pytest.mark.django_db
PAGE = "/ntb/data/wells/"


@pytest.fixture
def table(wells, publish):
    wells.cells = [(f"52.{number:02d}", number % 7) for number in range(1, 46)]
    return publish()


def page(address=PAGE, **asked):
    return Client().get(address, asked).content.decode()


def codes(text):
    return re.findall(r"<td[^>]*>(52\.\d\d)</td>", text)


def test_the_table_is_turned_page_by_page_with_its_total(table):
    assert "Baris 1–20 dari 45" in page()
    assert codes(page(page="3")) == [f"52.{number}" for number in range(41, 46)]
    assert codes(page(page="99")) == codes(page(page="3"))


def test_one_column_filters_and_another_orders(table):
    text = page(column="count", op="eq", value="3", sort="code", direction="desc")
    assert codes(text) == ["52.45", "52.38", "52.31", "52.24", "52.17", "52.10", "52.03"]
    assert "disaring dari 45 baris" in text
    assert codes(page(column="code", value="52.1"))[0] == "52.10"
    assert 'aria-sort="descending"' in text


def test_the_link_to_a_view_and_its_csv_give_exactly_these_rows(table):
    text = page(column="count", op="gte", value="5", sort="code", direction="desc")
    shared = html.unescape(re.search(r'readonly value="http://testserver([^"]+)"', text)[1])
    assert shared.startswith("/ntb/data/wells/v1/?")
    assert codes(Client().get(shared).content.decode()) == codes(text)
    link = html.unescape(re.search(r'href="http://testserver(/api/v1/[^"]+format=csv)"', text)[1])
    lines = b"".join(Client().get(link).streaming_content).decode().splitlines()
    assert [row[1] for row in csv.reader(lines[1:])] == codes(text)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"value": "52"}, "Pilih kolom tempat mencari"),
        ({"column": "count", "value": "banyak"}, "tidak cocok dengan kolom count"),
        ({"column": "' OR 1=1", "value": "1"}, "errors"),
        ({"sort": "count; DROP TABLE x"}, "errors"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_shows_no_rows(table, asked, sentence):
    text = page(**asked)
    assert sentence in text
    assert codes(text) == []


def test_filters_are_put_together_chosen_from_lists_and_taken_away_one_by_one(table):
    text = page(where=["count:eq:3", "code:gte:52.20", ""], sort="code")
    assert codes(text) == ["52.24", "52.31", "52.38", "52.45"]
    chips = dict(re.findall(r'<li><a href="([^"]+)">([^<]+) <span aria-hidden', html.unescape(text)))
    assert len(chips) == 2
    without = next(url for url, words in chips.items() if words.startswith("Count"))
    assert len(codes(Client().get(without.partition("#")[0]).content.decode())) == 20
    added = page(where=["count:eq:3"], column="code", op="gte", value="52.20", sort="code")
    assert codes(added) == codes(text)
    assert len(re.findall(r'name="where" value="', added)) + added.count(" selected>") >= 2


def test_several_values_of_one_column_mean_any_of_them_and_leave_as_one_filter(table):
    text = html.unescape(
        page(where=["code:eq:52.01", "code:eq:52.02", "count:gte:0"], column="code", op="eq", value="52.03")
    )
    assert codes(text) == ["52.01", "52.02", "52.03"]
    assert "Code: 52.01, 52.02, 52.03" in text
    assert "where=code%3Ain%3A52.01%2C52.02%2C52.03" in text, "programs are told the same rows"


def test_no_row_that_fits_is_said_with_what_to_loosen(table):
    assert "Tidak ada baris yang cocok" in page(column="code", value="99.99")
    text = html.unescape(page(where=["count:eq:3", "code:eq:52.01"]))
    assert re.findall(r"tanpa “([^”]+)”</a>: (\d+) baris", text) == [("Count: 3", "1"), ("Code: 52.01", "7")]


def test_a_table_not_open_to_everyone_shows_no_rows(table, people):
    admin = Client()
    admin.force_login(people.account("admin"), backend="allauth.account.auth_backends.AuthenticationBackend")
    admin.post("/ntb/data/wells/v1/tarik/", {"reason": "Satu orang dapat dikenali"})
    text = page("/ntb/data/wells/v1/", column="code", value="52")
    assert codes(text) == []
    assert 'class="data-rows"' not in text


def test_a_value_mark_stands_beside_its_number_and_says_what_it_means(people, tmp_path):
    marked = bringing.CLEAN.replace("601.25", "601.25*").replace("Sumber:", "* angka sementara\nSumber:")
    publishing.published(people, tmp_path, text=marked)
    page = " ".join(Client().get("/ntb/data/panjang-jalan/").content.decode().split())
    assert '601,25 <span class="value-mark">*</span>' in page
    assert "* angka sementara" in page
    assert 'href="?sort=kondisi_baik_km__tanda' not in page


def test_a_code_stands_behind_what_it_means_unless_it_says_so_itself():
    codes_told = {"finished": {"id": "Selesai", "en": "Finished"}, "baik": {"id": "Baik", "en": ""}}
    column = ChartColumn("state", 0, "string", {"id": "Status"}, codes=codes_told)
    assert rows.meanings_of(ChartColumns((column,))) == {"state": {"finished": "Selesai"}}
