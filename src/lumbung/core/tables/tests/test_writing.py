"""What is published: Parquet with types, a CSV that is the plain file, the same bytes for the same rows."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lumbung.core.base.errors import Refused
from lumbung.core.tables import checks, writing
from lumbung.core.tables.schemas import Constraints, Schema, SchemaField
from lumbung.core.tables.tests.plain_files import cells_of, plain_of

SCHEMA = Schema(
    (
        SchemaField("kode"),
        SchemaField("tahun", "year"),
        SchemaField("nilai", "number", decimal_char=",", group_char="."),
        SchemaField("pada", "date", format="%d/%m/%Y"),
        SchemaField("saat", "datetime"),
        SchemaField("aktif", "boolean", true_values=("ya",), false_values=("tidak",)),
        SchemaField("bulan", "yearmonth"),
    ),
    missing_values=("", "-"),
)
ROWS = [
    ["52.10", "2024", "1.234,50", "31/12/2024", "2024-01-01T08:00:00+08:00", "ya", "2024-1"],
    ["52.07", "2023", "-", "1/2/2023", "", "tidak", ""],
    ["52.07", "2022", "0,005", "", "2024-01-01 00:00:00.5", "", "2024-12"],
]


def written(folder, plain, schema, sort_by=(), name="a"):
    report = checks.check(plain, schema, temporary=folder / "t")
    files = {"csv_file": folder / f"{name}.csv", "parquet_file": folder / f"{name}.parquet"}
    return writing.write(plain, schema, report, **files, sort_by=sort_by, temporary=folder / "t"), files


def rows_in(parquet):
    return duckdb.sql(f"FROM read_parquet('{parquet}')").fetchall()


EIGHT_HOURS_BACK, HALF_A_SECOND = (datetime.fromisoformat(f"2024-01-01T00:00:00{rest}") for rest in ("", ".5"))


def test_parquet_holds_values_with_their_types(tmp_path):
    plain = plain_of(tmp_path, SCHEMA.names, ROWS)
    told, files = written(tmp_path, plain, SCHEMA, sort_by=["kode", "tahun"])
    assert told.row_count == 3
    assert rows_in(files["parquet_file"]) == [
        ("52.07", 2022, Decimal("0.005"), None, HALF_A_SECOND, None, "2024-12"),
        ("52.07", 2023, None, date(2023, 2, 1), None, False, None),
        ("52.10", 2024, Decimal("1234.500"), date(2024, 12, 31), EIGHT_HOURS_BACK, True, "2024-01"),
    ]


def test_the_csv_is_the_plain_file_byte_for_byte_even_where_a_cell_looks_like_a_formula(tmp_path):
    plain = plain_of(tmp_path, ["a", "b"], [["=cmd|' /C calc'!A0", "-3"], ["@x", ""]])
    told, files = written(tmp_path, plain, Schema((SchemaField("a"), SchemaField("b"))), sort_by=["a"])
    assert files["csv_file"].read_bytes() == plain.path.read_bytes()
    assert told.csv_sha256 == plain.sha256


def test_the_same_rows_give_the_same_bytes(tmp_path):
    rows = [[f"{number % 7}", f"{number}"] for number in range(3000)]
    schema = Schema((SchemaField("a", "integer"), SchemaField("b", "integer")))
    plain = plain_of(tmp_path, ["a", "b"], rows)
    first, files = written(tmp_path, plain, schema, sort_by=["a"], name="a")
    second, _files = written(tmp_path, plain, schema, sort_by=["a"], name="b")
    assert first == second
    assert rows_in(files["parquet_file"]) == sorted((int(a), int(b)) for a, b in rows)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=some.lists(
        some.tuples(
            some.text(max_size=12).filter(lambda cell: cell.isprintable() or "\n" in cell),
            some.text("0123456789.-", max_size=6),
        ),
        max_size=8,
    )
)
def test_texts_go_through_checks_parquet_and_csv_without_a_change(rows, tmp_path):
    schema = Schema((SchemaField("a"), SchemaField("b")))
    plain = plain_of(tmp_path, ["a", "b"], rows)
    report = checks.check(plain, schema, temporary=tmp_path / "t")
    if not report.is_valid:
        assert {count.rule for count in report.counts} == {"blankRow"}
        return
    _told, files = written(tmp_path, plain, schema)
    assert [[cell or "" for cell in row] for row in rows_in(files["parquet_file"])] == [list(row) for row in rows]
    assert cells_of(files["csv_file"])[1:] == [list(row) for row in rows]


def test_a_table_with_faults_or_another_file_than_was_checked_is_never_written(tmp_path):
    schema = Schema((SchemaField("a", "integer", constraints=Constraints(minimum="5")),))
    plain = plain_of(tmp_path, ["a"], [["1"]])
    faulty = checks.check(plain, schema, temporary=tmp_path / "t")
    files = {"csv_file": tmp_path / "x.csv", "parquet_file": tmp_path / "x.parquet", "temporary": tmp_path / "t"}
    with pytest.raises(Refused) as caught:
        writing.write(plain, schema, faulty, **files)
    assert caught.value.code == "table-has-faults"
    good = plain_of(tmp_path, ["a"], [["7"]], name="baik.csv")
    report = checks.check(good, schema, temporary=tmp_path / "t")
    for other in (plain, replace(plain, sha256=good.sha256)):
        with pytest.raises(Refused) as caught:
            writing.write(other, schema, report, **files)
        assert caught.value.code == "table-not-checked"
    assert not list(tmp_path.glob("*x.*"))
