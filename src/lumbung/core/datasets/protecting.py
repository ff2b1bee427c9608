"""Makes the rows of a table of counts that may be published: small numbers hidden, earlier periods unchanged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.declarations import Dataset
from lumbung.core.base.errors import Refused
from lumbung.core.base.protections import Protection
from lumbung.core.datasets import queries, snapshots, suppression
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.datasets.suppression import Counts, Hidden
from lumbung.kernels import margins
from lumbung.kernels.margins import Hierarchy, Key, Layout

SHOWN, HIDDEN = "shown", "hidden"
SENSITIVE_THRESHOLD = 10
AS_OF = "as_of"

# What was published of a period: the number of each cell, None where it was hidden.
Published = dict[Key, int | None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows ready to be written, and what a reader is told of their protection."""

    rows: list[dict[str, Any]]
    cells: int
    hidden: int
    narrow: int
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """A protected table of one place, on one day."""

    dataset: Dataset
    rule: Protection
    hierarchies: tuple[Hierarchy, ...]
    layout: Layout
    thresholds: tuple[int, ...]
    counted: Mapping[str, Mapping[Key, int]]
    earlier: Mapping[str, Published] = field(default_factory=dict)


def prepared(
    dataset: Dataset, place: str, *, before: DatasetVersion | None, reopened: Iterable[str] = (), now: datetime
) -> Prepared:
    """Every row of a protected table.

    before    the version that is public now: its periods stay as they are
    reopened  periods that are made anew all the same, because somebody corrects them
    raises    Refused when a hidden number could be worked out; nothing is published then
    """
    table = _table_of(dataset, place, before, now)
    kept = _kept(table, frozenset(reopened))
    made = _made_in_turn(table, kept) if rule_of(dataset).is_growing else _made(table, kept)
    return _as_rows(table, {**kept, **{period: cells for period, (cells, _narrow) in made.items()}}, made, now)


def periods_of(dataset: Dataset, version: DatasetVersion) -> list[str]:
    """The periods a version of a protected table holds, newest first."""
    return sorted(_published_in(rule_of(dataset), version), reverse=True)


def rule_of(dataset: Dataset) -> Protection:
    """How a table of counts is protected."""
    if dataset.protection is None:
        raise ValueError(f"dataset {dataset.key!r} declares no protection (Dataset.protection)")
    return dataset.protection


def _table_of(dataset: Dataset, place: str, before: DatasetVersion | None, now: datetime) -> _Table:
    rule = rule_of(dataset)
    hierarchies = tuple(dict(each.parents(now, place)) for each in rule.dimensions)
    layout = margins.layout(hierarchies)
    return _Table(
        dataset=dataset,
        rule=rule,
        hierarchies=hierarchies,
        layout=layout,
        thresholds=tuple(_threshold(rule, key) for key in layout.keys),
        counted=_counted(rule, dataset.rows(now, place)),
        earlier=_published_in(rule, before) if before else {},
    )


def _threshold(rule: Protection, key: Key) -> int:
    codes = zip(rule.dimensions, key, strict=True)
    is_sensitive = any(code in rule.sensitive.get(dimension.column, ()) for dimension, code in codes)
    return max(SENSITIVE_THRESHOLD, rule.threshold) if is_sensitive else rule.threshold


def _counted(rule: Protection, rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[Key, int]]:
    """The counts of each period, by the finest codes."""
    counted: dict[str, dict[Key, int]] = {}
    for row in rows:
        key = tuple(str(row[dimension.column]) for dimension in rule.dimensions)
        period = counted.setdefault(str(row[rule.period]), {})
        period[key] = period.get(key, 0) + int(row[rule.count])
    return counted


def _published_in(rule: Protection, version: DatasetVersion) -> dict[str, Published]:
    """What a version says, by period. A column it does not have yet was not told apart: its rows are totals."""
    wanted = [rule.period, *(each.column for each in rule.dimensions), rule.count]
    names = [f'"{name}"' if name in version.column_names else "''" for name in wanted]
    path = queries.path_of(version, "parquet")
    if snapshots.sha256_of(path) != version.parquet_sha256:
        raise ValueError(f"{version}: the file is not the one that was published (datasets.parquet_sha256)")
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        rows = connection.execute(f"SELECT {', '.join(names)} FROM read_parquet(?)", [str(path)]).fetchall()  # noqa: S608 - declared names
    published: dict[str, Published] = {}
    for period, *codes, count in rows:
        published.setdefault(period, {})[tuple(codes)] = count
    return published


def _kept(table: _Table, reopened: frozenset[str]) -> dict[str, Published]:
    """Periods that stay as they were published; a table that tells more apart than before is made anew."""
    has_all = all("" not in key for cells in table.earlier.values() for key in cells)
    return {period: cells for period, cells in table.earlier.items() if has_all and period not in reopened}


def _made(table: _Table, kept: Mapping[str, Published]) -> dict[str, tuple[Published, int]]:
    """Periods protected each for itself, beside what was published of the same period before."""
    periods = [each for each in sorted(table.counted) if each not in kept]
    asked = [_asked(table, period, table.earlier.get(period, {})) for period in periods]
    answers = zip(periods, asked, suppression.hide(asked), strict=True)
    return {period: _protected(table, period, counts, hidden) for period, counts, hidden in answers}


def _made_in_turn(table: _Table, kept: Mapping[str, Published]) -> dict[str, tuple[Published, int]]:
    """Periods of a growing table, each protected beside the one before it."""
    made: dict[str, tuple[Published, int]] = {}
    before: Published = {}
    for period in sorted({*table.counted, *kept}):
        if period not in kept:
            counts = _asked(table, period, before)
            made[period] = _protected(table, period, counts, suppression.hide([counts])[0])
        before = kept[period] if period in kept else made[period][0]
    return made


def _asked(table: _Table, period: str, before: Published) -> Counts:
    wholes = tuple(margins.whole_of(each) for each in table.hierarchies)
    known = {tuple(code or whole for code, whole in zip(key, wholes, strict=True)): n for key, n in before.items()}
    places = {key: place for place, key in enumerate(table.layout.keys)}
    return Counts(
        hierarchies=table.hierarchies,
        counts=margins.filled(table.layout, table.hierarchies, table.counted[period]),
        thresholds=table.thresholds,
        zeros_shown=table.rule.zeros_shown,
        before={places[key]: count for key, count in known.items() if key in places},
        is_growing=table.rule.is_growing,
    )


def _protected(table: _Table, period: str, counts: Counts, found: Hidden) -> tuple[Published, int]:
    if found.recoverable:
        raise _leaking(table, period, found.recoverable)
    numbers = enumerate(zip(table.layout.keys, counts.counts, strict=True))
    return {key: None if place in found.cells else count for place, (key, count) in numbers}, found.narrow


def _leaking(table: _Table, period: str, cells: Sequence[int]) -> Refused:
    key = table.layout.keys[cells[0]]
    titles = {column.name: column.title for column in table.dataset.columns}
    named = [
        part for each, code in zip(table.rule.dimensions, key, strict=True) for part in (titles[each.column], code)
    ]
    return Refused(
        "hidden-number-can-be-worked-out",
        _(
            "Period %(period)s: %(count)s hidden numbers could be worked out from what is shown, the first at"
            " %(cell)s. Publish it together with a neighbouring entry, or for a longer period."
        ),
        period=period,
        count=len(cells),
        cell=format_lazy(", ".join(["{} {}"] * len(key)), *named),
    )


def _as_rows(
    table: _Table, periods: Mapping[str, Published], made: Mapping[str, tuple[Published, int]], now: datetime
) -> Prepared:
    today = clock.local_day(now)
    rows = [_row(table.rule, today, period, key, n) for period, key, n in _in_order(table, periods)]
    hidden = sum(row[table.rule.mark] == HIDDEN for row in rows)
    narrow = sum(count for _cells, count in made.values())
    return Prepared(rows, len(rows), hidden, narrow, tuple(sorted(made)))


def _in_order(table: _Table, periods: Mapping[str, Published]) -> Iterator[tuple[str, Key, int | None]]:
    places = {key: place for place, key in enumerate(table.layout.keys)}
    for period in sorted(periods):
        for key in sorted(periods[period], key=lambda each: (places.get(each, len(places)), each)):
            yield period, key, periods[period][key]


def _row(rule: Protection, today: date, period: str, key: Key, count: int | None) -> dict[str, Any]:
    codes = {each.column: code for each, code in zip(rule.dimensions, key, strict=True)}
    mark = HIDDEN if count is None else SHOWN
    return {rule.period: period, **codes, rule.count: count, rule.mark: mark, AS_OF: today}
