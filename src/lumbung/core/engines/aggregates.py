"""The heavy questions, each one an Ibis expression that every engine answers alike.

A sum is one of decimals, so it is exact; a missing value is left out of every figure, and stands last in every order;
every order is complete, so that equal counts come in the order of their values. Columns are called by their place
(c0, c1, …): no word of a file ever stands in what an engine is asked.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import ibis
from ibis.expr.types import DecimalColumn, Table, Value

from lumbung.core.engines.columns import SumColumn, TableShape

WIDEST = 38
Expression: TypeAlias = Table


def table(shape: TableShape) -> Expression:
    """The table an expression begins with; an engine puts a file in its place."""
    return ibis.table(dict(zip(shape.places, shape.types, strict=True)), name=shape.name)


def measures(shape: TableShape, place: int) -> Expression:
    """One row of one column: rows, values, different values, least and greatest."""
    rows = table(shape)
    column = rows[shape.places[place]]
    return rows.aggregate(
        rows=rows.count(), filled=column.count(), distinct=column.nunique(), least=column.min(), greatest=column.max()
    )


def total(shape: TableShape, added: SumColumn) -> Expression:
    """One row, one figure: the exact sum of a column of numbers; nothing where it holds none."""
    rows = table(shape)
    return rows.aggregate(total=_sum(rows, added))


def most_frequent(shape: TableShape, place: int, *, most: int) -> Expression:
    """Values and how often each stands there, the most frequent first."""
    rows = table(shape)
    held = rows.select(value=rows[shape.places[place]])
    found = held.filter(held["value"].notnull())
    counted = found.group_by("value").aggregate(count=found.count())
    return counted.order_by([_down("count"), _up("value")]).limit(most)


def rows_by(shape: TableShape, place: int, *, most: int) -> Expression:
    """How many rows each value has, in the order of the values; those without one last."""
    held = table(shape)
    rows = held.select(value=held[shape.places[place]])
    counted = rows.group_by("value").aggregate(count=rows.count())
    return counted.order_by(_up("value")).limit(most)


def rows_by_year(shape: TableShape, place: int, *, most: int) -> Expression:
    """How many rows each year has: of a year, a month written 2025-01, a day or a moment."""
    rows = table(shape)
    column = rows[shape.places[place]]
    if column.type().is_string():
        year = column.left(4).cast("int64")
    else:
        year = column.cast("int64") if column.type().is_integer() else column.year().cast("int64")
    told = rows.select(value=year)
    counted = told.group_by("value").aggregate(count=told.count())
    return counted.order_by(_up("value")).limit(most)


def series(shapes: Mapping[int, TableShape], added: Mapping[int, Sequence[SumColumn]]) -> Expression:
    """Rows and sums of the same columns in many releases of a table, by the number of the release.

    shapes  one table a release
    added   where each summed column stands in that release, in the same order for all
    """
    parts = []
    for number, shape in shapes.items():
        rows = table(shape)
        held = {f"v{at}": _wide(rows, column) for at, column in enumerate(added[number])}
        parts.append(rows.select(release=ibis.literal(number, "int64"), **held))
    held = parts[0] if len(parts) == 1 else ibis.union(*parts, distinct=False)
    sums = {
        f"total{at}": held[f"v{at}"].sum().cast(held[f"v{at}"].type()) for at in range(len(next(iter(added.values()))))
    }
    return held.group_by("release").aggregate(rows=held.count(), **sums).order_by(_up("release"))


def _sum(rows: Expression, added: SumColumn) -> DecimalColumn:
    wide = _wide(rows, added)
    return wide.sum().cast(wide.type())


def _wide(rows: Expression, added: SumColumn) -> DecimalColumn:
    """With room for every digit the sum may have; all engines then add the same decimals."""
    return rows[f"c{added.place}"].cast(f"decimal({WIDEST}, {added.scale})")


def _up(name: str) -> Value:
    return ibis.asc(ibis._[name], nulls_first=False)


def _down(name: str) -> Value:
    return ibis.desc(ibis._[name], nulls_first=False)
