"""Rows as CKAN's datastore gives them: filters, orders, pages, forms; every digit and every code as published."""

import csv
import io
import json
import threading
from xml.etree import ElementTree as ET

import duckdb
import pyarrow as pa
import pyarrow.csv
import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.modules.open_data.actions import datasets
from lumbung.modules.open_data.models import Resource
from lumbung.modules.open_data.queries import datastore, rows
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published, release_of

pytestmark = pytest.mark.django_db
ROADS = """kode_kabupaten,kabupaten,panjang_km,kondisi_baik_km
52.01,Lombok Barat,812.5,601.25
52.07,Sumbawa Barat,640.0,498.5
52.08,Lombok Utara,12.5,
52.03,"Lombok, Timur",12.5,12.5
"""


@pytest.fixture
def table(people, tmp_path):
    release = published(people, tmp_path, text=ROADS)
    return str(Resource.objects.get(dataset=release.dataset).pk)


def search(table, *, status=200, **params):
    told = {key: json.dumps(value) if isinstance(value, (dict, list)) else value for key, value in params.items()}
    answer = Client().get("/api/3/action/datastore_search", {"resource_id": table, **told})
    assert answer.status_code == status, answer.content
    return answer.json()["result" if status == 200 else "error"]


def codes(found):
    return [record["kode_kabupaten"] for record in found["records"]]


def test_rows_come_with_their_number_types_and_total(table):
    found = search(table)
    types = {field["id"]: field["type"] for field in found["fields"]}
    assert (types["_id"], types["kode_kabupaten"], types["panjang_km"]) == ("int", "text", "numeric")
    assert found["fields"][1]["info"]["label_en"] == "kode_kabupaten"
    first = {"_id": 1, "kode_kabupaten": "52.01", "kabupaten": "Lombok Barat"}
    assert found["records"][0] == {**first, "panjang_km": 812.5, "kondisi_baik_km": 601.25}
    assert (found["total"], found["limit"], found["total_was_estimated"]) == (4, 100, False)
    assert "total" not in search(table, include_total="false")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kode_kabupaten": "52.07"}, ["52.07"]),
        ({"kode_kabupaten": ["52.07", "52.01"]}, ["52.01", "52.07"]),
        ({"panjang_km": 640}, ["52.07"]),
        ({"panjang_km": "640.00"}, ["52.07"]),
        ({"panjang_km": {"gte": 640, "lt": 812.5}}, ["52.07"]),
        ({"panjang_km": [{"lt": 20}, {"gt": 800}]}, ["52.01", "52.08", "52.03"]),
        ({"panjang_km": 12.5, "kabupaten": "Lombok Utara"}, ["52.08"]),
        ({"kondisi_baik_km": None}, ["52.08"]),
        ({"_id": 2}, ["52.07"]),
        ({"kabupaten": "x' OR 1=1 --"}, []),
        ({"kode_kabupaten": []}, []),
    ],
)
def test_filters_keep_the_rows_that_fit(table, filters, expected):
    found = search(table, filters=filters)
    assert codes(found) == expected
    assert found["total"] == len(expected)


MOMENTS = """pos_ukur,diukur_pada
01,2024-01-01T07:00:00Z
02,2024-01-01T07:00:00+08:00
03,2024-01-02T00:00:00Z
"""


@pytest.fixture
def measured(people, tmp_path):
    release = published(people, tmp_path, key="tinggi-air", text=MOMENTS)
    return str(Resource.objects.get(dataset=release.dataset).pk)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"filters": {"diukur_pada": "2024-01-01T07:00:00Z"}}, ["01"]),
        ({"filters": {"diukur_pada": "2024-01-01T15:00:00+08:00"}}, ["01"]),
        ({"filters": {"diukur_pada": "2024-01-01 07:00:00"}}, ["01"]),
        ({"filters": {"diukur_pada": "2023-12-31T23:00:00"}}, ["02"]),
        ({"filters": {"diukur_pada": {"gt": "2024-01-01T07:00:00+08:00", "lte": "2024-01-01T08:00:00+01:00"}}}, ["01"]),
        ({"q": "2024-01-01T07:00:00Z"}, ["01"]),
        ({"q": {"diukur_pada": "2023-12-31"}}, ["02"]),
        ({"q": "9999-12-31T23:59:59-07:00"}, []),
    ],
)
def test_a_moment_with_a_zone_means_the_same_moment_everywhere(measured, asked, expected):
    assert [record["pos_ukur"] for record in search(measured, **asked)["records"]] == expected


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00"])
def test_a_moment_outside_the_calendar_is_refused_as_no_value(measured, moment):
    assert "diukur_pada" in search(measured, status=409, filters={"diukur_pada": moment})["filters"][0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lombok", ["52.01", "52.08", "52.03"]),
        ("LOMBOK timur", ["52.03"]),
        ({"kabupaten": "utara"}, ["52.08"]),
        ("lombok 12.50", ["52.08", "52.03"]),
        ("4", []),
    ],
)
def test_every_word_has_to_stand_in_the_row(table, words, expected):
    assert codes(search(table, q=words)) == expected


def test_rows_are_sorted_and_paged_without_overlap(table):
    assert codes(search(table, sort="panjang_km desc, kode_kabupaten asc")) == ["52.01", "52.07", "52.03", "52.08"]
    assert codes(search(table, sort='"panjang_km"', limit=1)) == ["52.08"]
    assert codes(search(table, sort="kondisi_baik_km desc", limit=1)) == ["52.08"]
    assert search(table, limit=2, include_next_page="true")["next_page"] == {"_id": {"gt": 2}}
    assert "next_page" not in search(table, limit=2, include_next_page="true", sort="panjang_km")
    page = search(table, limit=2, offset=2)
    assert codes(page) == ["52.08", "52.03"]
    assert "offset=4" in page["_links"]["next"]
    assert "offset=0" in page["_links"]["prev"]
    assert search(table, limit=99999)["limit"] == 32000
    assert search(table, limit=0)["records"] == []


def test_only_the_chosen_fields_come_and_each_row_once(table):
    found = search(table, fields="panjang_km", distinct="true", sort="panjang_km desc")
    assert found["records"] == [{"panjang_km": value} for value in (812.5, 640, 12.5)]
    assert found["total"] == 3
    assert search(table, fields=["kabupaten", "kode_kabupaten"], limit=1)["records"] == [
        {"kabupaten": "Lombok Barat", "kode_kabupaten": "52.01"}
    ]


def test_records_come_in_four_forms(table):
    assert search(table, records_format="lists", limit=1)["records"] == [[1, "52.01", "Lombok Barat", 812.5, 601.25]]
    text = search(table, records_format="csv")["records"]
    assert list(csv.reader(io.StringIO(text)))[3] == ["4", "52.03", "Lombok, Timur", "12.5", "12.5"]
    assert search(table, records_format="tsv", limit=1)["records"] == "1\t52.01\tLombok Barat\t812.5\t601.25\n"


@pytest.mark.parametrize(
    ("field", "params"),
    [
        ("filters", {"filters": {"warna": 1}}),
        ("filters", {"filters": {"panjang_km": "banyak"}}),
        ("filters", {"filters": {"panjang_km": {"like": 1}}}),
        ("filters", {"filters": "{"}),
        ("filters", {"filters": [1]}),
        ("fields", {"fields": "warna"}),
        ("sort", {"sort": "warna desc"}),
        ("sort", {"sort": "panjang_km; drop table x"}),
        ("limit", {"limit": "semua"}),
        ("records_format", {"records_format": "xml"}),
        ("q", {"q": {"warna": "x"}}),
        ("plain", {"q": "a:*", "plain": "false"}),
        ("__extras", {"filter": {"kode": 1}}),
        ("distinct", {"distinct": "mungkin"}),
    ],
)
def test_what_cannot_be_asked_is_named_by_its_parameter(table, field, params):
    told = search(table, status=409, **params)
    assert told["__type"] == "Validation Error"
    assert told[field]


def test_an_unknown_resource_is_not_found(table):
    told = search("00000000-0000-0000-0000-000000000000", status=404)
    assert told["message"].startswith("Not found: ")
    assert Client().get("/api/3/action/datastore_search").json()["error"]["resource_id"]


def test_columns_are_described_by_the_metadata(table):
    found = Client().get("/api/3/action/datastore_info", {"id": table}).json()["result"]
    assert found["meta"]["count"] == 4
    assert [field["id"] for field in found["fields"]][:2] == ["kode_kabupaten", "kabupaten"]
    assert found["fields"][2]["info"]["unit"] == "km"
    assert found["fields"][2]["info"]["label_en"] == "panjang_km"


def dumped(table, **params):
    answer = Client().get(f"/ntb/datastore/dump/{table}", params)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_a_dump_is_every_row_as_csv_tsv_or_json(table):
    rows = list(csv.reader(io.StringIO(dumped(table))))
    assert rows[0] == ["_id", "kode_kabupaten", "kabupaten", "panjang_km", "kondisi_baik_km"]
    assert rows[3] == ["3", "52.08", "Lombok Utara", "12.5", ""]
    assert len(rows) == 5
    assert dumped(table, format="tsv", limit=1).splitlines()[1].split("\t")[1] == "52.01"
    assert dumped(table, bom="true").startswith("\ufeff_id")
    told = json.loads(dumped(table, format="json", sort="panjang_km desc", fields="kode_kabupaten"))
    assert told["records"] == [["52.01"], ["52.07"], ["52.08"], ["52.03"]]
    assert [(field["id"], field["type"]) for field in told["fields"]] == [("kode_kabupaten", "text")]
    assert json.loads(dumped(table, format="json", limit=0))["records"] == []


def test_a_dump_whose_limit_is_said_twice_is_refused(table):
    assert Client().get(f"/datastore/dump/{table}", {"limit": ["1", "2"]}).status_code == 409


def test_a_dump_asked_with_a_slip_is_refused(table):
    for asked in ({"filter": '{"kode_kabupaten": "52.07"}'}, {"filters": '{"kabupaten": {"gt": null}}'}):
        answer = Client().get(f"/datastore/dump/{table}", asked)
        assert (answer.status_code, answer.json()["error"]["__type"]) == (409, "Validation Error")


def test_a_dump_that_takes_too_long_is_refused_before_anything_is_sent(table, monkeypatch):
    slow = "SELECT max(a.range * b.range) FROM range(1000000) a, range(1000000) b"
    monkeypatch.setattr(datastore, "SECONDS", 0.05)
    monkeypatch.setattr(datastore.Table, "compiled", lambda self, asked: datastore.Question(["x"], slow, slow, []))
    answer = Client().get(f"/datastore/dump/{table}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_a_dump_that_breaks_off_never_reads_as_whole(table, monkeypatch, form):
    def broken(first, answer):
        yield first[:2]
        raise duckdb.IOException("a damaged block")

    monkeypatch.setattr(datastore, "_blocks", broken)
    sent = []
    with pytest.raises(duckdb.IOException):
        sent.extend(Client().get(f"/datastore/dump/{table}", {"format": form}).streaming_content)
    text = b"".join(sent).decode()
    assert "52.07" in text
    readers = {"json": json.loads, "xml": ET.fromstring}
    with pytest.raises((ValueError, ET.ParseError, pa.ArrowInvalid)):
        readers.get(form, _read_table)(text)


def _read_table(text):
    return pa.csv.read_csv(io.BytesIO(text.encode()), parse_options=pa.csv.ParseOptions(delimiter=text[3]))


def test_a_dump_is_asked_for_again_by_its_version(table):
    first = Client().get(f"/datastore/dump/{table}")
    assert b"".join(first.streaming_content)
    again = Client().get(f"/datastore/dump/{table}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_dump_that_tells_what_columns_mean_changes_with_what_is_said_of_them(people, tmp_path):
    first = published(people, tmp_path, text=ROADS)
    address = f"/datastore/dump/{Resource.objects.get(dataset=first.dataset).pk}"
    marks = {form: Client().get(address, {"format": form})["ETag"] for form in ("json", "csv")}
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=ROADS, slug="data"))
    names = [field["name"] for field in table.schema["fields"]]
    variables = {name: bringing.variable(name, is_code=name.startswith("kode")) | {"unit": "mil"} for name in names}
    bringing.confirm(people, table, variables=variables)
    second = release_of(people, draft)
    assert second.tables.get().version.parquet_sha256 == first.tables.get().version.parquet_sha256
    again = {
        form: Client().get(address, {"format": form}, headers={"If-None-Match": mark}) for form, mark in marks.items()
    }
    assert again["csv"].status_code == 304
    assert again["json"].status_code == 200
    assert b'"mil"' in b"".join(again["json"].streaming_content)


def test_a_dump_in_xml_keeps_every_sign_and_says_where_nothing_is(people, tmp_path):
    text = ROADS.replace("Lombok Barat", "<Lombok> & Barat")
    release = published(people, tmp_path, text=text)
    told = ET.fromstring(dumped(str(release.tables.get().resource_id), format="xml"))
    assert (told[0].get("_id"), told[0].findtext("kabupaten")) == ("1", "<Lombok> & Barat")
    assert [len(row) for row in told] == [4, 4, 4, 4]
    assert told[2].find("kondisi_baik_km").attrib.popitem()[1] == "true"


def test_a_dump_in_another_form_is_refused(table):
    answer = Client().get(f"/datastore/dump/{table}?format=xls")
    assert (answer.status_code, list(answer.json()["error"])) == (409, ["__type", "format"])


@pytest.mark.parametrize(
    ("field", "most", "asked"),
    [
        ("q", "20", {"q": " ".join("abcdefghijklmnopqrstu")}),
        ("q", "20", {"q": {"kabupaten": " ".join("abcdefghijklmnopqrstu")}}),
        ("sort", "20", {"sort": ", ".join(["kabupaten"] * 21)}),
        ("filters", "1000", {"filters": {"kabupaten": ["x"] * 600, "kode_kabupaten": ["x"] * 600}}),
    ],
)
def test_what_would_take_long_to_plan_is_refused(table, field, most, asked):
    assert most in search(table, status=409, **asked)[field][0]


def test_a_question_waits_for_its_turn_and_is_told_when_to_come_back(table, monkeypatch):
    monkeypatch.setattr(rows, "SLOTS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(rows, "WAIT_SECONDS", 0.01)
    assert rows.SLOTS.acquire()
    for address in ("/api/3/action/datastore_search?resource_id=", "/datastore/dump/"):
        answer = Client().get(f"{address}{table}")
        assert (answer.status_code, answer["Retry-After"]) == (429, "10")
    rows.SLOTS.release()
    assert search(table)["total"] == 4


def test_what_takes_too_long_is_ended_while_it_is_planned(table, monkeypatch):
    monkeypatch.setattr(datastore, "SECONDS", 0.0)
    monkeypatch.setattr(datastore, "MOST_WORDS", 10_000)
    assert search(table, status=503, q=" ".join(str(number) for number in range(300)))["__type"] == datastore.BUSY
