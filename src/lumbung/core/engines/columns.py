"""What a Parquet file holds, as expressions need to know it: places and types, no names."""

from dataclasses import dataclass
from pathlib import Path

from lumbung.core.tables import connections
from lumbung.core.tables.connections import text

WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})
TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "TINYINT": "int8",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "DOUBLE": "float64",
    "DATE": "date",
    "TIMESTAMP": "timestamp(6)",
}
DECIMAL = "DECIMAL"


class UnknownType(TypeError):  # noqa: N818 - reads as a sentence
    """A column no engine is asked about."""


@dataclass(frozen=True, slots=True)
class SumColumn:
    """A column of exact numbers, and how many digits stand behind the point."""

    place: int
    scale: int


@dataclass(frozen=True, slots=True)
class TableShape:
    """A file under the name expressions call it, and the type of each of its columns (as Ibis writes them)."""

    name: str
    path: Path
    types: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(f"c{place}" for place in range(len(self.types)))

    def added(self, place: int) -> SumColumn | None:
        """The column as one that can be added up exactly; None for words, days and inexact numbers."""
        kind = self.types[place]
        if kind.startswith("decimal"):
            return SumColumn(place, int(kind.rstrip(")").rpartition(",")[2]))
        return SumColumn(place, 0) if kind.startswith("int") else None


def shape_of(path: Path, *, name: str, temporary: Path) -> TableShape:
    """Read from the head of the file; its rows stay where they are.

    raises  UnknownType for a type our own tables never have
    """
    with connections.opened(reads=[path], temporary=temporary) as connection:
        told = connections.ask(connection, f"DESCRIBE SELECT * FROM read_parquet({text(str(path))})")  # noqa: S608
    return TableShape(name, path, tuple(_type(str(row[1])) for row in told))


def _type(sql: str) -> str:
    if sql.startswith(DECIMAL):
        return sql.lower()
    if sql not in TYPES:
        raise UnknownType(f"type {sql!r}; expected one of {', '.join([*TYPES, DECIMAL])} (columns.TYPES)")
    return TYPES[sql]
