"""The Croissant of a release: valid by the program of the standard; records loaded through it are those published."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from lumbung.core.datasets import queries as versions
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db


def told(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ld+json"
    return json.loads(answer.content)


def read(document, table):
    """By mlcroissant, from the very files; it refuses a document with faults. Its records as dictionaries."""
    import mlcroissant  # noqa: PLC0415 - slow to import

    slug = table.resource.slug
    files = {f"{slug}.{kind}": str(versions.path_of(table.version, kind)) for kind in ("csv", "parquet")}
    dataset = mlcroissant.Dataset(jsonld=document, mapping=files)
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    return list(dataset.records(slug))


def test_records_loaded_by_the_program_of_the_standard_are_those_of_the_csv(people, tmp_path):
    table = published(people, tmp_path).tables.get()
    document = told(f"/ntb/data/{bringing.KEY}/v1/croissant.json")
    records = read(document, table)
    rows = [line.split(",") for line in versions.path_of(table.version, "csv").read_text().splitlines()]
    names = [f"data/{name}" for name in rows[0]]
    assert [list(record) for record in records] == [names] * len(records)
    # A code is text, a decimal the number its digits say.
    assert [[as_written(record[name]) for name in names] for record in records] == [
        [code, place, *map(Decimal, lengths)] for code, place, *lengths in rows[1:]
    ]


def as_written(value):
    return value.decode() if isinstance(value, bytes) else Decimal(repr(value))


def test_a_closed_release_has_no_croissant(people, tmp_path):
    published(people, tmp_path, access="restricted")
    answer = Client().get(f"/ntb/data/{bringing.KEY}/v1/croissant.json")
    assert (answer.status_code, b"data.parquet" in answer.content) == (404, False)
