"""What stands in a column of a table."""

from datetime import date, datetime
from typing import Any

from lumbung.core.regions import codes
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts.columns import ChartColumn
from lumbung.modules.open_data.queries.questions import Aggregate, Condition, Question

MOST, DAY = 2_000, 10


def values_of(
    table: TableShown, column: ChartColumn, where: tuple[Condition, ...] = (), *, most: int = MOST
) -> list[str]:
    """The different values of a column, in order, the empty one left out."""
    shown = rows.columns_of(table)
    question = Question(shown, (), where, (column.place,), (Aggregate("count", None, "rows"),))
    found = [key_of(row[0]) for row in rows.ask(table, question, limit=most).rows]
    return [value for value in found if value]


def key_of(value: Any) -> str:
    """A value of a grouping column as text; "" where there is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()[:DAY]
    return "" if value is None else str(value)


def codes_in(table: TableShown, column: ChartColumn) -> set[str]:
    """The region codes of a column."""
    return {code for code in values_of(table, column) if codes.is_code(code)}
