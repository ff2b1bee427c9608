"""A view of a release with everything around it: drawing, source, addresses to share, embed and download."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import queries as regions
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms import charts as asking
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.charts import drawing, naming, ways_out
from lumbung.modules.open_data.pages.charts.chart_links import Links
from lumbung.modules.open_data.pages.charts.drawing import Drawn
from lumbung.modules.open_data.queries import catalogue, releases
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.charts import figures, proposals
from lumbung.modules.open_data.queries.charts.columns import ChartColumns, chart_columns
from lumbung.modules.open_data.queries.charts.views import View

# Heights of the frame to copy: room for the chart, its title and its source at 560 px.
FRAME_HEIGHTS = {"line": 560, "bar": 860, "map": 640}


@dataclass(frozen=True, slots=True)
class Shown:
    """One chart on a page; `drawn` is missing where `trouble` says why, and `way_out` leads to one that can be."""

    dataset: Dataset
    release: Release
    table: catalogue.TableShown
    columns: ChartColumns
    links: Links
    view: View | None
    drawn: Drawn | None
    trouble: str = ""
    conditions: Sequence[tuple[str, str]] = ()
    way_out: tuple[str, str] | None = None

    @property
    def key(self) -> str:
        return f"grafik-{self.table.slug}"

    @property
    def title(self) -> str:
        """What the dataset is called."""
        return shape.words(releases.metadata_of(self.release)["dataset"]["title"])

    @property
    def frame_height(self) -> int:
        """How tall a frame has to be for this kind."""
        return FRAME_HEIGHTS[self.view.kind] if self.view else FRAME_HEIGHTS["line"]


def shown(
    request: HttpRequest,
    dataset: Dataset,
    release: Release,
    asked: QueryDict,
    *,
    held: Sequence[catalogue.TableShown] | None = None,
) -> Shown | None:
    """The view an address asks of a release, or the first that suits; None where no rows are open.

    held  its tables, where they were read already
    """
    held = catalogue.tables_of(release) if held is None else held
    opened = [table for table in held if tables.is_open(release, table)]
    table = next((each for each in opened if each.slug == asked.get("table", each.slug)), None)
    if table is None:
        return None
    columns = chart_columns(table)
    try:
        view = _view(dataset, release, table, columns, asked)
    except (tables.BadQuestion, tables.Busy) as refused:
        links = Links(request, dataset, release.number, (("table", table.slug),) if asked.get("table") else ())
        way_out = ways_out.of_form(refused, asked, columns, links)
        return Shown(dataset, release, table, columns, links, None, None, refused.sentence, (), way_out)
    return of_view(request, dataset, release, table, view, names_table=len(held) > 1)


def _view(
    dataset: Dataset, release: Release, table: catalogue.TableShown, columns: ChartColumns, asked: QueryDict
) -> View | None:
    if asking.asks_for_chart(asked):
        return asking.view_of(asked, tables.columns_of(table), columns, table=table.slug)
    return next(iter(proposals.proposals_of(release, table, dataset.portal.region_id)), None)


def of_view(
    request: HttpRequest,
    dataset: Dataset,
    release: Release,
    table: catalogue.TableShown,
    view: View | None,
    *,
    names_table: bool,
) -> Shown:
    """One view, drawn; where it cannot be, why."""
    columns = chart_columns(table)
    if view is None:
        links = Links(request, dataset, release.number, ())
        return Shown(
            dataset, release, table, columns, links, None, None, _("No chart suits this table by itself. Choose one.")
        )
    compared = columns.regions[0].name if columns.regions else ""
    told = tuple(view.as_query(names_table=names_table))
    named = (("table", table.slug),) if names_table else ()
    links = Links(request, dataset, release.number, told, (*named, *view.as_rows_query(compared)))
    conditions = naming.conditions(view, columns, regions.short_names_of(naming.codes_in(view.conditions)))
    try:
        found = figures.figures_of(table, columns, view)
        picture, trouble, way_out = drawing.drawn(found, columns), "", None
    except (tables.BadQuestion, tables.Busy) as refused:
        picture, trouble, way_out = None, refused.sentence, ways_out.at_last_time(refused, view, columns, links)
    return Shown(dataset, release, table, columns, links, view, picture, trouble, conditions, way_out)


def offered(request: HttpRequest, found: Shown) -> list[dict[str, Any]]:
    """Links to the charts that suit the table."""
    names = any(name == "table" for name, _value in found.links.told)
    return [
        {
            "kind": asking.KIND_WORDS[view.kind],
            "words": _short(view, found),
            "url": found.links.chart(view.as_query(names_table=names)),
            "is_here": found.view == view,
        }
        for view in proposed(request, found)
    ]


def _short(view: View, found: Shown) -> str:
    y, x = found.columns.named(view.y), found.columns.named(view.x)
    return f"{naming.measure_of(y)} · {naming.named_by(x)}" if x else ""


def proposed(request: HttpRequest, found: Shown) -> tuple[View, ...]:
    """Every chart that suits the table; none while others keep the engine busy."""
    try:
        return proposals.proposals_of(found.release, found.table, portal_of(request).region_id)
    except tables.Busy:
        return ()
