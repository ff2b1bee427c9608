"""Connections that stay open: of a file that is there, and of an engine that still answers."""

import duckdb
import pytest

from lumbung.core.tables import connections


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "t.parquet"
    duckdb.sql("SELECT 7 AS a").write_parquet(str(path))
    return path


def asked(readers, path):
    with readers.reading(path) as connection:
        return connection.execute(f"SELECT a FROM read_parquet('{path}')").fetchall()


def test_of_a_file_that_was_taken_away_nothing_is_kept(table, tmp_path):
    readers, other = connections.Readers(most=4), tmp_path / "other.parquet"
    other.write_bytes(table.read_bytes())
    assert asked(readers, table) == asked(readers, other) == [(7,)]
    table.unlink()
    assert asked(readers, other) == [(7,)]
    assert [path for path, _limits in readers.held] == [other]


def test_an_engine_that_failed_is_asked_no_more(table):
    readers = connections.Readers(most=4)
    assert asked(readers, table) == [(7,)]
    with pytest.raises(duckdb.FatalException), readers.reading(table):
        raise duckdb.FatalException("database has been invalidated")
    assert not readers.held
    assert asked(readers, table) == [(7,)]


def test_what_does_not_fit_into_memory_lies_on_disk_only_while_it_is_asked(table, tmp_path, monkeypatch):
    monkeypatch.setattr(connections.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    readers = connections.Readers(most=1)
    with readers.reading(table, connections.Limits(memory_mb=40, threads=1)) as connection:
        assert not list((tmp_path / "temporary").iterdir())
        rows = connection.execute("SELECT md5(i::VARCHAR) AS t FROM range(1500000) r(i) ORDER BY t")
        assert len(rows.fetchmany(5)) == 5
        assert list((tmp_path / "temporary").glob("lumbung-spill-*/*"))
    readers.held.clear()
    assert not list((tmp_path / "temporary").iterdir())
