"""Rows become files: same rows, same bytes; codes stay text; every cell is what its column declares."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from lumbung.core.base.declarations import Column
from lumbung.core.datasets import snapshots

COLUMNS = (
    Column("as_of", "Day", "date"),
    Column("code", "Region code"),
    Column("state", "State", codes={"open": "Open", "closed": "Closed"}),
    Column("count", "Count", "integer"),
    Column("share", "Share", "decimal"),
)


def row(**cells):
    base = {"as_of": date(2026, 3, 26), "code": "52.10", "state": "open", "count": 3, "share": Decimal("0.62")}
    return {**base, **cells}


def written(folder, rows, name="a"):
    return snapshots.write(COLUMNS, rows, csv_file=folder / f"{name}.csv", parquet_file=folder / f"{name}.parquet")


def read_parquet(path):
    with duckdb.connect(":memory:") as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()


def test_the_same_rows_give_the_same_bytes_in_both_files(tmp_path):
    rows = [row(code=f"52.{number:02d}") for number in range(200)]
    first, second = written(tmp_path, rows, "a"), written(tmp_path, rows, "b")
    assert first == second
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_another_day_of_the_snapshot_alone_is_the_same_content_in_other_bytes(tmp_path):
    first = written(tmp_path, [row()], "a")
    second = written(tmp_path, [row(as_of=date(2026, 3, 27))], "b")
    assert first.content_sha256 == second.content_sha256
    assert first.csv_sha256 != second.csv_sha256


def test_a_code_ending_in_zero_stays_text_and_numbers_stay_numbers(tmp_path):
    written(tmp_path, [row()])
    assert read_parquet(tmp_path / "a.parquet") == [(date(2026, 3, 26), "52.10", "open", 3, Decimal("0.620000"))]
    assert (tmp_path / "a.csv").read_text().splitlines()[1] == "2026-03-26,52.10,open,3,0.62"


def test_a_cell_that_would_be_a_formula_is_made_safe_in_the_csv_only(tmp_path):
    written(tmp_path, [row(code="=HYPERLINK(1)"), row(code="-5"), row(count=-5)])
    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert lines[1].split(",")[1] == "'=HYPERLINK(1)"
    assert lines[2].split(",")[1] == "'-5"
    assert lines[3].split(",")[3] == "-5"
    assert [cells[1] for cells in read_parquet(tmp_path / "a.parquet")] == ["=HYPERLINK(1)", "-5", "52.10"]


def test_an_empty_cell_is_missing_and_not_zero(tmp_path):
    written(tmp_path, [row(count=None, share="", state="")])
    assert read_parquet(tmp_path / "a.parquet")[0][2:] == (None, None, None)


def test_no_rows_are_a_table_with_a_head(tmp_path):
    assert written(tmp_path, []).row_count == 0
    assert read_parquet(tmp_path / "a.parquet") == []


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ({"count": "three"}, "count is 'three'; expected integer"),
        ({"share": "NaN"}, "share is 'NaN'; expected decimal"),
        ({"as_of": "26/03/2026"}, "expected date"),
        ({"state": "lost"}, "state is 'lost'"),
        ({"extra": "1"}, "expected \\["),
    ],
)
def test_a_cell_its_column_does_not_allow_stops_the_publication(tmp_path, cells, names):
    with pytest.raises(ValueError, match=names):
        written(tmp_path, [row(), row(**cells)])


def test_a_year_is_a_kind_of_its_own(tmp_path):
    files = {"csv_file": tmp_path / "a.csv", "parquet_file": tmp_path / "a.parquet"}
    snapshots.write((Column("year", "Year", "year"),), [{"year": 2026}], **files)
    assert read_parquet(tmp_path / "a.parquet") == [(2026,)]
    with pytest.raises(ValueError, match="expected year"):
        snapshots.write((Column("year", "Year", "year"),), [{"year": 20260}], **files)


def test_nothing_but_the_two_files_is_left_behind(tmp_path):
    written(tmp_path, [row()])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "a.parquet"]
