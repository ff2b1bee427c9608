"""One expression, the same answer: from DuckDB, and from a Spark server through Spark Connect."""

from decimal import Decimal

import duckdb
import pytest

from lumbung.core.engines import aggregates, columns, opening
from lumbung.core.engines.answers import told
from lumbung.core.engines.tests import drawn_tables, spark_connect


@pytest.fixture(autouse=True)
def a_program_not_a_doctest(monkeypatch):
    spark_connect.a_program_not_a_doctest(monkeypatch)


@pytest.fixture(scope="module")
def spark_server():
    with spark_connect.served() as address:
        yield address


def answers_of(address, tables, folder):
    with opening.opened(address, tables, temporary=folder) as engine:
        return drawn_tables.every_answer(engine, tables)


def test_spark_answers_every_expression_as_duckdb_does(spark_server, tmp_path):
    tables = drawn_tables.shapes(tmp_path, seeds=range(3), rows=300)
    ours, theirs = (answers_of(address, tables, tmp_path) for address in ("", spark_server))
    assert sum(map(len, ours)) > 500
    assert theirs == ours


def test_sums_are_exact_and_what_is_missing_is_left_out(tmp_path):
    drawn_tables.write(tmp_path / "a.parquet", seed=7, rows=500)
    shape = columns.shape_of(tmp_path / "a.parquet", name="t", temporary=tmp_path)
    with duckdb.connect() as connection:
        cells = [cell for (cell,) in connection.sql(f"SELECT count::VARCHAR FROM '{shape.path}'").fetchall() if cell]
    with opening.opened("", [shape], temporary=tmp_path) as engine:
        _rows, filled, distinct, least, _most = engine.rows(aggregates.measures(shape, 2))[0]
        total = engine.rows(aggregates.total(shape, shape.added(2)))[0][0]
    numbers = [Decimal(cell) for cell in cells]
    exact = sum(int(cell.replace(".", "")) for cell in cells)
    assert (filled, distinct, least) == (len(numbers), len(set(numbers)), min(numbers))
    assert total == Decimal(f"{exact}E-6")


def test_an_engine_reads_the_files_it_was_opened_for_and_no_other(tmp_path):
    drawn_tables.write(tmp_path / "a.parquet", seed=1, rows=3)
    drawn_tables.write(tmp_path / "b.parquet", seed=2, rows=3)
    one, other = (columns.shape_of(tmp_path / f"{name}.parquet", name=name, temporary=tmp_path) for name in "ab")
    with opening.opened("", [one], temporary=tmp_path) as engine, pytest.raises(opening.EngineFailed):
        engine.rows(aggregates.measures(other, 0))


def test_a_cluster_that_is_away_is_said_to_be(tmp_path):
    drawn_tables.write(tmp_path / "a.parquet", seed=1, rows=3)
    shape = columns.shape_of(tmp_path / "a.parquet", name="t", temporary=tmp_path)
    with pytest.raises(opening.EngineFailed), opening.opened("spark://127.0.0.1:9", [shape], temporary=tmp_path):
        pass


def test_values_are_told_as_a_file_of_ours_writes_them():
    given = (None, True, 0, Decimal("12.50"), Decimal("-0.00"), Decimal("1E+3"), Decimal(100), "52.10")
    assert [told(value) for value in given] == [None, "true", "0", "12.5", "0", "1000", "100", "52.10"]
