"""The map of a table that has coordinates, with everything it does not show said below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumbung.core.portals.models import Portal
from lumbung.core.regions import areas
from lumbung.core.regions import queries as regions
from lumbung.core.web import charts, formatting
from lumbung.kernels import geometry
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import spots
from lumbung.modules.open_data.queries.charts.spots import Cluster, Found

MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class SpotsShown:
    """A map ready to print; without a chart, `notes` say why."""

    title: str
    finding: str
    notes: tuple[str, ...]
    chart: charts.Chart | None = None


def spots_of(portal: Portal, table: TableShown) -> SpotsShown | None:
    """The map of an open table; None where it has no coordinates, or cannot be asked now."""
    if spots.coordinates(rows.columns_of(table)) is None:
        return None
    drawn = spots.outlines(portal.region_id)
    if not drawn:
        return None
    box = geometry.bounds([polygon for area in drawn for polygon in area.polygons]).widened(MARGIN)
    try:
        found = spots.found_in(table, box)
    except (rows.Busy, rows.BadQuestion):
        return None
    if found is None:
        return None
    title = _("Places on the map")
    if not found.clusters:
        return SpotsShown(title, "", tuple(_notes(found)))
    finding = _finding(found)
    data = charts.SpotMap(
        title,
        finding,
        tuple(charts.Place(area.code, _rings(area), None) for area in drawn),
        tuple(_spots(found.clusters)),
        place=_("District"),
        latitude=_("Latitude"),
        longitude=_("Longitude"),
        measure=_("Rows"),
    )
    return SpotsShown(title, finding, tuple(_notes(found)), charts.spot_map(data, formatting.language_now()))


def _rings(area: areas.Area) -> tuple[charts.places.Ring, ...]:
    return tuple(ring for polygon in area.polygons for ring in polygon)


def _spots(clusters: tuple[Cluster, ...]) -> Iterator[charts.Spot]:
    codes = [areas.district_code_at(each.latitude, each.longitude) or "" for each in clusters]
    names = regions.short_names_of(codes)
    for code, each in zip(codes, clusters, strict=True):
        label = names.get(code) or _("at sea or outside the region")
        yield charts.Spot(label, each.longitude, each.latitude, each.count)


def _finding(found: Found) -> str:
    told = {
        "rows": formatting.number(sum(each.count for each in found.clusters)),
        "places": formatting.number(found.different),
        "drawn": formatting.number(len(found.clusters)),
    }
    if len(found.clusters) < found.different:
        return _("%(rows)s rows at %(places)s places, put together as %(drawn)s circles with their number.") % told
    return _("%(rows)s rows at %(places)s places.") % told


def _notes(found: Found) -> Iterator[str]:
    """What the map does not show, and what its lines are."""
    if not found.clusters and found.different:
        most = {"places": formatting.number(found.different), "most": formatting.number(spots.MOST_ASKED)}
        yield _("The table names %(places)s places; a map is drawn up to %(most)s. Download the file to map it.") % most
        return
    if not found.clusters:
        yield _("No row lies within this region.")
    if found.without:
        yield _("Without coordinates, not on the map: %(rows)s rows.") % {"rows": formatting.number(found.without)}
    if found.outside:
        yield _("Outside the region, not on the map: %(rows)s rows.") % {"rows": formatting.number(found.outside)}
    if found.clusters:
        yield _("Approximate boundaries, not a reference for administrative boundaries.")
