"""Reads Parquet through DuckDB: nothing but this one file may be opened, every column as the text of its values."""

from collections.abc import Iterator
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


def open_parquet(path: Path, *, caps: Caps) -> Source:
    """The file with its column names and kinds."""
    return Parquet(path, caps, kind="parquet").describe()


class Parquet(Source):
    """A Parquet file."""

    kinds: tuple[str, ...]

    def describe(self) -> "Parquet":
        """Take names and kinds of the columns; refuse those that have no text."""
        with _connected(self.path) as connection:
            try:
                told = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(self.path)]).fetchall()
            except duckdb.Error as error:
                raise Unreadable("damaged") from error
        self.keys = tuple(row[0] for row in told)
        self.kinds = tuple(row[1] for row in told)
        guard_size(self.caps, rows=0, columns=len(self.keys))
        for place, kind in enumerate(self.kinds):
            if kind.startswith("BLOB") or kind == "BIT":
                raise Unreadable("column-without-text", column=place + 1, label=self.keys[place], kind=kind)
        self.reasons.append(Note("columns-by-keys", {"count": len(self.keys)}))
        return self

    def batches(self) -> Iterator[Rows]:
        self.numbers.clear()
        size, row = batch_rows(len(self.keys)), 0
        with _connected(self.path) as connection:
            try:
                # Reading by place: two columns of one name stay two.
                found = connection.execute(self._query(), [str(self.path)])
                while rows := found.fetchmany(size):
                    row += len(rows)
                    guard_size(self.caps, rows=row, columns=len(self.keys))
                    yield [list(cells) for cells in rows]
            except duckdb.OutOfMemoryException as error:
                raise Unreadable("heavy") from error
            except duckdb.Error as error:
                raise Unreadable("damaged") from error
        for place, kind in enumerate(self.kinds):
            if kind in WHOLE | FRACTIONAL or kind.startswith("DECIMAL"):
                self.numbers[place] = row

    def _query(self) -> str:
        names = ", ".join(f"c{place}" for place in range(len(self.keys)))
        cells = ", ".join(_as_text(f"c{place}", kind) for place, kind in enumerate(self.kinds))
        return f"SELECT {cells} FROM read_parquet(?) AS t({names})"  # noqa: S608 - names made here


def _as_text(name: str, kind: str) -> str:
    text = f"CAST({name} AS VARCHAR)"
    if kind in FRACTIONAL:
        text = f"regexp_replace({text}, '\\.0$', '')"
    elif kind.startswith("TIMESTAMP"):
        text = f"replace({text}, ' ', 'T')"
    elif kind.startswith(("STRUCT", "MAP", "LIST")) or kind.endswith("]"):
        text = f"CAST(to_json({name}) AS VARCHAR)"
    return f"coalesce({text}, '')"


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": "384MB",
        "temp_directory": "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allowed_paths": [str(path)],
        "enable_external_access": "false",
        "lock_configuration": "true",
    }
    return duckdb.connect(":memory:", config=settings)
