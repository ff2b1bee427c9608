"""A question to one published table, and the SQL it becomes. No word of whoever asks ever stands in that SQL.

Columns are called by their place (c0, c1, …), values are bound, paths are ours. A missing value meets no condition
but `is_null`, stands last in every order, and rows that are equal stay in the order of the file.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from lumbung.core.tables import canonical, connections
from lumbung.core.tables.schemas import Kind, SchemaField

Operator = Literal["eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "is_null"]
SIGNS: dict[str, str] = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
OPERATORS: tuple[Operator, ...] = ("eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "is_null")
FUNCTIONS = ("count", "sum", "min", "max", "avg")
NUMBERS: frozenset[Kind] = frozenset({"integer", "number"})
TEXTS: frozenset[Kind] = frozenset({"string", "yearmonth"})
CASTS: dict[Kind, str] = {
    "string": "VARCHAR",
    "yearmonth": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "year": "SMALLINT",
}
NUMBERED = "file_row_number"
SHORT_DIGITS, MOST_DIGITS = 18, 38


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to be; values are canonical texts of the column's type."""

    place: int
    operator: Operator
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One figure of a group; `count` alone needs no column."""

    function: str
    place: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Order:
    """By which column of the table, or which aggregate of the answer."""

    by: Literal["column", "aggregate"]
    place: int
    descending: bool = False

    @property
    def sql(self) -> str:
        return f"{'c' if self.by == 'column' else 'a'}{self.place} {'DESC' if self.descending else 'ASC'} NULLS LAST"


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A column of the answer."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table with these columns. With `aggregates`, a row of the answer is a group."""

    columns: tuple[SchemaField, ...]
    shown: tuple[int, ...]
    where: tuple[Condition, ...] = ()
    groups: tuple[int, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    order: tuple[Order, ...] = ()
    # Whether the number of a row in its file stands behind its cells.
    is_numbered: bool = False

    @property
    def fields(self) -> tuple[AnswerField, ...]:
        """The columns of the answer, in order."""
        places = self.groups if self.aggregates else self.shown
        plain = [AnswerField(self.columns[place].name, self.columns[place].type) for place in places]
        return (*plain, *(AnswerField(each.label, self._type_of(each)) for each in self.aggregates))

    def _type_of(self, each: Aggregate) -> str:
        if each.function == "count" or each.place is None:
            return "integer"
        return "number" if each.function == "avg" else self.columns[each.place].type


def everything(columns: Sequence[SchemaField]) -> Question:
    """The whole table as it stands."""
    return Question(tuple(columns), tuple(range(len(columns))))


class BadNumber(ValueError):  # noqa: N818 - reads as a sentence
    """A number with more digits than any column can hold."""


def value_of(column: SchemaField, written: str) -> str:
    """A value of a question as canonical text: a dot before decimals, days as 2024-12-31.

    raises  canonical.BadValue when it is none of the column's type, BadNumber when it is too long for one
    """
    found = canonical.canonical(SchemaField(column.name, column.type), written)
    if column.type in NUMBERS and len(found.lstrip("+-").replace(".", "")) > MOST_DIGITS:
        raise BadNumber(column.name)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which row an answer goes on: its cells in the columns of the order, and its number in the file."""

    cells: tuple[str | None, ...]
    row: int


def place_of(question: Question, cells: Sequence[Any], row: int) -> Place:
    """The place of a row, from its cells in the columns of the order."""
    told = [_told(question.columns[order.place], cell) for order, cell in zip(question.order, cells, strict=True)]
    return Place(tuple(told), row)


def _told(column: SchemaField, cell: Any) -> str | None:
    """A cell as canonical text."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).zfill(4) if column.type == "year" else str(cell)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with the values it is asked with."""

    sql: str
    values: tuple[str | int, ...] = ()


def rows_of(
    question: Question,
    path: Path,
    *,
    limit: int | None = None,
    offset: int = 0,
    after: Place | None = None,
    is_counted: bool = False,
) -> Statement:
    """The rows asked for, in their order, behind a place of it; all of them without a limit.

    is_counted  whether how many groups there are in all stands before each: one reading of the table instead of two
    """
    select, values = _selected(question, path, after, before=("count(*) OVER () AS whole",) if is_counted else ())
    if limit is None and not question.order and not question.aggregates:
        return Statement(select, values)  # read in the order of the file as it is
    told = ", ".join([*(order.sql for order in question.order), *_settled(question)])
    sql = f"{select} ORDER BY {told}" if told else select
    if limit is None:
        return Statement(sql, values)
    return Statement(f"{sql} LIMIT ? OFFSET ?", (*values, limit, offset))


def placed(question: Question) -> Question:
    """The same with the columns of its order shown behind its own: what the place of a row is told by."""
    if question.aggregates:
        return question
    return dataclasses.replace(
        question, shown=(*question.shown, *(order.place for order in question.order)), is_numbered=True
    )


def count_of(question: Question, path: Path) -> Statement:
    """How many rows the whole answer has."""
    where, values = _where(question)
    if not question.aggregates:
        return Statement(f"SELECT count(*) FROM {_source(question, path)}{where}", values)  # noqa: S608
    select, values = _selected(question, path)
    return Statement(f"SELECT count(*) FROM ({select})", values)  # noqa: S608


def named(question: Question, statement: Statement, *, is_text: bool) -> Statement:
    """The same rows under the names the columns have; for a text file, moments without digits that say nothing."""
    inner = [f"v{place}" for place in range(len(question.fields))]
    told = ", ".join(
        f"{_spelt(value) if is_text and field.type == 'datetime' else value} AS {connections.name(field.name)}"
        for value, field in zip(inner, question.fields, strict=True)
    )
    return Statement(f"SELECT {told} FROM ({statement.sql}) AS t({', '.join(inner)})", statement.values)  # noqa: S608


def _spelt(value: str) -> str:
    return f"CAST({value} AS VARCHAR)"


def _source(question: Question, path: Path) -> str:
    """The file with its columns under our names, and n, the place of a row in it."""
    file = connections.text(str(path))
    names = ", ".join([*(f"c{place}" for place in range(len(question.columns))), "n"])
    if any(column.name.lower() == NUMBERED for column in question.columns):
        return f"(SELECT *, row_number() OVER () FROM read_parquet({file})) AS t({names})"  # noqa: S608
    return f"read_parquet({file}, {NUMBERED} = true) AS t({names})"


def _selected(
    question: Question, path: Path, after: Place | None = None, *, before: Sequence[str] = ()
) -> tuple[str, tuple[str | int, ...]]:
    where, values = _where(question, after)
    if not question.aggregates:
        shown = ", ".join([*(f"c{place}" for place in question.shown), *(["n"] if question.is_numbered else [])])
        return f"SELECT {shown} FROM {_source(question, path)}{where}", values  # noqa: S608
    groups = [f"c{place}" for place in question.groups]
    figures = [f"{_figure(each)} AS a{number}" for number, each in enumerate(question.aggregates)]
    grouped = f" GROUP BY {', '.join(groups)}" if groups else ""
    return f"SELECT {', '.join([*before, *groups, *figures])} FROM {_source(question, path)}{where}{grouped}", values  # noqa: S608


def _figure(each: Aggregate) -> str:
    if each.place is None:
        return "count(*)"
    column = f"c{each.place}"
    if each.function == "avg":  # from an exact sum, in 15 digits: the mean of 0.1, 0.2 and 0.3 is 0.2 on every machine
        return f"CAST(printf('%.15g', CAST(sum({column}) AS DOUBLE) / count({column})) AS DOUBLE)"
    return f"{each.function}({column})"


def _settled(question: Question) -> list[str]:
    """What makes an order complete, so that no page repeats or leaves out a row."""
    return [f"c{place} ASC NULLS LAST" for place in question.groups] if question.aggregates else ["n"]


def _where(question: Question, after: Place | None = None) -> tuple[str, tuple[str | int, ...]]:
    told = [_condition(question.columns[each.place], each) for each in question.where]
    values: list[str | int] = [value for each in question.where if each.operator != "is_null" for value in each.values]
    if after is not None:
        behind, more = _behind(question, after)
        told.append(behind)
        values += more
    return (f" WHERE {' AND '.join(told)}" if told else ""), tuple(values)


def _behind(question: Question, after: Place) -> tuple[str, list[str | int]]:
    """Rows that come later in the order: further in its first column, or equal there and further in the next …"""
    told = "n > ?"
    values: list[str | int] = [after.row]
    for order, cell in reversed(list(zip(question.order, after.cells, strict=True))):
        column = f"c{order.place}"
        if cell is None:
            told = f"({column} IS NULL AND {told})"
            continue
        bound = f"CAST(? AS {_cast(question.columns[order.place], cell)})"
        sign = "<" if order.descending else ">"
        told = f"({column} {sign} {bound} OR {column} IS NULL OR ({column} = {bound} AND {told}))"
        values = [cell, cell, *values]
    return told, values


def _condition(column: SchemaField, each: Condition) -> str:
    cell = f"c{each.place}"
    if each.operator == "is_null":
        return f"{cell} IS {'NULL' if each.values == ('true',) else 'NOT NULL'}"
    if each.operator == "contains":
        return f"contains(lower({cell}), lower(CAST(? AS VARCHAR)))"
    bound = [f"CAST(? AS {_cast(column, value)})" for value in each.values]
    return f"{cell} IN ({', '.join(bound)})" if each.operator == "in" else f"{cell} {SIGNS[each.operator]} {bound[0]}"


def _cast(column: SchemaField, value: str) -> str:
    """The smallest type that holds a value whole: decimals are compared as decimals."""
    if column.type not in NUMBERS:
        return CASTS[column.type]
    digits = canonical.digits_of(value)
    if column.type == "integer":
        return "BIGINT" if digits.whole <= SHORT_DIGITS else "HUGEINT"
    return f"DECIMAL({max(digits.whole + digits.scale, 1)},{digits.scale})"
