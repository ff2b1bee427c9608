"""What a published table holds, asked of the engine for heavy questions: this machine, or a cluster.

Imported by the job that needs it and nobody else: Ibis takes memory and time to load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import ProtectedVersion
from lumbung.core.engines import aggregates, columns, opening
from lumbung.core.engines.answers import told
from lumbung.core.engines.columns import SumColumn, TableShape
from lumbung.modules.open_data.models import Dataset, ReleaseTable
from lumbung.modules.open_data.queries import catalogue, rows
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns, chart_columns

MOST_COLUMNS, MOST_SHOWN, MOST_GROUPS, MOST_RELEASES = 100, 5, 500, 24
LONGEST = 80
SUM_DIGITS = 38


@dataclass(frozen=True, slots=True)
class Asking:
    """An engine that was opened for a table, its expressions, and what is known of the columns."""

    engine: opening.Asked
    shape: TableShape
    columns: ChartColumns
    is_protected: bool

    def rows(self, expression: aggregates.Expression) -> list[tuple[Any, ...]]:
        return self.engine.rows(expression)


def measured(table: ReleaseTable, *, engine: str, temporary: Path) -> dict[str, Any]:
    """Every figure of the page, as JSON; values are texts as a file writes them.

    engine  the address of a cluster; empty for this machine
    raises  opening.EngineFailed
    """
    shown = _shown(table)
    earlier = _comparable(table, shown)
    shapes = {
        number: columns.shape_of(_parquet(each), name=f"t{number}", temporary=temporary)
        for number, each in earlier.items()
    }
    with opening.opened(engine, list(shapes.values()), temporary=temporary) as asked:
        is_protected = ProtectedVersion.objects.filter(version=table.version).exists()
        asking = Asking(asked, shapes[table.release.number], chart_columns(shown), is_protected)
        told_of = [_column(asking, each) for each in asking.columns.all[:MOST_COLUMNS]]
        return {
            "rows": table.version.row_count,
            "columns": told_of,
            "is_cut": len(asking.columns.all) > MOST_COLUMNS,
            "years": _years(asking),
            "places": _places(asking),
            "series": _series(asking, shapes, [each["name"] for each in told_of if each["total"] is not None]),
        }


def _shown(table: ReleaseTable) -> catalogue.TableShown:
    return next(each for each in catalogue.tables_of(table.release) if each.table.pk == table.pk)


def _parquet(table: ReleaseTable) -> Path:
    return versions.path_of(table.version, "parquet")


def _column(asking: Asking, column: ChartColumn) -> dict[str, Any]:
    _rows, filled, distinct, least, greatest = asking.rows(aggregates.measures(asking.shape, column.place))[0]
    # Where every value is another, none is frequent.
    counted = aggregates.most_frequent(asking.shape, column.place, most=MOST_SHOWN)
    top = asking.rows(counted) if distinct < filled else []
    return {
        "name": column.name,
        "filled": filled,
        "distinct": distinct,
        "least": _short(told(least)),
        "greatest": _short(told(greatest)),
        "total": _total(asking, column, filled, max(_digits(told(least)), _digits(told(greatest)))),
        "top": [[_short(told(value)), count] for value, count in top],
    }


def _total(asking: Asking, column: ChartColumn, filled: int, whole: int) -> str | None:
    """The sum, of what may be added up, shows all its rows, and has room for every digit."""
    added = _added(asking, column)
    if added is None or whole + added.scale + len(str(filled)) > SUM_DIGITS:
        return None
    return told(asking.rows(aggregates.total(asking.shape, added))[0][0])


def _added(asking: Asking, column: ChartColumn) -> SumColumn | None:
    return asking.shape.added(column.place) if column.is_added and not asking.is_protected else None


def _digits(value: str | None) -> int:
    return len((value or "").lstrip("-").partition(".")[0])


def _years(asking: Asking) -> dict[str, Any] | None:
    """Rows of each year, by the first column of time."""
    column = next(iter(asking.columns.times), None)
    if column is None:
        return None
    return _groups(column, asking.rows(aggregates.rows_by_year(asking.shape, column.place, most=MOST_GROUPS)))


def _places(asking: Asking) -> dict[str, Any] | None:
    """Rows of each place, by the column of region codes with the fewest."""
    for column in asking.columns.regions:
        found = asking.rows(aggregates.rows_by(asking.shape, column.place, most=MOST_GROUPS + 1))
        if len(found) <= MOST_GROUPS:
            return _groups(column, found)
    return None


def _groups(column: ChartColumn, found: list[tuple[Any, ...]]) -> dict[str, Any]:
    return {"column": column.name, "counts": [[None if key is None else str(key), count] for key, count in found]}


def _series(asking: Asking, shapes: Mapping[int, TableShape], names: list[str]) -> dict[str, Any] | None:
    """Rows of each release, and sums of the columns that may be added up."""
    if len(shapes) < 2 or asking.is_protected:
        return None
    places = [column.place for column in asking.columns.all if column.name in names]
    added = {number: [found for place in places if (found := shape.added(place))] for number, shape in shapes.items()}
    answer = asking.rows(aggregates.series(shapes, added))
    releases = [[number, count, [told(total) for total in totals]] for number, count, *totals in answer]
    return {"columns": names, "releases": releases}


def _comparable(table: ReleaseTable, shown: catalogue.TableShown) -> dict[int, ReleaseTable]:
    """Open releases of the same table with the same columns, the newest of them, by number."""
    names = rows.columns_of(shown)
    found = ReleaseTable.objects.filter(
        resource=table.resource,
        release__number__lte=table.release.number,
        release__access=Dataset.Access.OPEN,
        release__withdrawn_at__isnull=True,
        version__withdrawn_at__isnull=True,
    )
    found = found.select_related("release__dataset", "version", "resource").order_by("-release__number")
    held = {each.release.number: each for each in found[:MOST_RELEASES] if rows.columns_of(_shown(each)) == names}
    return held | {table.release.number: table}


def _short(value: str | None) -> str | None:
    return value if value is None or len(value) <= LONGEST else value[: LONGEST - 1] + "…"
