"""What is different between two published versions of a table: columns, and rows by key or as wholes."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from lumbung.core.base.errors import Refused
from lumbung.core.tables import connections
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.compared_pairs import (
    BOTH,
    HERE,
    SHOWN,
    Pair,
    changed_where,
    differing,
    gather_rest,
    joined_by,
    kind_of,
    types_of,
)
from lumbung.core.tables.connections import ask, name, text

FIRST = 20
Watch = Callable[[duckdb.DuckDBPyConnection], AbstractContextManager[object]]
# Two versions at once.
ROOMY = connections.Limits(memory_mb=300)


@dataclass(frozen=True, slots=True)
class Retyped:
    """A column whose type is another; its cells are compared as texts."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One cell of a row that both versions have. None: no value."""

    key: tuple[str | None, ...]
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Counts, and the first examples, in order of the key or of the cells.

    key            the columns rows are known by; empty: rows are compared as wholes, and none counts as changed
    compared       columns of both versions, the cells of which were compared
    added_rows     first rows only the new version has, each with the cells of `compared`; removed_rows of the old one
    changed_cells  cells of the first rows that changed
    cells_changed  by column: in how many rows its cell changed
    """

    key: tuple[str, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    columns_retyped: tuple[Retyped, ...]
    compared: tuple[str, ...]
    old_count: int
    new_count: int
    added: int
    removed: int
    changed: int = 0
    added_rows: tuple[tuple[str | None, ...], ...] = ()
    removed_rows: tuple[tuple[str | None, ...], ...] = ()
    changed_cells: tuple[ChangedCell, ...] = ()
    cells_changed: Mapping[str, int] | None = None

    @property
    def are_none(self) -> bool:
        columns = self.columns_added or self.columns_removed or self.columns_retyped
        return not (columns or self.added or self.removed or self.changed)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Differences":
        names = ("key", "columns_added", "columns_removed", "compared")
        rows = ("added_rows", "removed_rows")
        made: dict[str, Any] = {
            **told,
            **{word: tuple(told[word]) for word in names},
            **{word: tuple(tuple(row) for row in told[word]) for word in rows},
        }
        made["columns_retyped"] = tuple(Retyped(**each) for each in told["columns_retyped"])
        made["changed_cells"] = tuple(
            ChangedCell(**{**each, "key": tuple(each["key"])}) for each in told["changed_cells"]
        )
        return cls(**made)


def compare(
    old: Path,
    new: Path,
    *,
    key: Sequence[str] = (),
    without: Sequence[str] = (),
    temporary: Path,
    most: int = FIRST,
    shown: int = SHOWN,
    limits: connections.Limits = ROOMY,
    watched: Watch = nullcontext,
) -> Differences:
    """Every difference counted, the first `most` of each kind told.

    old, new  Parquet files of two versions
    without   columns whose cells are not compared, such as the day of the snapshot
    shown     signs of a cell that are told; longer cells are cut
    key       columns that name a row once in both versions; without them rows are compared as wholes
    watched   put around the asking, with the connection: may end it
    raises    Refused when the key is not in both versions, or names a row twice
    """
    with connections.opened(reads=[old, new], temporary=temporary, limits=limits) as connection, watched(connection):
        old_types, new_types = (types_of(connection, path) for path in (old, new))
        both = {column: (kind, new_types[column]) for column, kind in old_types.items() if column in new_types}
        shared = {column: kinds for column, kinds in both.items() if column not in without}
        _refuse_unknown_key(key, shared)
        pair = Pair(f"read_parquet({text(str(old))})", f"read_parquet({text(str(new))})", shared, shown)
        counts = [ask(connection, f"SELECT count(*) FROM {side}")[0][0] for side in (pair.old, pair.new)]  # noqa: S608
        rows = _by_key(connection, pair, tuple(key), most) if key else _by_whole_row(connection, pair, most)
        return Differences(
            key=tuple(key),
            columns_added=tuple(column for column in new_types if column not in old_types),
            columns_removed=tuple(column for column in old_types if column not in new_types),
            columns_retyped=_retyped(both),
            compared=tuple(shared),
            old_count=counts[0],
            new_count=counts[1],
            **rows,
        )


def _retyped(shared: Mapping[str, tuple[str, str]]) -> tuple[Retyped, ...]:
    return tuple(
        Retyped(column, old, new) for column, (old, new) in shared.items() if kind_of(old) != kind_of(new)
    )  # fmt: skip


def _refuse_unknown_key(key: Sequence[str], shared: Mapping[str, tuple[str, str]]) -> None:
    for column in key:
        if column not in shared:
            raise Refused("compare-key-unknown", SENTENCES["compare-key-unknown"], column=column)


def _by_key(connection: duckdb.DuckDBPyConnection, pair: Pair, key: tuple[str, ...], most: int) -> dict[str, Any]:
    _refuse_doubled_keys(connection, pair, key)
    others = [column for column in pair.types if column not in key]
    joined, changed, differs = joined_by(pair, key), changed_where(pair, key), differing(pair, key)
    questions = [f"o.{HERE} IS NULL", f"n.{HERE} IS NULL", changed, *(f"{BOTH} AND {sql}" for sql in differs.values())]
    asked = ", ".join(f"count(*) FILTER (WHERE {sql})" for sql in questions)
    added, removed, rows, *cells = ask(connection, f"SELECT {asked} FROM {joined}")[0]  # noqa: S608 - quoted parts
    told: dict[str, Any] = {"added": added, "removed": removed, "changed": rows}
    told["cells_changed"] = {column: count for column, count in zip(others, cells, strict=True) if count}
    return told | _examples_by_key(connection, pair, key, told, joined, changed, most)


def _examples_by_key(
    connection: duckdb.DuckDBPyConnection,
    pair: Pair,
    key: tuple[str, ...],
    told: Mapping[str, Any],
    joined: str,
    changed: str,
    most: int,
) -> dict[str, Any]:
    def first(side: str, condition: str) -> tuple[tuple[str | None, ...], ...]:
        order = ", ".join(f"{side}.{name(column)}" for column in key)
        sql = f"SELECT {_shown(pair, side)} FROM {joined} WHERE {condition} ORDER BY {order} LIMIT {int(most)}"  # noqa: S608
        return tuple(ask(connection, sql))

    found: dict[str, Any] = {"added_rows": first("n", f"o.{HERE} IS NULL") if told["added"] else ()}
    found["removed_rows"] = first("o", f"n.{HERE} IS NULL") if told["removed"] else ()
    if told["changed"]:
        order = ", ".join(f"n.{name(column)}" for column in key)
        sql = f"SELECT {_shown(pair, 'o', cut=False)}, {_shown(pair, 'n', cut=False)} FROM {joined} WHERE {changed} "  # noqa: S608
        found["changed_cells"] = _cells(pair, key, ask(connection, f"{sql} ORDER BY {order} LIMIT {int(most)}"))
    return found


def _shown(pair: Pair, side: str, *, cut: bool = True) -> str:
    cells = [f"CAST({pair.cell(column, side)} AS VARCHAR)" for column in pair.types]
    return ", ".join(f"left({cell}, {pair.shown})" if cut else cell for cell in cells)


def _cells(pair: Pair, key: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> tuple[ChangedCell, ...]:
    columns = list(pair.types)
    found = []
    for row in rows:
        old, new = row[: len(columns)], row[len(columns) :]
        known = tuple(new[columns.index(column)] for column in key)
        found += [
            ChangedCell(known, column, before and before[: pair.shown], after and after[: pair.shown])
            for column, before, after in zip(columns, old, new, strict=True)
            if before != after
        ]
    return tuple(found)


def _refuse_doubled_keys(connection: duckdb.DuckDBPyConnection, pair: Pair, key: tuple[str, ...]) -> None:
    columns = ", ".join(name(column) for column in key)
    for side in (pair.old, pair.new):
        twice = ask(
            connection,
            f"SELECT coalesce(sum(times), 0)::BIGINT FROM (SELECT count(*) AS times FROM {side} "  # noqa: S608
            f"GROUP BY {columns} HAVING count(*) > 1)",
        )[0][0]
        if twice:
            raise Refused("compare-key-twice", SENTENCES["compare-key-twice"], count=twice)


def _by_whole_row(connection: duckdb.DuckDBPyConnection, pair: Pair, most: int) -> dict[str, Any]:
    """Rows as a heap: how often each stands in one version and not in the other."""
    if not pair.types:
        return {"added": 0, "removed": 0}
    columns = gather_rest(connection, pair)
    added, removed = ask(
        connection,
        "SELECT coalesce(sum(times) FILTER (WHERE times > 0), 0)::BIGINT, "
        "coalesce(-sum(times) FILTER (WHERE times < 0), 0)::BIGINT FROM rest",
    )[0]
    shown = ", ".join(f"left(CAST({each} AS VARCHAR), {pair.shown})" for each in columns)
    order = ", ".join(columns)
    first = [
        tuple(ask(connection, f"SELECT {shown} FROM rest WHERE times {sign} 0 ORDER BY {order} LIMIT {int(most)}"))  # noqa: S608
        for sign in (">", "<")
    ]
    return {"added": added, "removed": removed, "added_rows": first[0], "removed_rows": first[1]}
