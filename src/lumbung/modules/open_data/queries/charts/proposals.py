"""Which charts suit a table: a line where there is time, a map where there are regions, bars where there are kinds.

A proposal is tried before it is made: what could only be drawn by adding up what may not be is never proposed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lumbung.core.regions import areas, codes
from lumbung.core.regions import queries as regions
from lumbung.modules.open_data.models import Release
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import figures as answers
from lumbung.modules.open_data.queries.charts import values
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns, chart_columns
from lumbung.modules.open_data.queries.charts.figures import Figures
from lumbung.modules.open_data.queries.charts.views import MOST_REGIONS, View
from lumbung.modules.open_data.queries.questions import Condition

MOST_MEASURES, MOST_KINDS = 3, 30
FEWEST = 2
PERIODS = ("year", "yearmonth")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A table by what its proposals depend on."""

    fingerprint: str
    region: str
    table: TableShown = field(compare=False)


def proposals_of(release: Release, table: TableShown, region: str) -> tuple[View, ...]:
    """The charts that suit a table, best first; worked out once for a version and its description.

    region  that of the portal: the first to be looked at where figures cannot be added up
    raises  Busy when it takes too long just now
    """
    fingerprint = f"{table.version.parquet_sha256} {release.metadata_sha256} {table.slug}"
    return _worked_out(_Asked(fingerprint, region, table))


@lru_cache(maxsize=256)
def _worked_out(asked: _Asked) -> tuple[View, ...]:
    trial = _Trial(asked.table, chart_columns(asked.table), asked.region)
    return tuple(each for each in (trial.line(), trial.map(), trial.kinds(), trial.places()) if each is not None)


class _Trial:
    """Views of one table, tried until one of each kind can be drawn."""

    def __init__(self, table: TableShown, columns: ChartColumns, region: str) -> None:
        self.table, self.columns, self.region = table, columns, region
        described = [each.name for each in columns.measures if each.unit or each.combining]
        others = [each.name for each in columns.measures if each.name not in described]
        # A number nobody described may be anything: rows are counted first, where rows are cases.
        self.measures = [*described[:MOST_MEASURES], "", *others[:MOST_MEASURES]]

    def line(self) -> View | None:
        """A measure over time: for all, else for the portal's region, else for several regions side by side."""
        for time in self.columns.times:
            per = "" if time.type in PERIODS else "month"
            for y in self.measures:
                bare = View(self.table.slug, "line", time.name, y, per=per)  # type: ignore[arg-type]
                for view in (bare, *self._by_region(bare)):
                    if self._keys(view) >= FEWEST:
                        return view
        return None

    def _by_region(self, bare: View) -> Iterator[View]:
        if bare.y and self.columns.regions:
            found = values.values_of(self.table, self.columns.regions[0])
            known = sorted(code for code in found if codes.is_code(code))
            if self.region in known:
                yield replace(bare, regions=(self.region,))
            yield replace(bare, regions=tuple(known[:MOST_REGIONS]))

    def map(self) -> View | None:
        """A measure by region, where there are areas to draw."""
        for column in self.columns.regions:
            for view in self._over_regions("map", column):
                if areas_of(self._drawn(view)):
                    return view
        return None

    def places(self) -> View | None:
        """Bars by region, where there is no area to draw."""
        if self.map() is not None:
            return None
        tried = (view for column in self.columns.regions for view in self._over_regions("bar", column))
        return next(tried, None)

    def _over_regions(self, kind: str, column: ChartColumn) -> Iterator[View]:
        for y in self.measures:
            bare = self._at_newest(View(self.table.slug, kind, column.name, y))  # type: ignore[arg-type]
            levels = ("regency", "") if codes.level_of(self.region) == "province" else ("",)
            for level in levels:
                if self._keys(replace(bare, level=level)) >= FEWEST:
                    yield replace(bare, level=level)
                    return

    def kinds(self) -> View | None:
        """Bars by the first column that sorts rows into a few kinds; names of regions say what the map says."""
        for column in sorted(self.columns.categories, key=self._names_regions):
            if not FEWEST <= len(values.values_of(self.table, column, most=MOST_KINDS + 1)) <= MOST_KINDS:
                continue
            for y in self.measures:
                view = self._at_newest(View(self.table.slug, "bar", column.name, y))
                if self._keys(view) >= FEWEST:
                    return view
        return None

    def _names_regions(self, column: ChartColumn) -> bool:
        """Whether a column writes out what the regions beside it are called."""
        if not self.columns.regions or column.codes:
            return False
        held = values.values_of(self.table, column, most=MOST_KINDS + 1)
        called = regions.every_name_of(values.codes_in(self.table, self.columns.regions[0]))
        return sum(value in called for value in held) * 2 > len(held)

    def _at_newest(self, view: View) -> View:
        """A measure of periods is shown for the newest one."""
        period = next((each for each in self.columns.times if each.type in PERIODS), None)
        if period is None or not view.y:
            return view
        newest = max(values.values_of(self.table, period) or [""])
        if not newest:
            return view
        condition = Condition(period.place, "eq", (newest,))
        return replace(view, where=(f"{period.name}:eq:{newest}",), conditions=(condition,))

    def _drawn(self, view: View) -> Figures | None:
        try:
            return answers.figures_of(self.table, self.columns, view)
        except rows.BadQuestion:
            return None

    def _keys(self, view: View) -> int:
        """How many places of x say something; none where counting rows would count as many everywhere."""
        found = self._drawn(view)
        if found is None:
            return 0
        cells = [cell for each in found.series.values() for cell in each.values()]
        if not view.y and (max((cell.rows for cell in cells), default=0) < FEWEST or len({c.rows for c in cells}) == 1):
            return 0
        return min(sum(1 for cell in each.values() if cell.filled) for each in found.series.values())


def areas_of(found: Figures | None) -> Sequence[areas.Area]:
    """The areas a map of these figures draws: those of the level of its codes, around the codes there are."""
    known = [code for code in found.keys if codes.is_code(code)] if found else []
    level = codes.level_of(known[0]) if known else "province"
    if level not in areas.FILES:
        return ()
    parents = {codes.parent_of(code) for code in known}
    return [each for each in areas.areas(level) if codes.parent_of(each.code) in parents]
