"""A question as SQL of a copy in SQLite: the same rows in the same order as `questions` asks of Parquet.

Whole numbers and decimals are compared by their exact form (`layout`): 12.50 is 1250 of the unit 0.01.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lumbung.core.tables.copies import layout
from lumbung.core.tables.copies.layout import Held
from lumbung.modules.open_data.queries.questions import Condition, Order, Place, Question, Statement

FITTING: Mapping[str, frozenset[str]] = {
    "string": frozenset({"text"}),
    "yearmonth": frozenset({"text"}),
    "integer": frozenset({"whole", "decimal"}),
    "number": frozenset({"whole", "decimal"}),
    "boolean": frozenset({"truth"}),
    "date": frozenset({"day"}),
    "datetime": frozenset({"moment"}),
    "year": frozenset({"whole"}),
}
NEVER, FILLED = "0", "{key} IS NOT NULL"
LEAST, MOST = -(2**63), 2**63 - 1
Bound = str | int


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy by its columns: what they hold, how many of their cells are filled, how many rows there are."""

    columns: tuple[Held, ...]
    filled: tuple[int, ...]
    rows: int

    def has_gaps(self, place: int) -> bool:
        """Whether some cell of a column is empty."""
        return self.filled[place] < self.rows


def serves(copied: Copied, question: Question, after: Place | None = None) -> bool:
    """Whether a copy can answer at all: no groups, no text within a text, columns of the kinds it was made with."""
    if question.aggregates or any(each.operator == "contains" for each in question.where):
        return False
    if len(copied.columns) != len(question.columns):
        return False
    pairs = zip(copied.columns, question.columns, strict=True)
    return all(held.kind in FITTING[column.type] for held, column in pairs) and _holds(copied, question, after)


def _holds(copied: Copied, question: Question, after: Place | None) -> bool:
    """Whether the columns could hold the cells of a place; one somebody made up may have more decimals."""
    cells = zip(question.order, after.cells, strict=True) if after is not None else ()
    return all(cell is None or _equal(copied.columns[order.place], cell) for order, cell in cells)


def count_of(copied: Copied, question: Question) -> Statement:
    """How many rows the whole answer has."""
    told, values = _conditions(copied, question)
    return Statement(f"SELECT count(*) FROM t{_where(told)}", tuple(values))  # noqa: S608


def numbers_of(
    copied: Copied,
    question: Question,
    *,
    limit: int,
    offset: int = 0,
    after: Place | None = None,
    is_led_by_order: bool = False,
) -> list[Statement]:
    """The numbers of the rows of a page, by one statement or two: first those filled in the first column of the order,
    then those that are empty there, each as many as are still wanted (the limit is bound last but one).

    is_led_by_order  rows are met in their order and looked at until enough fit, instead of found and sorted
    """
    told, values = _conditions(copied, question, sign="+" if is_led_by_order else "")
    first = question.order[0] if question.order else None
    if first is None or not copied.has_gaps(first.place) or offset:
        behind = _behind(copied, question.order, after)
        return [_page(copied, question.order, (*told, *behind[0]), (*values, *behind[1]), limit, offset)]
    key = copied.columns[first.place].key
    filled, empty = [*told, f"{key} IS NOT NULL"], [*told, f"{key} IS NULL"]
    pages = []
    if after is None or after.cells[0] is not None:
        behind = _behind(copied, question.order, after, is_filled=True)
        pages.append(_page(copied, question.order, (*filled, *behind[0]), (*values, *behind[1]), limit, 0))
    is_within = after is not None and after.cells[0] is None
    rest = Place(after.cells[1:], after.row) if after is not None and is_within else None
    behind = _behind(copied, question.order[1:], rest)
    pages.append(_page(copied, question.order[1:], (*empty, *behind[0]), (*values, *behind[1]), limit, 0))
    return pages


def _page(
    copied: Copied, orders: Sequence[Order], told: Sequence[str], values: Sequence[Bound], limit: int, offset: int
) -> Statement:
    steps = [step for order in orders for step in _steps(copied, order)]
    sql = f"SELECT n FROM t{_where(told)} ORDER BY {', '.join([*steps, 'n'])} LIMIT ? OFFSET ?"  # noqa: S608
    return Statement(sql, (*values, limit, offset))


def _steps(copied: Copied, order: Order) -> list[str]:
    """Empty cells last both ways; SQLite takes them for the smallest."""
    key = copied.columns[order.place].key
    if order.descending:
        return [f"{key} DESC"]
    return [f"{key} IS NULL", key] if copied.has_gaps(order.place) else [key]


def cells_of(copied: Copied, places: Sequence[int], numbers: int) -> str:
    """The cells of so many rows, behind the number of each."""
    told = ", ".join(["n", *(copied.columns[place].key for place in places)])
    return f"SELECT {told} FROM t WHERE n IN ({', '.join('?' * numbers)})"  # noqa: S608


def _where(told: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(told)}" if told else ""


def _conditions(copied: Copied, question: Question, *, sign: str = "") -> tuple[list[str], list[Bound]]:
    """What a row has to be. A plus sign keeps the index of a column out of it."""
    told: list[str] = []
    values: list[Bound] = []
    for each in question.where:
        sql, bound = _condition(copied.columns[each.place], each)
        told.append(sql.format(key=f"{sign}{copied.columns[each.place].key}"))
        values += bound
    return told, values


def _condition(column: Held, each: Condition) -> tuple[str, list[Bound]]:
    if each.operator == "is_null":
        return ("{key} IS NULL" if each.values == ("true",) else FILLED), []
    if each.operator == "in":
        exact = [bound for value in each.values for bound in _equal(column, value)]
        return (f"{{key}} IN ({', '.join('?' * len(exact))})" if exact else NEVER), exact
    if each.operator in {"eq", "ne"}:
        found = _equal(column, each.values[0])
        if not found:
            return (NEVER if each.operator == "eq" else FILLED), []
        return f"{{key}} {'=' if each.operator == 'eq' else '<>'} ?", found
    return _compared(column, each.operator, each.values[0])


def _equal(column: Held, value: str) -> list[Bound]:
    """What a cell has to be to equal a value; nothing where no cell can."""
    if column.kind not in {"whole", "decimal"}:
        return [_plain(column, value)]
    unit, rest = _units(value, column.scale)
    return [] if rest or not _fits(column, unit) else [_key(column, unit)]


def _compared(column: Held, operator: str, value: str) -> tuple[str, list[Bound]]:
    """Below or above a value, which may lie between two that the column can hold."""
    sign = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}[operator]
    if column.kind not in {"whole", "decimal"}:
        return f"{{key}} {sign} ?", [_plain(column, value)]
    unit, rest = _units(value, column.scale)
    if rest:  # between unit and unit + 1
        sign = "<=" if sign in {"<", "<="} else ">"
    if not _fits(column, unit):
        is_all = (unit > 0) == (sign in {"<", "<="})
        return (FILLED if is_all else NEVER), []
    return f"{{key}} {sign} ?", [_key(column, unit)]


def _units(value: str, scale: int) -> tuple[int, int]:
    """A number as the whole number of units of a column below it, and what is left of it."""
    whole, _point, fraction = value.partition(".")
    number = int(whole + fraction)
    missing = scale - len(fraction)
    return (number * 10**missing, 0) if missing >= 0 else divmod(number, 10**-missing)


def _fits(column: Held, unit: int) -> bool:
    return abs(unit) < 10**layout.MOST_DIGITS if column.has_long_key else LEAST <= unit <= MOST


def _key(column: Held, unit: int) -> Bound:
    return layout.long_key(unit) if column.has_long_key else unit


def _plain(column: Held, value: str) -> Bound:
    if column.kind == "truth":
        return 1 if value == "true" else 0
    if column.kind == "moment" and "." in value:
        return value.rstrip("0").rstrip(".")
    return value


def _behind(
    copied: Copied, orders: Sequence[Order], after: Place | None, *, is_filled: bool = False
) -> tuple[list[str], list[Bound]]:
    """Rows that come later in the order. The plus signs keep the index for the first bound, where the search begins.

    is_filled  whether rows that are empty in the first column are asked for elsewhere
    """
    if after is None:
        return [], []
    told = "+n > ?" if orders else "n > ?"
    bounds: list[Bound] = [after.row]
    for order, cell in reversed(list(zip(orders, after.cells, strict=True))):
        column = copied.columns[order.place]
        key = f"+{column.key}"
        if cell is None:
            told = f"({key} IS NULL AND {told})"
            continue
        bound, sign = _equal(column, cell), "<" if order.descending else ">"
        gap = f" OR {key} IS NULL" if copied.has_gaps(order.place) else ""
        told = f"({key} {sign} ?{gap} OR ({key} = ? AND {told}))"
        bounds = [*bound, *bound, *bounds]
    if not orders or after.cells[0] is None or (copied.has_gaps(orders[0].place) and not is_filled):
        return [told], bounds
    column = copied.columns[orders[0].place]
    begin = f"{column.key} {'<=' if orders[0].descending else '>='} ?"
    return [begin, told], [*_equal(column, after.cells[0]), *bounds]


def reader_of(column: Held) -> Callable[[Any], Any]:
    """How a held cell becomes the value DuckDB gives of the same cell."""
    if column.is_decimal:
        return lambda key: None if key is None else _decimal(column, key)
    if column.kind == "truth":
        return lambda cell: None if cell is None else bool(cell)
    if column.kind == "day":
        return lambda cell: None if cell is None else date.fromisoformat(cell)
    if column.kind == "moment":
        return lambda cell: None if cell is None else datetime.fromisoformat(_padded(cell))
    return lambda cell: cell


def _decimal(column: Held, key: str | int) -> Decimal:
    unit = layout.from_long_key(str(key)) if column.has_long_key else int(key)
    if not column.scale:
        return Decimal(unit)
    digits = str(abs(unit)).zfill(column.scale + 1)
    return Decimal(f"{'-' if unit < 0 else ''}{digits[: -column.scale]}.{digits[-column.scale :]}")


def _padded(cell: str) -> str:
    """A moment with six digits behind the second, as every Python reads it."""
    whole, point, fraction = cell.partition(".")
    return f"{whole}.{fraction:0<6}" if point else whole
