"""Two releases side by side, and the way back to an older one: nothing closed is told, nothing is rewritten."""

import csv
import io
from datetime import timedelta

import duckdb
import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.errors import NotFound, NotPermitted, Refused
from lumbung.modules.open_data.actions import datasets, restoring, withdrawing
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import differences, releases, rows
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published, release_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


@pytest.fixture
def two(people, tmp_path):
    """Two releases: one cell changed, one row went, one came."""
    first = published(people, tmp_path)
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    changed = bringing.CLEAN.replace("601.25", "610.75").replace("52.08,Lombok Utara", "52.06,Bima")
    table = bringing.bring(people, draft, tmp_path, text=changed, slug="data")
    bringing.confirm(people, bringing.read(people, table))
    bringing.describe(people, draft)
    return first, release_of(people, draft, now=LATER)


def test_two_releases_are_told_apart_by_rows_cells_and_description(two):
    first, second = two
    (told,) = differences.between(first, second)
    found = told.found
    assert (found.key, found.added, found.removed, found.changed) == (("kode_kabupaten",), 1, 1, 1)
    assert [(cell.column, cell.old, cell.new) for cell in found.changed_cells] == [
        ("kondisi_baik_km", "601.25", "610.75")
    ]
    page = Client().get("/ntb/data/panjang-jalan/v2/beda/").content.decode()
    assert "610.75" in page
    assert "Bima" in page
    assert "/ntb/data/panjang-jalan/v2/beda/" in Client().get("/ntb/data/panjang-jalan/").content.decode()
    assert Client().get("/ntb/data/panjang-jalan/v1/beda/").status_code == 200
    answer = Client().get("/ntb/data/panjang-jalan/v2/beda/data.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="panjang-jalan-v1-v2-data.csv"'
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert {line["change"] for line in lines} == {"added", "removed", "changed"}
    assert [line["new"] for line in lines if line["change"] == "changed"] == ["610.75"]


def test_a_file_of_differences_beyond_its_limits_is_refused_with_what_to_do(two, monkeypatch):
    monkeypatch.setattr(differences, "MOST_BYTES", 10)
    answer = Client().get("/ntb/data/panjang-jalan/v2/beda/data.csv")
    assert (answer.status_code, "Unduh saja kedua terbitannya" in answer.content.decode()) == (413, True)


def test_comparing_that_takes_too_long_ends_with_what_to_do(monkeypatch):
    monkeypatch.setattr(rows, "FILE_SECONDS", 0.1)
    slow = "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"
    with (
        pytest.raises(rows.Busy) as refused,
        differences._turn(),
        duckdb.connect() as connection,
        differences._watched(connection),
    ):
        connection.execute(slow)
    assert refused.value.code == "took-too-long"
    assert "Unduh keduanya" in refused.value.sentence


def test_rows_that_are_not_open_are_compared_by_nobody(two, people):
    first, second = two
    withdrawing.withdraw_release(release=first, reason="Satu orang", by=people.viewer("walidata.ntb"), now=LATER)
    first.refresh_from_db()
    assert [each.state for each in differences.between(first, second)] == ["closed"]
    with pytest.raises(NotFound), differences.written(first, second, "data"):
        pass
    assert Client().get("/ntb/data/panjang-jalan/v2/beda/?dari=1").status_code == 404
    assert Client().get("/ntb/data/panjang-jalan/v2/beda/data.csv?dari=1").status_code == 404


def test_an_older_release_stands_again_as_a_new_one_with_the_same_bytes_but_never_of_another_class(two, people):
    first, second = two
    step = {"release": first, "reason": "Angka Lombok Barat keliru", "now": LATER}
    with pytest.raises(NotPermitted):
        restoring.restore(**step, by=people.viewer("produsen.ntb"))
    again = restoring.restore(**step, by=people.viewer("walidata.ntb"))
    assert (again.number, again.note) == (3, "v1: Angka Lombok Barat keliru")
    assert again.metadata_sha256 == first.metadata_sha256
    assert [table.version for table in again.tables.all()] == [table.version for table in first.tables.all()]
    assert releases.newest_of(first.dataset) == again
    assert Release.objects.get(pk=second.pk).withdrawn_at is None
    with pytest.raises(Refused):
        restoring.restore(release=again, reason="Lagi", by=people.viewer("walidata.ntb"), now=LATER)
    Dataset.objects.filter(pk=first.dataset_id).update(access="restricted")
    with pytest.raises(Refused) as refused:
        restoring.restore(**step, by=people.viewer("walidata.ntb"))
    assert refused.value.code == "release-was-of-another-class"


def test_the_same_cells_of_another_type_are_another_version_and_the_type_is_told(people, tmp_path):
    first = published(people, tmp_path)
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, slug="data"))
    fields = [
        {**field, "type": "string"} if field["name"] == "panjang_km" else field for field in table.schema["fields"]
    ]
    bringing.confirm(people, table, schema={**table.schema, "fields": fields})
    second = release_of(people, draft, now=LATER)
    versions = [release.tables.get().version for release in (first, second)]
    assert versions[0].csv_sha256 == versions[1].csv_sha256
    assert versions[0].pk != versions[1].pk
    (told,) = differences.between(first, second)
    assert [(each.column, each.new) for each in told.found.columns_retyped] == [("panjang_km", "VARCHAR")]
    assert "panjang_km" in Client().get("/ntb/data/panjang-jalan/v2/beda/").content.decode()
    answer = Client().get("/ntb/data/panjang-jalan/?where=panjang_km:contains:640")
    assert answer.status_code == 200


def test_the_same_file_read_the_same_way_is_no_new_version(people, tmp_path):
    first = published(people, tmp_path)
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, slug="data"))
    bringing.confirm(people, table)
    second = release_of(people, draft, now=LATER)
    assert second.tables.get().version_id == first.tables.get().version_id
