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
