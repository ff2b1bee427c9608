"""A number that is hidden is hidden in every channel, and the page says so."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from rdflib import DCAT, Graph
from tests.cast import NOW

from lumbung.core.datasets import actions as versions
from lumbung.core.datasets import queries as tables
from lumbung.core.datasets import registry
from lumbung.core.datasets.tests.test_protecting import Families, declared
from lumbung.core.jobs import runner
from lumbung.modules.open_data.actions import workbooks
from lumbung.modules.open_data.models import Resource
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
PAGE = "/ntb/data/families/"
HIDDEN = {"month": "2026-01", "place": "52.07.01", "topic": "death"}


@pytest.fixture
def families(people):
    held = Families()
    registry.register(declared(held.rows))
    yield held
    registry._datasets.pop("families")


@pytest.fixture
def version(families):
    made = versions.publish_on_schedule(dataset_key="families", place="52", now=NOW)
    runner.run_due()
    return made


def get(address, **asked):
    answer = Client().get(address, asked)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(text):
    return [(row["month"], row["place"], row["topic"], row["counted"]) for row in csv.DictReader(io.StringIO(text))]


def flat(rows):
    return sorted((r["month"], r["place"], r["topic"], "" if r["counted"] is None else str(r["counted"])) for r in rows)


def test_every_channel_gives_the_same_protected_rows(version):
    """One Parquet file, and what is read from it: page, CSV, rows, CKAN, dump, package, Excel, catalogue."""
    told = sorted(rows_of(tables.path_of(version, "csv").read_text()))
    assert (*HIDDEN.values(), "") in told
    resource = Resource.objects.get(dataset__key="families").pk
    assert sorted(rows_of(get(f"{PAGE}v1/data.csv").decode())) == told
    assert get(f"{PAGE}v1/data.parquet") == tables.path_of(version, "parquet").read_bytes()
    rows = json.loads(get("/api/v1/datasets/families-ntb/rows", limit="1000"))
    assert flat(rows["rows"]) == told
    found = json.loads(get("/api/3/action/datastore_search", resource_id=resource, limit="1000"))["result"]
    assert flat(found["records"]) == told
    assert sorted(rows_of(get(f"/datastore/dump/{resource}").decode())) == told
    with zipfile.ZipFile(io.BytesIO(get(f"{PAGE}v1/paket.zip"))) as package:
        packed = next(name for name in package.namelist() if name.endswith(".csv"))
        assert sorted(rows_of(package.read(packed).decode())) == told
    workbooks.make_missing(now=NOW)
    held = openpyxl.load_workbook(io.BytesIO(get(f"{PAGE}v1/data.xlsx")))["Data"].iter_rows(values_only=True)
    head = next(held)
    assert flat([dict(zip(head, row, strict=True)) for row in held]) == told
    graph = Graph().parse(data=get("/ntb/data/families.ttl"), format="turtle")
    assert {int(size) for size in graph.objects(None, DCAT.byteSize)} == {version.csv_bytes, version.parquet_bytes}


def test_sums_asked_of_the_rows_are_sums_of_what_is_shown(version):
    where = [f"{name}:eq:{value}" for name, value in HIDDEN.items()]
    asked = {"aggregate": ["sum:counted", "max:counted"], "where": where}
    answer = json.loads(get("/api/v1/datasets/families-ntb/rows", **asked))
    assert [value for row in answer["rows"] for value in row.values()] == [None, None]


def test_the_page_says_how_many_numbers_are_hidden_and_why(version):
    page = get(PAGE).decode()
    hidden = tables.protection_of(version).hidden
    assert "Angka kecil dilindungi" in page
    assert f"{hidden} dari 18 angka" in page
    assert "Small numbers are protected" in get(f"/en{PAGE}").decode()


def test_a_steward_corrects_a_period_on_the_page_and_everyone_reads_why(version, people, families):
    families.months["2026-01"]["52.10.01", "birth"] = 60
    client = client_of(people, "walidata.ntb")
    posted = {"period": "2026-01", "correction": "Satu desa terhitung dua kali."}
    assert client_of(people, "produsen.ntb").post(f"{PAGE}koreksi/", posted).status_code == 403
    assert client.post(f"{PAGE}koreksi/", {**posted, "correction": ""}).status_code == 422
    assert client.post(f"{PAGE}koreksi/", posted).status_code == 302
    runner.run_due()
    assert "Satu desa terhitung dua kali." in get(PAGE).decode()
    assert tables.newest_version("families", "52").number == 2


def test_what_was_published_of_a_month_stays_in_every_release(version, families):
    families.months["2026-01"]["52.10.01", "birth"] = 60
    families.months["2026-02"] = dict(families.months["2026-01"])
    versions.publish_on_schedule(dataset_key="families", place="52", now=NOW + timedelta(days=1))
    runner.run_due()
    first, second = (set(rows_of(get(f"{PAGE}v{number}/data.csv").decode())) for number in (1, 2))
    assert first < second
