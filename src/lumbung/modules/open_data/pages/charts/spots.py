"""The map of a table that has coordinates: circles with ways nearer and back, and everything it does not show said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lumbung.core.portals.models import Portal
from lumbung.core.regions import areas, codes
from lumbung.core.regions import queries as regions
from lumbung.core.web import charts, formatting
from lumbung.core.web.charts.spots import Outline, Sheet
from lumbung.kernels import geometry
from lumbung.kernels.geometry import Box
from lumbung.modules.open_data.forms import maps as asking
from lumbung.modules.open_data.forms.maps import MapAsked
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.charts import circles
from lumbung.modules.open_data.pages.charts.circles import Circle, Placed
from lumbung.modules.open_data.pages.charts.map_links import MapLinks
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import spots

MARGIN = 0.05
# Around the places of a circle, in parts of their width; and the narrowest part of the world, about 2 km.
AROUND, NARROWEST = 0.3, 0.02
MOST_LISTED = 40
NEARER, BROAD = 0.8, 1.0


@dataclass(frozen=True, slots=True)
class SpotsShown:
    """A map ready to print; without a chart, `notes` say why.

    narrow  the same for a phone, in one or two parts
    back    from the whole region down to what holds this part, each with its address
    nearer  regions with a map of their own
    """

    title: str
    finding: str
    notes: tuple[str, ...]
    links: MapLinks
    names: tuple[str, str]
    chart: charts.Chart | None = None
    narrow: tuple[charts.Chart, ...] = ()
    back: tuple[tuple[str, str], ...] = ()
    nearer: tuple[tuple[str, str], ...] = ()
    rows_url: str = ""
    csv_url: str = ""
    within: int = 0

    @property
    def listed(self) -> Sequence[Mapping[str, Any]]:
        """The circles as a list: the most rows first."""
        return self.chart.rows[:MOST_LISTED] if self.chart else ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """A part of the world: what is drawn of it, what it is called by its code, and whether it is all there is."""

    box: Box
    drawn: tuple[areas.Area, ...]
    is_whole: bool


def spots_of(
    request: HttpRequest, dataset: Dataset, release: Release, table: TableShown, *, names_table: bool, is_frozen: bool
) -> SpotsShown | None:
    """The map of everything on the page of a dataset; None where it has no coordinates, or cannot be asked now."""
    links = links_of(request, dataset, release, table, MapAsked(), names_table=names_table, is_frozen=is_frozen)
    try:
        return shown(dataset.portal, table, links)
    except (rows.Busy, rows.BadQuestion):
        return None


def links_of(
    request: HttpRequest,
    dataset: Dataset,
    release: Release,
    table: TableShown,
    asked: MapAsked,
    *,
    names_table: bool,
    is_frozen: bool = False,
    is_embedded: bool = False,
) -> MapLinks:
    """Addresses of maps of a table."""
    told = (("table", table.slug),) if names_table else ()
    return MapLinks(request, dataset, release.number, told, asked, is_frozen, is_embedded)


def shown(portal: Portal, table: TableShown, links: MapLinks) -> SpotsShown | None:
    """The map an address asks for; None where the table has no coordinates, or the region no areas.

    raises  Busy, BadQuestion
    """
    columns = rows.columns_of(table)
    at = spots.coordinates(columns)
    whole = spots.outlines(portal.region_id)
    if at is None or not whole:
        return None
    scene = _scene(portal, whole, links.asked)
    sheets = circles.sheets_of(scene.box, scene.drawn)
    found = circles.placed(table, scene.box, links.asked.conditions, sheets)
    if found is None:
        return None
    coded = {each.code for each in scene.drawn} | {each.code for some in found.circles for each in some if each.code}
    called = regions.short_names_of({*coded, *_above(links.asked), portal.region_id})
    names = (columns[at[0]].name, columns[at[1]].name)
    told = _Told(portal, scene, found, links, names, called)
    return told.shown([sheets.wide, *sheets.narrow])


def _above(asked: MapAsked) -> list[str]:
    return [*codes.ancestors_of(asked.area)[1:], asked.area] if asked.area else []


def _scene(portal: Portal, whole: tuple[areas.Area, ...], asked: MapAsked) -> _Scene:
    everything = geometry.bounds([polygon for area in whole for polygon in area.polygons]).widened(MARGIN)
    box = asked.box or (spots.box_of(asked.area) if asked.area else None)
    if asked.area and box is None:
        raise asking.bad("unknown-area", "area", area=asked.area)
    if box is None:
        return _Scene(everything, whole, is_whole=True)
    wider = _rounded(_broad(box.widened(MARGIN / 2 if asked.area else 0.0)))
    return _Scene(wider, spots.outlines_in(wider), is_whole=False)


def _broad(box: Box) -> Box:
    """A tall part of the world with what lies beside it: a drawing at least as broad as tall."""
    missing = (box.north - box.south) * BROAD - (box.east - box.west)
    half = max(0.0, missing) / 2
    return Box(box.west - half, box.south, box.east + half, box.north)


def _rounded(box: Box) -> Box:
    """To about ten metres, so that addresses stay short."""
    return Box(*(round(each, 4) for each in (box.west, box.south, box.east, box.north)))


@dataclass(frozen=True, slots=True)
class _Told:
    """Everything a map is told from."""

    portal: Portal
    scene: _Scene
    found: Placed
    links: MapLinks
    names: tuple[str, str]
    called: Mapping[str, str]

    def shown(self, sheets: Sequence[Sheet]) -> SpotsShown:
        """The map, or why there is none."""
        title, notes = self._title(), tuple(self._notes())
        back, nearer = tuple(self._back()), tuple(self._nearer())
        box = None if self.scene.is_whole else self.scene.box
        more: dict[str, Any] = {"back": back, "nearer": nearer, "csv_url": self.links.csv(self.names, box)}
        if self.found.is_too_many:
            return SpotsShown(title, "", notes, self.links, self.names, **more)
        finding = self._finding()
        drawn = [
            self._chart(title, finding, sheet, some) for sheet, some in zip(sheets, self.found.circles, strict=True)
        ]
        more |= {"rows_url": self.links.rows(self.names, self.scene.box), "within": self.found.within}
        return SpotsShown(title, finding, notes, self.links, self.names, drawn[0], tuple(drawn[1:]), **more)

    def _chart(self, title: str, finding: str, sheet: Sheet, some: Sequence[Circle]) -> charts.Chart:
        data = charts.SpotMap(
            title,
            finding,
            sheet,
            tuple(self._outline(area) for area in self.scene.drawn),
            tuple(self._spot(each) for each in some),
            (_("District"), _("Latitude"), _("Longitude"), _("Rows")),
        )
        return charts.spot_map(data, formatting.language_now())

    def _outline(self, area: areas.Area) -> Outline:
        rings = tuple(ring for polygon in area.polygons for ring in polygon)
        url = "" if area.code == self.links.asked.area else self.links.window([("area", area.code)])
        return Outline(self.called.get(area.code, area.code), rings, url)

    def _spot(self, each: Circle) -> charts.Spot:
        label = self.called.get(each.code) or _("at sea or outside the region")
        return charts.Spot(label, each.longitude, each.latitude, each.count, self._nearer_url(each))

    def _nearer_url(self, each: Circle) -> str:
        """The circle as a map of its own; its rows, where there is nothing nearer to see."""
        if each.is_one_place or not _is_nearer(_around(each.box), self.scene.box):
            return self.links.rows(self.names, each.box)
        return self.links.window([("box", asking.written(_around(each.box)))])

    def _title(self) -> str:
        area = self.links.asked.area
        if area:
            return _("Places on the map: %(region)s and around") % {"region": self.called.get(area, area)}
        return _("Places on the map") if self.scene.is_whole else _("Places on the map: a part of it")

    def _finding(self) -> str:
        circles_drawn = len(self.found.circles[0])
        told = {"places": formatting.number(self.found.different), "drawn": formatting.number(circles_drawn)}
        told["rows"] = formatting.number(self.found.within)
        if not self.scene.is_whole:
            told["all"] = formatting.number(self.found.within + self.found.outside)
            said = _("%(rows)s of %(all)s rows lie in this part.") % told
        else:
            said = _("%(rows)s rows at %(places)s places.") % told
        if circles_drawn < self.found.different:
            said += " " + _("What lies together is one circle with its number of rows.")
        return said

    def _notes(self) -> Iterator[str]:
        """What the map does not show, and what its lines are."""
        found = self.found
        if found.is_too_many:
            most = {"places": formatting.number(found.different), "most": formatting.number(spots.MOST_ASKED)}
            yield _("The table names %(places)s places; a map is drawn up to %(most)s. Filter the rows first.") % most
            return
        if not found.within:
            yield _("No row lies here.") if not self.scene.is_whole else _("No row lies within this region.")
        if any(each.count == 1 for each in found.circles[0]):
            yield _("A dot without a number is one row.")
        if found.without:
            yield _("Without coordinates, not on the map: %(rows)s rows.") % {"rows": formatting.number(found.without)}
        if found.outside and self.scene.is_whole:
            yield _("Outside the region, not on the map: %(rows)s rows.") % {"rows": formatting.number(found.outside)}
        yield _("Approximate boundaries, not a reference for administrative boundaries.")

    def _back(self) -> Iterator[tuple[str, str]]:
        """The ways back: the whole, then the region a district lies in."""
        if self.scene.is_whole:
            return
        yield self.called.get(self.portal.region_id, self.portal.name), self.links.window([])
        for code in _above(self.links.asked)[:-1]:
            if codes.is_under(code, self.portal.region_id) and code != self.portal.region_id:
                yield self.called.get(code, code), self.links.window([("area", code)])

    def _nearer(self) -> Iterator[tuple[str, str]]:
        """The regions with a map of their own: those of the whole, or the districts of the region at hand."""
        within = self.links.asked.area
        chosen = (each for each in self.scene.drawn if codes.parent_of(each.code) == within or self.scene.is_whole)
        named = ((self.called.get(each.code, each.code), each.code) for each in chosen)
        yield from ((name, self.links.window([("area", code)])) for name, code in sorted(named))


def _around(box: Box) -> Box:
    """A circle as a part of the world, with room around its places."""
    wide, tall = box.east - box.west, box.north - box.south
    return box.widened(max(max(wide, tall) * AROUND, NARROWEST / 2))


def _is_nearer(box: Box, than: Box) -> bool:
    """Whether there is anything more to see in a smaller part."""
    return (box.east - box.west) < (than.east - than.west) * NEARER
