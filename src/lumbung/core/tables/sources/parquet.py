"""Reads Parquet through DuckDB: nothing but this one file may be opened, every column as the text of its values."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb

from lumbung.core.tables.shapes import Note
from lumbung.core.tables.sources.base import Caps, Rows, Source, Unreadable, batch_rows, guard_size

WHOLE = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
}
FRACTIONAL = {"FLOAT", "DOUBLE"}


def open_parquet(path: Path, *, caps: Caps, scratch: Path) -> Source:
    """The file with its column names and kinds."""
    return Parquet(path, caps, kind="parquet").describe(scratch / "rows")


class Parquet(Source):
    """A Parquet file."""

    kinds: tuple[str, ...]
    unrolled: Path

    def describe(self, unrolled: Path) -> "Parquet":
        """Take names and kinds of the columns; refuse those that have no text.

        unrolled  where the rows are written as CSV on the first reading
        """
        self.unrolled = unrolled
        with _connected(self.path) as connection:
            try:
                told = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(self.path)]).fetchall()
                names = connection.execute(
                    "SELECT name, num_children FROM parquet_schema(?)", [str(self.path)]
                ).fetchall()
            except duckdb.Error as error:
                raise Unreadable("damaged") from error
        # DuckDB renames a second column of the same name; the labels are those of the file.
        self.keys = tuple(_top_names(names)) if len(told) == len(_top_names(names)) else tuple(row[0] for row in told)
        self.kinds = tuple(row[1] for row in told)
        guard_size(self.caps, rows=0, columns=len(self.keys))
        for place, kind in enumerate(self.kinds):
            if kind.startswith("BLOB") or kind == "BIT":
                raise Unreadable("column-without-text", column=place + 1, label=self.keys[place], kind=kind)
        self.reasons.append(Note("columns-by-keys", {"count": len(self.keys)}))
        return self

    def batches(self) -> Iterator[Rows]:
        self._unroll()
        csv.field_size_limit(self.caps.cell_chars)
        size, row = batch_rows(len(self.keys)), 0
        with self.unrolled.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            try:
                while batch := list(islice(reader, size)):
                    row += len(batch)
                    guard_size(self.caps, rows=row, columns=len(self.keys))
                    yield batch
            except csv.Error as error:
                raise Unreadable("cell-too-long", row=row + 1, column="?", limit=self.caps.cell_chars) from error
        numeric = [kind in WHOLE | FRACTIONAL or kind.startswith("DECIMAL") for kind in self.kinds]
        self.numbers.update({place: row for place, is_number in enumerate(numeric) if is_number})

    def _unroll(self) -> None:
        """Through a file: an answer of DuckDB stands in memory as a whole, a file is written as it comes."""
        if self.unrolled.exists():
            return
        copy = f"COPY ({self._query()}) TO {_quoted(self.unrolled)} (FORMAT csv, HEADER false, FORCE_QUOTE *)"
        with _connected(self.path, self.unrolled) as connection:
            try:
                connection.execute(copy)
            except duckdb.OutOfMemoryException as error:
                raise Unreadable("heavy") from error
            except duckdb.Error as error:
                raise Unreadable("heavy" if "write" in str(error).lower() else "damaged") from error

    def _query(self) -> str:
        names = ", ".join(f"c{place}" for place in range(len(self.keys)))
        cells = ", ".join(_as_text(f"c{place}", kind) for place, kind in enumerate(self.kinds))
        return f"SELECT {cells} FROM read_parquet({_quoted(self.path)}) AS t({names})"  # noqa: S608 - names made here


def _top_names(schema: list[tuple[str, int | None]]) -> list[str]:
    """The columns of a Parquet schema, which lists every node of the tree before its children."""
    names: list[str] = []
    inside = 0
    for name, children in schema[1:]:
        if not inside:
            names.append(name)
        else:
            inside -= 1
        inside += children or 0
    return names


def _as_text(name: str, kind: str) -> str:
    text = f"CAST({name} AS VARCHAR)"
    if kind in FRACTIONAL:
        text = f"regexp_replace({text}, '\\.0$', '')"
    elif kind.startswith("TIMESTAMP"):
        text = f"replace({text}, ' ', 'T')"
    elif kind.startswith(("STRUCT", "MAP", "LIST")) or kind.endswith("]"):
        text = f"CAST(to_json({name}) AS VARCHAR)"
    return f"coalesce({text}, '')"


def _connected(*paths: Path) -> duckdb.DuckDBPyConnection:
    """A connection that may open these files and no other."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": "384MB",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=settings)
    # In this order: once access is closed, the files that may be opened can no longer be named.
    for setting in (
        "temp_directory = ''",
        "enable_progress_bar = false",
        f"allowed_paths = [{', '.join(map(_quoted, paths))}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
