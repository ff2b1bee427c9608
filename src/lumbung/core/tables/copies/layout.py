"""How a published table is held in SQLite: no value changed, every order kept, indexes where people filter.

Table `t`: `n` is the place of a row in its file, `c0`, `c1`, … the values. A decimal is held twice: as a number to
reckon with (`c5`), and as a whole number of its smallest unit (`k5`: 12.50 is 1250), exact and in the right order.
View `data`: what public SQL sees, under the names that were published.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lumbung.core.tables.connections import name as quoted

Kind = Literal["text", "whole", "decimal", "truth", "day", "moment"]
# Raise it when anything here changes: copies of another form are made anew.
FORM = 1
# SQLite holds whole numbers of 64 bits, and reckons exactly with 15 digits.
LONG_DIGITS, EXACT_DIGITS, MOST_DIGITS = 18, 15, 38
WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
KINDS: dict[str, Kind] = {
    "VARCHAR": "text",
    "BOOLEAN": "truth",
    "DATE": "day",
    "TIMESTAMP": "moment",
}
AFFINITY: dict[Kind, str] = {"whole": "INTEGER", "decimal": "REAL", "truth": "INTEGER"}
DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
# Below so many rows a scan costs nothing; indexes would only take room.
INDEXED_ROWS = 5_000
FEW, MOST_FEW, MOST_SIGNS = 2_000, 4, 40
MOST_PAIRED = 2
# A column indexed alone has enough values to choose among, and cells short enough for the room they take twice.
MOST_ALONE, LEAST_VALUES, SHORT_SIGNS = 6, 8, 24


class NotHeld(ValueError):  # noqa: N818 - reads as a sentence
    """A column has a type no copy can hold without changing it."""


@dataclass(frozen=True, slots=True)
class Held:
    """One column of a copy."""

    place: int
    name: str
    kind: Kind
    digits: int = 0
    scale: int = 0

    @property
    def is_decimal(self) -> bool:
        return self.kind == "decimal"

    @property
    def has_long_key(self) -> bool:
        """Whether its exact form needs more than 64 bits, and is a text of fixed width."""
        return self.is_decimal and self.digits > LONG_DIGITS

    @property
    def key(self) -> str:
        """The column that is compared and ordered by."""
        return f"k{self.place}" if self.is_decimal else f"c{self.place}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in a column: how many cells are filled, about how many values, signs of a usual text."""

    filled: int
    values: int
    signs: float
    is_long: bool = False


def held(described: Sequence[tuple[str, str]]) -> tuple[Held, ...]:
    """The columns of a Parquet file, by name and DuckDB type.

    raises  NotHeld for a type that is not published today
    """
    return tuple(_held(place, name, told) for place, (name, told) in enumerate(described))


def _held(place: int, name: str, told: str) -> Held:
    if told in WHOLE:
        return Held(place, name, "whole")
    found = DECIMAL.fullmatch(told)
    if found is not None:
        return Held(place, name, "decimal", int(found[1]), int(found[2]))
    if told not in KINDS:
        raise NotHeld(f"{name}: {told}")
    return Held(place, name, KINDS[told])


def table_sql(columns: Sequence[Held]) -> str:
    """The table the copy is."""
    told = ["n INTEGER PRIMARY KEY"]
    for column in columns:
        told.append(f"c{column.place} {AFFINITY.get(column.kind, 'TEXT')}")
        if column.is_decimal:
            told.append(f"{column.key} {'TEXT' if column.has_long_key else 'INTEGER'}")
            told.append(f"x{column.place} TEXT")
    return f"CREATE TABLE t({', '.join(told)})"


def view_sql(columns: Sequence[Held], measured: Sequence[Measured]) -> str:
    """What public SQL sees; beside numbers too long to reckon with exactly stands their exact text."""
    shown = [(name, cell) for name, cell, _column in public_columns(columns, [each.is_long for each in measured])]
    names = ", ".join(quoted(name) for name, _cell in shown)
    cells = ", ".join(cell for _name, cell in shown)
    return f"CREATE VIEW data({names}) AS SELECT {cells} FROM t"  # noqa: S608 - names quoted, cells ours


def public_columns(columns: Sequence[Held], are_long: Sequence[bool]) -> list[tuple[str, str, Held]]:
    """Name, cell and column of everything public SQL sees."""
    shown, taken = [], {column.name.lower() for column in columns}
    for column, is_long in zip(columns, are_long, strict=True):
        shown.append((column.name, f"c{column.place}", column))
        if is_long:
            exact = f"{column.name}__tepat"
            while exact.lower() in taken:
                exact += "_"
            taken.add(exact.lower())
            shown.append((exact, f"x{column.place}", column))
    return shown


def cells_sql(column: Held, cell: str, *, is_long: bool) -> list[str]:
    """SQL of DuckDB that gives what is held of a cell."""
    if column.kind in {"day", "moment"}:
        return [f"CAST({cell} AS VARCHAR)"]
    if column.kind == "truth":
        return [f"CAST({cell} AS INTEGER)"]
    if not column.is_decimal:
        return [cell]
    written = f"CAST({cell} AS VARCHAR)"
    digits = f"replace({written}, '.', '')"
    key = _long_key(cell, digits) if column.has_long_key else f"CAST({digits} AS BIGINT)"
    return [f"CAST({cell} AS DOUBLE)", key, written if is_long else "NULL"]


def _long_key(cell: str, digits: str) -> str:
    """Fixed width, in the order of the numbers: 1 and the digits, or 0 and their complement below nought."""
    padded = f"lpad(ltrim({digits}, '-'), {MOST_DIGITS}, '0')"
    return f"CASE WHEN {cell} >= 0 THEN '1' || {padded} ELSE '0' || translate({padded}, '0123456789', '9876543210') END"


def long_key(unscaled: int) -> str:
    """The same of a value of a question."""
    padded = str(abs(unscaled)).zfill(MOST_DIGITS)
    return f"1{padded}" if unscaled >= 0 else "0" + padded.translate(str.maketrans("0123456789", "9876543210"))


def from_long_key(key: str) -> int:
    """The whole number such a key stands for."""
    if key[0] == "1":
        return int(key[1:])
    return -int(key[1:].translate(str.maketrans("0123456789", "9876543210")))


def indexes(
    columns: Sequence[Held], measured: Sequence[Measured], rows: int, first: Sequence[str]
) -> list[tuple[str, ...]]:
    """Columns of each index: pairs of those with few values, region and period first; each other column alone.

    first  names of the columns people filter by most: those of region and period
    """
    if rows < INDEXED_ROWS:
        return []
    useful = [
        column
        for column, found in zip(columns, measured, strict=True)
        if found.values > 1 and found.signs <= MOST_SIGNS
    ]
    by_wish = sorted(useful, key=lambda column: (_wish(column, first), column.place))
    few = [column for column in by_wish if measured[column.place].values <= FEW][:MOST_FEW]
    pairs = [(few[one], few[two]) for one, two in _turned(len(few))]
    leading = {one.place for one, _two in pairs}
    alone = [column for column in by_wish if column.place not in leading and _is_worth(measured[column.place])]
    return [(one.key, two.key) for one, two in pairs] + [(column.key,) for column in alone[:MOST_ALONE]]


def _is_worth(found: Measured) -> bool:
    return found.values >= LEAST_VALUES and found.signs <= SHORT_SIGNS


def _wish(column: Held, first: Sequence[str]) -> int:
    return list(first).index(column.name) if column.name in first else len(first)


def _turned(count: int) -> list[tuple[int, int]]:
    """Every pair once; the last one leads where it meets the first, so that of three or more each leads somewhere."""
    pairs = [(one, two) for one in range(count) for two in range(one + 1, count)]
    return [(two, one) if count > MOST_PAIRED and (one, two) == (0, count - 1) else (one, two) for one, two in pairs]
