"""Every difference between two versions of a table as CSV, a line for each cell, written as it is found."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb

from lumbung.core.base.errors import Refused
from lumbung.core.tables import connections
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.compared_pairs import HERE, Pair, changed_where, gather_rest, joined_by, types_of
from lumbung.core.tables.comparing import ROOMY, Watch
from lumbung.core.tables.connections import name, text

HEAD = ("change", "row", "key", "column", "old", "new")
ROWS_AT_ONCE = 1000
Change = tuple[str, tuple[Any, ...], tuple[Any, ...]]


def write(
    old: Path,
    new: Path,
    *,
    key: Sequence[str],
    compared: Sequence[str],
    into: Path,
    temporary: Path,
    most_bytes: int,
    watched: Watch = nullcontext,
) -> None:
    """All of it into a file, or a refusal: nothing is cut.

    key       columns that name a row once in both versions; without them rows are compared as wholes
    compared  columns both versions have, the cells of which are compared
    raises    Refused where the file would be larger
    """
    with connections.opened(reads=[old, new], temporary=temporary, limits=ROOMY) as connection, watched(connection):
        was, now = (types_of(connection, path) for path in (old, new))
        types = {column: (was[column], now[column]) for column in compared}
        pair = Pair(f"read_parquet({text(str(old))})", f"read_parquet({text(str(new))})", types)
        changes = _by_key(connection, pair, tuple(key)) if key else _as_wholes(connection, pair)
        lines = (
            line for number, each in enumerate(changes, 1) for line in _lines(number, each, tuple(compared), tuple(key))
        )
        _write_lines(lines, into, most_bytes)


def _write_lines(lines: Iterable[Sequence[str]], into: Path, most_bytes: int) -> None:
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        size = writer.writerow(HEAD)
        for line in lines:
            size += writer.writerow(line)
            if size > most_bytes:
                most = most_bytes // 1_000_000
                raise Refused("differences-too-large", SENTENCES["differences-too-large"], most=most)


def _by_key(connection: duckdb.DuckDBPyConnection, pair: Pair, key: tuple[str, ...]) -> Iterator[Change]:
    joined, none = joined_by(pair, key), (None,) * len(pair.types)
    for row in _rows(connection, _cells(pair, "n"), joined, f"o.{HERE} IS NULL", _order("n", key)):
        yield "added", none, row
    for row in _rows(connection, _cells(pair, "o"), joined, f"n.{HERE} IS NULL", _order("o", key)):
        yield "removed", row, none
    both = f"{_cells(pair, 'o')}, {_cells(pair, 'n')}"
    for row in _rows(connection, both, joined, changed_where(pair, key), _order("n", key)):
        yield "changed", row[: len(none)], row[len(none) :]


def _as_wholes(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Iterator[Change]:
    if not pair.types:
        return
    columns = gather_rest(connection, pair)
    cells = ", ".join(f"CAST({each} AS VARCHAR)" for each in columns)
    none = (None,) * len(columns)
    for row in _rows(connection, cells, "rest", "times > 0", ", ".join(columns)):
        yield "added", none, row
    for row in _rows(connection, cells, "rest", "times < 0", ", ".join(columns)):
        yield "removed", row, none


def _rows(
    connection: duckdb.DuckDBPyConnection, cells: str, source: str, where: str, order: str
) -> Iterator[tuple[Any, ...]]:
    connection.execute(f"SELECT {cells} FROM {source} WHERE {where} ORDER BY {order}")  # noqa: S608 - quoted parts
    while rows := connection.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _cells(pair: Pair, side: str) -> str:
    return ", ".join(f"CAST({pair.cell(column, side)} AS VARCHAR)" for column in pair.types)


def _order(side: str, key: tuple[str, ...]) -> str:
    return ", ".join(f"{side}.{name(column)}" for column in key)


def _lines(number: int, change: Change, columns: tuple[str, ...], key: tuple[str, ...]) -> Iterator[Sequence[str]]:
    kind, before, after = change
    known = dict(zip(columns, before if kind == "removed" else after, strict=True))
    joined = " | ".join(known[column] or "" for column in key)
    for column, was, now in zip(columns, before, after, strict=True):
        if kind != "changed" or was != now:
            yield kind, str(number), joined, column, was or "", now or ""
