"""Columns whose values can be chosen instead of typed: regions, codes, kinds and times, as far as they are few."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import values
from lumbung.modules.open_data.queries.charts.columns import SNAPSHOT, ChartColumn, ChartColumns

# A list longer than that is searched faster than it is read.
MOST_VALUES = 80
MOST_COLUMNS, MOST_TRIED = 6, 10
FEWEST = 2
PERIODS = ("year", "yearmonth")


@dataclass(frozen=True, slots=True)
class Choice:
    """A column with every value that stands in it, in order."""

    column: ChartColumn
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A published file and what its columns are said to mean: neither ever changes."""

    fingerprint: str
    table: TableShown = field(compare=False)
    columns: ChartColumns = field(compare=False)


def choices_of(table: TableShown, columns: ChartColumns) -> tuple[Choice, ...]:
    """At most six such columns, as the table has them; none while others keep the engine busy."""
    try:
        return _worked_out(_Asked(f"{table.version.parquet_sha256} {columns.fingerprint}", table, columns))
    except (rows.Busy, rows.BadQuestion):
        return ()


@lru_cache(maxsize=256)
def _worked_out(asked: _Asked) -> tuple[Choice, ...]:
    found = list(_found(asked))[:MOST_COLUMNS]
    return tuple(sorted(found, key=lambda each: each.column.place))


def _found(asked: _Asked) -> Iterator[Choice]:
    for column in _candidates(asked.columns)[:MOST_TRIED]:
        held = values.values_of(asked.table, column, most=MOST_VALUES + 1)
        if FEWEST <= len(held) <= MOST_VALUES and not _is_name(column, len(held), asked.table):
            yield Choice(column, tuple(sorted(held)))


def _candidates(columns: ChartColumns) -> list[ChartColumn]:
    """Regions, times and kinds; what nobody described last."""
    times = [each for each in columns.times if each.type in PERIODS]
    kinds = [each for each in columns.categories if each.name != SNAPSHOT]
    return [*columns.regions, *times, *kinds]


def _is_name(column: ChartColumn, count: int, table: TableShown) -> bool:
    """Whether a column names each row rather than sorting rows into kinds."""
    is_kind = column.is_region or column.codes or column.type != "string"
    return not is_kind and count * 2 > table.version.row_count
