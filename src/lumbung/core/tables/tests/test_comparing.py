"""Differences between two versions: columns, rows by key, rows as wholes."""

import json

import duckdb
import pytest

from lumbung.core.base.errors import Refused
from lumbung.core.tables import comparing
from lumbung.core.tables.comparing import ChangedCell, Retyped


def parquet(folder, name, select):
    target = str(folder / name).replace("'", "''")
    duckdb.sql(f"COPY ({select}) TO '{target}' (FORMAT parquet)")
    return folder / name


def table(folder, name, rows, columns="kode, jumlah"):
    return parquet(folder, name, f"FROM (VALUES {rows}) AS t({columns})")


def compared(folder, old, new, **more):
    return comparing.compare(old, new, temporary=folder / "t", **more)


def test_rows_are_known_by_their_key(tmp_path):
    old = table(tmp_path, "old", "('52.07', 1), ('52.10', 2), ('52.71', NULL)")
    new = table(tmp_path, "new", "('52.07', 1), ('52.10', 3), ('52.72', 5), ('52.71', NULL)")
    told = compared(tmp_path, old, new, key=["kode"])
    assert (told.added, told.removed, told.changed, told.old_count, told.new_count) == (1, 0, 1, 3, 4)
    assert told.changed_cells == (ChangedCell(("52.10",), "jumlah", "2", "3"),)
    assert told.added_rows == (("52.72", "5"),)
    assert told.cells_changed == {"jumlah": 1}


def test_without_a_key_rows_are_a_heap_and_doubled_rows_count(tmp_path):
    old = table(tmp_path, "old", "('a', 1), ('a', 1), ('b', 2)")
    new = table(tmp_path, "new", "('a', 1), ('b', 2), ('c', NULL), ('c', NULL)")
    told = compared(tmp_path, old, new)
    assert (told.added, told.removed, told.changed) == (2, 1, 0)
    assert (told.added_rows, told.removed_rows) == ((("c", None),), (("a", "1"),))


def test_columns_added_removed_and_retyped_are_told_and_the_rest_is_compared(tmp_path):
    old = parquet(tmp_path, "old", "SELECT 1 AS id, '7' AS n, 2 AS lama")
    new = parquet(tmp_path, "new", "SELECT 1 AS id, 7 AS n, 3 AS baru")
    told = compared(tmp_path, old, new, key=["id"])
    assert (told.columns_added, told.columns_removed) == (("baru",), ("lama",))
    assert told.columns_retyped == (Retyped("n", "VARCHAR", "INTEGER"),)
    assert told.changed == 0
    assert not told.are_none


def test_the_day_of_a_snapshot_may_be_left_out(tmp_path):
    old = table(tmp_path, "old", "('2026-01-01', 'a', 1)", "as_of, kode, n")
    new = table(tmp_path, "new", "('2026-01-02', 'a', 1)", "as_of, kode, n")
    assert compared(tmp_path, old, new).added == 1
    assert compared(tmp_path, old, new, without=["as_of"]).are_none
    assert compared(tmp_path, old, new, key=["kode"], without=["as_of"]).are_none


def test_a_cell_is_told_as_long_as_asked_for(tmp_path):
    old = table(tmp_path, "old", f"('a', '{'x' * 300}')")
    new = table(tmp_path, "new", f"('a', '{'y' * 300}')")
    lengths = [
        len(compared(tmp_path, old, new, key=["kode"], **more).changed_cells[0].new) for more in ({}, {"shown": 1_000})
    ]
    assert lengths == [200, 300]


def test_more_room_for_digits_is_no_difference(tmp_path):
    old = parquet(tmp_path, "old", "SELECT 1 AS id, 1.5::DECIMAL(18,1) AS n")
    new = parquet(tmp_path, "new", "SELECT 1 AS id, 1.50::DECIMAL(38,2) AS n")
    assert compared(tmp_path, old, new, key=["id"]).are_none
    assert compared(tmp_path, old, new).are_none


def test_a_row_without_a_key_matches_a_row_without_a_key(tmp_path):
    old, new = (table(tmp_path, name, f"(NULL, {value})") for name, value in (("old", 1), ("new", 2)))
    assert compared(tmp_path, old, new, key=["kode"]).changed == 1


@pytest.mark.parametrize(("key", "code"), [(["kode"], "compare-key-twice"), (["lain"], "compare-key-unknown")])
def test_a_key_that_names_no_row_for_certain_is_refused(key, code, tmp_path):
    old = table(tmp_path, "old", "('a', 1), ('a', 2)")
    with pytest.raises(Refused) as caught:
        compared(tmp_path, old, old, key=key)
    assert caught.value.code == code


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    (tmp_path / "x").write_text("a,b\n")
    with pytest.raises(Refused) as caught:
        compared(tmp_path, tmp_path / "x", tmp_path / "x")
    assert caught.value.code == "compare-not-parquet"


def test_differences_go_to_json_and_back_unchanged(tmp_path):
    old = table(tmp_path, "old", "('a', 1), ('b', 2)")
    new = table(tmp_path, "new", "('a', 2), ('c', 2)")
    told = compared(tmp_path, old, new, key=["kode"])
    assert comparing.Differences.from_json(json.loads(json.dumps(told.to_json()))) == told
    assert comparing.Differences.from_json(json.loads(json.dumps(compared(tmp_path, old, new).to_json())))


def test_names_that_look_like_sql_are_only_names(tmp_path):
    old = parquet(tmp_path, "it's", """SELECT 1 AS "id"" OR true --", 2 AS "sign", 3 AS print, 4 AS k0""")
    assert compared(tmp_path, old, old).are_none
    assert compared(tmp_path, old, old, key=['id" OR true --']).are_none
