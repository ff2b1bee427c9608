"""The limited process that makes copies.

Started by `making.py`. It reads Parquet that was published and writes SQLite beside it; knows no framework.
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from lumbung.core.base.disks import put_in_place
from lumbung.core.tables import connections, limited
from lumbung.core.tables.connections import name as quoted
from lumbung.core.tables.connections import text
from lumbung.core.tables.copies import layout
from lumbung.core.tables.copies.layout import Held, Measured, NotHeld

BLOCK_ROWS = 10_000
ROOM = connections.Limits(memory_mb=200, threads=1)
PAGE_BYTES = 8192


class Differs(ValueError):  # noqa: N818 - reads as a sentence
    """What was written is not what was read."""


def main() -> None:
    """Make every copy that is asked for; one that fails is named and the others are made."""
    limited.work(_outcome)


def _outcome(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"rows": copy(Path(asked["source"]), Path(asked["target"]), first=asked["first"])}
    except NotHeld:
        return {"failed": "type"}
    except (OSError, MemoryError, ValueError, duckdb.Error, sqlite3.Error) as error:
        return {"failed": type(error).__name__}


def copy(source: Path, target: Path, *, first: Sequence[str]) -> int:
    """One copy, whole at its place or not there at all; returns how many rows it has."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="lumbung-copy-") as spill,
            connections.opened(reads=[source], temporary=Path(spill), limits=ROOM) as reader,
        ):
            rows = _written(reader, source, part, first)
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _written(reader: duckdb.DuckDBPyConnection, source: Path, part: Path, first: Sequence[str]) -> int:
    file = f"read_parquet({text(str(source))})"
    described = reader.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()  # noqa: S608 - path quoted
    columns = layout.held([(str(row[0]), str(row[1])) for row in described])
    rows, measured = _measured(reader, file, columns)
    writer = sqlite3.connect(part, isolation_level=None)
    try:
        for pragma in (f"page_size={PAGE_BYTES}", "journal_mode=OFF", "synchronous=OFF", "cache_size=-32768"):
            writer.execute(f"PRAGMA {pragma}")
        writer.execute(layout.table_sql(columns))
        writer.execute("BEGIN")
        _fill(writer, _cells(reader, source, columns, measured))
        _compare(writer, columns, measured, rows)
        for place, keys in enumerate(layout.indexes(columns, measured, rows, first)):
            writer.execute(f"CREATE INDEX i{place} ON t({', '.join(keys)})")
        writer.execute(layout.view_sql(columns, measured))
        _tell(writer, columns, measured, rows)
        writer.execute("COMMIT")
        writer.execute("ANALYZE")
    finally:
        writer.close()
    return rows


def _measured(
    reader: duckdb.DuckDBPyConnection, file: str, columns: Sequence[Held]
) -> tuple[int, tuple[Measured, ...]]:
    """How many rows there are, and what is in each column."""
    told = ["count(*)"]
    for column in columns:
        cell = quoted(column.name)
        signs = f"avg(strlen({cell}))" if column.kind == "text" else "8"
        told += [f"count({cell})", f"approx_count_distinct({cell})", signs, _longest(column, cell)]
    rows, *found = reader.execute(f"SELECT {', '.join(told)} FROM {file}").fetchall()[0]  # noqa: S608 - names quoted
    fours = [found[start : start + 4] for start in range(0, len(found), 4)]
    return int(rows), tuple(
        Measured(int(filled), int(values), float(signs or 0), is_long=int(longest or 0) > layout.EXACT_DIGITS)
        for filled, values, signs, longest in fours
    )


def _longest(column: Held, cell: str) -> str:
    """The most digits a number of the column has that mean something."""
    if not column.is_decimal:
        return "0"
    written = f"CAST({cell} AS VARCHAR)"
    fraction = f"CASE WHEN contains({written}, '.') THEN rtrim({written}, '0') ELSE {written} END"
    return f"max(strlen(ltrim(replace({fraction}, '.', ''), '-0')))"


def _cells(
    reader: duckdb.DuckDBPyConnection, source: Path, columns: Sequence[Held], measured: Sequence[Measured]
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in the order of the file, some at a time."""
    told = [
        sql
        for column, found in zip(columns, measured, strict=True)
        for sql in layout.cells_sql(column, f"v{column.place}", is_long=found.is_long)
    ]
    names = ", ".join(f"v{column.place}" for column in columns)
    file = f"(SELECT * FROM read_parquet({text(str(source))})) AS t({names})"  # noqa: S608 - path quoted
    answer = reader.execute(f"SELECT {', '.join(told)} FROM {file}")  # noqa: S608 - names are ours
    while block := answer.fetchmany(BLOCK_ROWS):
        yield block


def _fill(writer: sqlite3.Connection, blocks: Iterator[list[tuple[Any, ...]]]) -> None:
    behind = 0
    for block in blocks:
        marks = ", ".join("?" * (len(block[0]) + 1))
        numbered = ((behind + place, *row) for place, row in enumerate(block))
        writer.executemany(f"INSERT INTO t VALUES ({marks})", numbered)  # noqa: S608 - marks only
        behind += len(block)


def _compare(writer: sqlite3.Connection, columns: Sequence[Held], measured: Sequence[Measured], rows: int) -> None:
    """Every row and every filled cell is there, with its exact form; else there is no copy."""
    told = ", ".join(["count(*)", *(f"count({column.key}), count(c{column.place})" for column in columns)])
    found = writer.execute(f"SELECT {told} FROM t").fetchone()  # noqa: S608 - names are ours
    expected = [rows, *(each.filled for each in measured for _form in range(2))]
    if list(found) != expected:
        raise Differs(f"{found} for {expected}")


def _tell(writer: sqlite3.Connection, columns: Sequence[Held], measured: Sequence[Measured], rows: int) -> None:
    """What whoever asks has to know of the columns, inside the copy itself."""
    writer.execute("CREATE TABLE about(rows INTEGER, columns TEXT)")
    told = [
        {"kind": each.kind, "digits": each.digits, "scale": each.scale, "name": each.name, "filled": found.filled}
        | {"is_long": found.is_long}
        for each, found in zip(columns, measured, strict=True)
    ]
    writer.execute("INSERT INTO about VALUES (?, ?)", (rows, json.dumps(told)))
