"""All differences as a file: the same as are told one by one, as they come, whole or refused."""

import csv
import threading

import duckdb
import pytest

from lumbung.core.base.errors import Refused
from lumbung.core.tables import comparing, difference_files


@pytest.fixture
def pair(tmp_path):
    """Two versions: half of the rows changed, some came, some went."""
    paths = tmp_path / "old.parquet", tmp_path / "new.parquet"
    for path, first, more in zip(paths, (0, 100), (0, 1), strict=True):
        duckdb.sql(
            f"SELECT 'k' || lpad(i::VARCHAR, 6, '0') AS kode, CASE WHEN i % 2 = 0 THEN i ELSE i + {more} END AS nilai "
            f"FROM range({first}, {first} + 5000) t(i)"
        ).write_parquet(str(path))
    return paths


def written(pair, tmp_path, *, key, **more):
    target = tmp_path / "differences.csv"
    told = {"key": key, "compared": ("kode", "nilai"), "into": target, "temporary": tmp_path / "scratch"}
    difference_files.write(*pair, **told, **{"most_bytes": 10_000_000, **more})
    with target.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("key", [("kode",), ()])
def test_the_file_holds_every_difference_that_is_counted(pair, tmp_path, key):
    lines = written(pair, tmp_path, key=key)
    found = comparing.compare(*pair, key=key, temporary=tmp_path / "scratch")
    rows = {kind: {line["row"] for line in lines if line["change"] == kind} for kind in ("added", "removed", "changed")}
    assert {kind: len(each) for kind, each in rows.items()} == {
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
    }
    assert len(set().union(*rows.values())) == found.added + found.removed + found.changed
    if key:
        changed = [line for line in lines if line["change"] == "changed"]
        assert {line["column"] for line in changed} == {"nilai"}
        assert (changed[0]["key"], changed[0]["old"], changed[0]["new"]) == ("k000101", "101", "102")


def test_a_file_that_would_be_too_large_is_refused_with_what_to_do(pair, tmp_path):
    with pytest.raises(Refused, match="differences-too-large") as refused:
        written(pair, tmp_path, key=("kode",), most_bytes=10_000)
    assert "%" not in refused.value.sentence


def test_whoever_watches_ends_the_asking(pair, tmp_path):
    class Ended(threading.Event):
        def __call__(self, connection):
            self.connection = connection
            return self

        def __enter__(self):
            self.connection.close()

        def __exit__(self, *_error):
            self.set()

    for ask in (written, lambda pair, path, **more: comparing.compare(*pair, temporary=path / "scratch", **more)):
        ended = Ended()
        with pytest.raises(duckdb.Error):
            ask(pair, tmp_path, key=("kode",), watched=ended)
        assert ended.is_set()
