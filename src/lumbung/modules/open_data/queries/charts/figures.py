"""The figures of a view: asked of the published file, put together only where the description allows it.

A figure that rests on several rows says so; one for which some rows have no value is marked as partial.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lumbung.core.regions import codes
from lumbung.core.web import periods
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import refusals, timelines, values
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns
from lumbung.modules.open_data.queries.charts.views import View
from lumbung.modules.open_data.queries.questions import Aggregate, Order, Question

MOST_GROUPS, MOST_KEYS, MOST_STEPS = 20_000, 1_000, 120
DAY, MONTH, YEAR = 10, 7, 4
CUT = {"": DAY, "month": MONTH, "year": YEAR}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its value, the rows it rests on, how many of them say something, the marks beside them."""

    value: Decimal | None
    rows: int
    filled: int
    marks: tuple[str, ...] = ()

    @property
    def is_partial(self) -> bool:
        return 0 < self.filled < self.rows


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer: `series` holds cells by x, one series without a name where no regions are compared.

    left_out  region codes of other levels than the one drawn
    """

    view: View
    x: ChartColumn
    y: ChartColumn | None
    keys: tuple[str, ...]
    series: Mapping[str, Mapping[str, Cell]]
    left_out: tuple[str, ...] = ()

    @property
    def is_added(self) -> bool:
        """Whether figures may be put together: counts, and columns said to be so."""
        return self.y is None or self.y.is_added

    @property
    def cells(self) -> Mapping[str, Cell]:
        """The one series, or the first."""
        return next(iter(self.series.values()), {})


@dataclass(frozen=True, slots=True)
class _Group:
    """One row of the answer: x, region compared, the figure, and the first and last time it rests on."""

    x: str
    region: str
    cell: Cell
    times: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A view of a published file and of what its columns are said to mean: neither ever changes."""

    fingerprint: str
    view: View
    table: TableShown = field(compare=False)
    columns: ChartColumns = field(compare=False)


def figures_of(table: TableShown, columns: ChartColumns, view: View) -> Figures:
    """The figures of a view; those asked for lately are kept.

    raises  BadQuestion where they could only be had by adding up what may not be; Busy when it takes too long
    """
    fingerprint = f"{table.version.parquet_sha256} {columns.fingerprint}"
    found = _worked_out(_Asked(fingerprint, view, table, columns))
    if len(found.keys) > MOST_KEYS:
        raise refusals.bad("too-many-figures", "where", most=MOST_KEYS)
    if len(found.series) > 1 and len(found.keys) > MOST_STEPS:
        raise refusals.bad("too-many-steps", "per", most=MOST_STEPS)
    return found


@lru_cache(maxsize=64)
def _worked_out(asked: _Asked) -> Figures:
    table, columns, view = asked.table, asked.columns, asked.view
    x, y = _column(columns, view.x), _column(columns, view.y) if view.y else None
    compared = columns.regions[0] if view.regions and columns.regions else None
    if view.regions and compared is None:
        raise refusals.bad("no-region-column", "region")
    _refuse_nested(table, columns, view, x, y, compared)
    groups = _groups(table, columns, view, x, y, compared)
    _refuse_adding(groups, y)
    if x.is_region:
        return _by_region(view, x, y, groups)
    if view.kind == "line":
        return _over_time(view, x, y, groups)
    cells = {group.x: group.cell for group in groups}
    return Figures(view, x, y, tuple(cells), {"": cells})


def _column(columns: ChartColumns, name: str) -> ChartColumn:
    found = columns.named(name)
    if found is None:
        raise refusals.bad("unknown-column", "x", name=name, names=", ".join(each.name for each in columns.all[:30]))
    return found


def _groups(
    table: TableShown,
    columns: ChartColumns,
    view: View,
    x: ChartColumn,
    y: ChartColumn | None,
    compared: ChartColumn | None,
) -> list[_Group]:
    """The answer of the file, group by group."""
    asked = list(dict.fromkeys([x.place, *([compared.place] if compared else [])]))
    when = _period(columns, x) if y is not None and y.combining != "sum" else None
    figures = _aggregates(y, when)
    shown = rows.columns_of(table)
    order = tuple(Order("column", place) for place in asked)
    question = Question(shown, (), view.conditions, tuple(asked), figures, order)
    answer = rows.ask(table, question, limit=MOST_GROUPS)
    if answer.total > MOST_GROUPS:
        raise refusals.bad("too-many-figures", "where", most=MOST_GROUPS)
    return [_group(row, len(asked), y, when) for row in answer.rows]


def _aggregates(y: ChartColumn | None, when: ChartColumn | None) -> tuple[Aggregate, ...]:
    told = [Aggregate("count", None, "rows")]
    if y is not None:
        told += [Aggregate("sum" if y.is_added else "max", y.place, "value"), Aggregate("count", y.place, "filled")]
        if y.mark_place is not None:
            told += [Aggregate(name, y.mark_place, f"mark-{name}") for name in ("min", "max")]
    if when is not None:
        told += [Aggregate(name, when.place, f"time-{name}") for name in ("min", "max")]
    return tuple(told)


def _period(columns: ChartColumns, x: ChartColumn) -> ChartColumn | None:
    """The time a figure by region or kind rests on; where x is a time, it says so itself."""
    return None if x in columns.times else next(iter(columns.times), None)


def _group(row: Sequence[Any], asked: int, y: ChartColumn | None, when: ChartColumn | None) -> _Group:
    keys, figures = [values.key_of(value) for value in row[:asked]], list(row[asked:])
    count = int(figures.pop(0))
    cell = Cell(Decimal(count), count, count)
    if y is not None:
        value, filled = figures.pop(0), int(figures.pop(0))
        marks = [str(mark) for mark in figures[:2] if mark] if y.mark_place is not None else []
        figures = figures[2:] if y.mark_place is not None else figures
        cell = Cell(None if value is None else Decimal(str(value)), count, filled, tuple(dict.fromkeys(marks)))
    times = (values.key_of(figures[0]), values.key_of(figures[1])) if when is not None else ("", "")
    return _Group(keys[0], keys[-1], cell, times)


def _refuse_adding(groups: Iterable[_Group], y: ChartColumn | None) -> None:
    """Several rows of one figure, where they may not be added up."""
    if y is None:
        return
    for group in groups:
        if not y.is_added and group.cell.filled > 1:
            key = periods.moment(group.x or "–")
            raise refusals.bad("may-not-be-added", "where", name=y.called, key=key, at=group.times[1])
        if y.combining == "stock" and group.times[0] != group.times[1]:
            raise refusals.bad("not-over-time", "where", name=y.called, at=group.times[1], **_ends(group.times))


def _ends(times: tuple[str, str]) -> dict[str, str]:
    return {"first": periods.moment(times[0]), "last": periods.moment(times[1])}


def _refuse_nested(
    table: TableShown,
    columns: ChartColumns,
    view: View,
    x: ChartColumn,
    y: ChartColumn | None,
    compared: ChartColumn | None,
) -> None:
    """A region and its parts in one table, added up: counted twice."""
    if y is None or not y.is_added or x.is_region or compared is not None or not columns.regions:
        return
    found = values.values_of(table, columns.regions[0], view.conditions, most=MOST_GROUPS)
    known = {code for code in found if codes.is_code(code)}
    nested = next((code for code in sorted(known) if set(codes.ancestors_of(code)) & known), None)
    if nested is not None:
        raise refusals.bad("regions-nested", "where", region=nested)


def merged(cells: Iterable[Cell]) -> Cell:
    """Several figures as one; only for those that may be added up."""
    told = list(cells)
    values = [cell.value for cell in told if cell.value is not None]
    marks = tuple(dict.fromkeys(mark for cell in told for mark in cell.marks))
    value = sum(values, Decimal(0)) if values else None
    return Cell(value, sum(cell.rows for cell in told), sum(cell.filled for cell in told), marks)


def _by_region(view: View, x: ChartColumn, y: ChartColumn | None, groups: Sequence[_Group]) -> Figures:
    """Regions of one level; finer ones are put together where that is allowed, others are named as left out."""
    cells = {group.x: group.cell for group in groups}
    known = {code: cell for code, cell in cells.items() if codes.is_code(code)}
    if view.regions:
        chosen = {code: _of_region(code, known, is_added=y is None or y.is_added) for code in view.regions}
        return Figures(view, x, y, tuple(chosen), {"": chosen})
    level = view.level or _usual_level(known)
    exact = {code: cell for code, cell in known.items() if codes.level_of(code) == level}
    if not exact and (y is None or y.is_added):
        exact = _put_together(known, level)
    left_out = tuple(code or "–" for code in cells if code not in exact and not _is_within(code, exact))
    return Figures(view, x, y, tuple(exact), {"": exact}, left_out)


def _usual_level(known: Iterable[str]) -> str:
    """The level most codes have, the finer one where as many have another."""
    levels = [codes.level_of(code) for code in known]
    return max(codes.LEVELS, key=lambda level: (levels.count(level), codes.LEVELS.index(level)))


def _put_together(known: Mapping[str, Cell], level: str) -> dict[str, Cell]:
    """Finer regions as the ones of a level, from the codes of one level only."""
    finest = _usual_level(known)
    length = next(size for name, size in codes.LENGTH_OF_LEVEL.items() if name == level)
    parts: dict[str, list[Cell]] = {}
    for code, cell in known.items():
        if codes.level_of(code) == finest and len(code) > length:
            parts.setdefault(code[:length], []).append(cell)
    return {code: merged(cells) for code, cells in sorted(parts.items())}


def _of_region(code: str, known: Mapping[str, Cell], *, is_added: bool) -> Cell:
    """The figure of one region: its own, or that of its parts."""
    own = known.get(code)
    if own is None and is_added:
        below = {each: cell for each, cell in known.items() if codes.is_under(each, code)}
        own = _put_together(below, codes.level_of(code)).get(code)
    return own or Cell(None, 0, 0)


def _is_within(code: str, exact: Mapping[str, Cell]) -> bool:
    """Whether a finer code is part of a figure that was put together."""
    return codes.is_code(code) and any(parent in exact for parent in codes.ancestors_of(code))


def _over_time(view: View, x: ChartColumn, y: ChartColumn | None, groups: Sequence[_Group]) -> Figures:
    """A series for all rows, or one for each region compared."""
    known = [group for group in groups if group.x]
    chosen = view.regions or ("",)
    series = {code: _series(view, y, [group for group in known if _counts_for(group, code, known)]) for code in chosen}
    keys = timelines.filled({key for cells in series.values() for key in cells})
    nothing = Cell(Decimal(0), 0, 0) if y is None else Cell(None, 0, 0)
    full = {code: {key: cells.get(key, nothing) for key in keys} for code, cells in series.items()}
    return Figures(view, x, y, keys, full)


def _counts_for(group: _Group, code: str, known: Sequence[_Group]) -> bool:
    """Rows of the region itself; those of its parts where it has none of its own."""
    if not code or group.region == code:
        return True
    has_own = any(each.region == code for each in known)
    return not has_own and group.region.startswith(f"{code}.")


def _series(view: View, y: ChartColumn | None, groups: Sequence[_Group]) -> dict[str, Cell]:
    parts: dict[str, list[_Group]] = {}
    for group in groups:
        parts.setdefault(group.x[: CUT[view.per]], []).append(group)
    for key, told in parts.items():
        days = {group.x for group in told}
        if y is not None and len(told) > 1 and not y.is_added:
            raise refusals.bad("may-not-be-added", "per", name=y.called, key=periods.moment(key))
        if y is not None and y.combining == "stock" and len(days) > 1:
            raise refusals.bad("not-over-time", "per", name=y.called, **_ends((min(days), max(days))))
        levels = {group.region.count(".") for group in told} if view.regions else set()
        if y is not None and len(levels) > 1:
            raise refusals.bad("regions-nested", "region", region=min(group.region for group in told))
    return {key: merged(group.cell for group in told) for key, told in sorted(parts.items())}
