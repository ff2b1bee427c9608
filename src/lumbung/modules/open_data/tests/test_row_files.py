"""Both ways of writing a CSV write the same file, and a reader finds in it the cells that were published."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from lumbung.core.tables import connections
from lumbung.modules.open_data.queries import row_files
from lumbung.modules.open_data.queries.questions import Statement

TABLE = """
SELECT * FROM (VALUES
  ('52.10', 1::BIGINT, 12.50::DECIMAL(18,2), true, DATE '2026-01-02', 0.5::DOUBLE),
  ('a,"b"', NULL, 640.00, false, NULL, NULL),
  ('', -3, -0.01, NULL, DATE '2026-12-31', 1e20),
  (NULL, 9007199254740993, 9999999999.99, true, DATE '2026-01-01', 2)
) t(kode, "jumlah, orang", nilai, aktif, tanggal, rata)
"""


def written(folder: Path, sql: str) -> bytes:
    target = folder / "rows.csv"
    with connections.opened(writes=[target], temporary=folder / "spill") as connection:
        row_files._write_csv(connection, Statement(sql), target)
    told = target.read_bytes()
    target.unlink()
    return told


def test_both_ways_write_the_same_file(tmp_path, monkeypatch):
    table = f"SELECT * EXCLUDE (rata) FROM ({TABLE})"  # a mean of two is 2 in one and 2.0 in the other
    by_arrow = written(tmp_path, table)
    monkeypatch.setattr(row_files, "SHORT_NUMBER", 0)
    monkeypatch.setattr(row_files, "_write_csv_by_arrow", None)
    assert written(tmp_path, table) == by_arrow


def test_texts_stand_in_quotes_numbers_bare_and_nothing_is_lost(tmp_path):
    told = written(tmp_path, TABLE).decode()
    header, *rows = csv.reader(io.StringIO(told, newline=""))
    assert header == ["kode", "jumlah, orang", "nilai", "aktif", "tanggal", "rata"]
    assert rows[0] == ["52.10", "1", "12.5", "true", "2026-01-02", "0.5"]
    assert rows[1] == ['a,"b"', "", "640", "false", "", ""]
    assert rows[3] == ["", "9007199254740993", "9999999999.99", "true", "2026-01-01", "2"]
    assert told.splitlines()[1].startswith('"52.10",1,12.5,')
    assert '\n"",-3,' in told, "an empty text is not a missing one"
    assert "\n,9007199254740993," in told


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("kode", ["52.10", 'a,"b"', "", ""]),
        ('"jumlah, orang"', ["1", "", "-3", "9007199254740993"]),
        ("nilai", ["12.5", "640", "-0.01", "9999999999.99"]),
        ("aktif", ["true", "false", "", "true"]),
        ("tanggal", ["2026-01-02", "", "2026-12-31", "2026-01-01"]),
        ("rata", ["0.5", "", "1e+20", "2"]),
    ],
)
def test_a_missing_value_of_a_single_column_is_a_row_as_any_other(tmp_path, column, cells):
    told = written(tmp_path, f"SELECT {column} FROM ({TABLE})").decode()
    assert "" not in told.splitlines(), "pandas and others leave out a line without a sign"
    assert list(csv.reader(io.StringIO(told, newline="")))[1:] == [[cell] for cell in cells]


@pytest.mark.parametrize("value", ["9999999999.99", "10000000000", "12345678901234.56", "0.12345", "0.000001", "-0.5"])
def test_a_decimal_is_written_with_all_its_digits_and_no_more(tmp_path, value):
    scale = len(value.partition(".")[2])
    told = written(tmp_path, f"SELECT CAST('{value}' AS DECIMAL(18,{max(scale, 1)})) AS nilai").decode()
    assert Decimal(told.splitlines()[1]) == Decimal(value)
    assert "e" not in told.splitlines()[1]


def test_rows_of_a_whole_table_stand_in_the_order_of_its_file(tmp_path):
    source = tmp_path / "t.parquet"
    with duckdb.connect() as made:
        many = "SELECT hash(i) AS h, i FROM range(200000) t(i)"
        made.execute(f"COPY ({many}) TO '{source}' (FORMAT parquet, ROW_GROUP_SIZE 4096)")
    with connections.opened(reads=[source], temporary=tmp_path / "spill") as connection:
        row_files._write_csv(
            connection, Statement(f"SELECT i, i % 7 AS d FROM read_parquet('{source}')"), tmp_path / "t.csv"
        )
    assert (tmp_path / "t.csv").read_text() == "i,d\n" + "".join(f"{i},{i % 7}\n" for i in range(200_000))


def test_rows_of_a_single_column_stand_in_the_order_of_its_file(tmp_path):
    source, target = tmp_path / "t.parquet", tmp_path / "t.csv"
    with duckdb.connect() as made:
        many = "SELECT i FROM range(200000) t(i)"
        made.execute(f"COPY ({many}) TO '{source}' (FORMAT parquet, ROW_GROUP_SIZE 4096)")
    with connections.opened(reads=[source], writes=[target], temporary=tmp_path / "spill") as connection:
        row_files._write_csv(connection, Statement(f"SELECT i FROM read_parquet('{source}')"), target)
    assert target.read_text() == "i\n" + "".join(f"{i}\n" for i in range(200_000))
