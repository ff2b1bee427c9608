"""The map of a table on a page of its own: one region or a part of the world, shared, embedded, downloaded."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import queries as regions
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms import maps as asking
from lumbung.modules.open_data.forms.maps import MapAsked
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.catalogue import dataset_here, release_here, withdrawn
from lumbung.modules.open_data.pages.charts import alone, naming, spots
from lumbung.modules.open_data.pages.charts.map_links import MapLinks
from lumbung.modules.open_data.pages.charts.spots import SpotsShown
from lumbung.modules.open_data.pages.rows import VIEWS
from lumbung.modules.open_data.pages.sieves import Chip
from lumbung.modules.open_data.queries import catalogue, releases
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.charts import spots as places
from lumbung.modules.open_data.queries.charts.columns import chart_columns

GONE, BAD = 410, 400
FRAME_HEIGHT = 620


@dataclass(frozen=True, slots=True)
class MapShown:
    """A map with everything around it; `spots` is missing where `trouble` says why."""

    dataset: Dataset
    release: Release
    table: catalogue.TableShown
    links: MapLinks
    spots: SpotsShown | None
    trouble: str = ""
    chips: tuple[Chip, ...] = field(default=())

    @property
    def title(self) -> str:
        """What the dataset is called."""
        return shape.words(releases.metadata_of(self.release)["dataset"]["title"])

    @property
    def frame_height(self) -> int:
        """How tall a frame has to be."""
        return FRAME_HEIGHT


@public()
def newest_map(request: HttpRequest, key: str) -> HttpResponse:
    """The map of the newest release."""
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    if dataset.withdrawn_at is not None or release is None:
        return withdrawn(request, dataset)
    return _page(request, dataset, release, is_frozen=False)


@public()
def release_map(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The map of one release: it never changes."""
    dataset = dataset_here(request, key)
    return _page(request, dataset, release_here(dataset, number), is_frozen=True)


def _page(request: HttpRequest, dataset: Dataset, release: Release, *, is_frozen: bool) -> HttpResponse:
    found = map_here(request, dataset, release, is_frozen=is_frozen)
    newest = releases.newest_of(dataset)
    context = {
        "dataset": dataset,
        "release": release,
        "is_newest": newest is not None and newest.pk == release.pk,
        "shown": found,
        "words": shape.words,
    }
    return render(request, "open_data/map.html", context, status=200 if found.spots else BAD)


def map_here(
    request: HttpRequest, dataset: Dataset, release: Release, *, is_frozen: bool, is_embedded: bool = False
) -> MapShown:
    """What the address asks for; not found where no rows with coordinates are open to everyone."""
    if request.GET and not is_embedded:
        limits.take(VIEWS, address_of(request), now=clock.now())
    held = [] if release.withdrawn_at is not None else catalogue.tables_of(release)
    opened = [each for each in held if tables.is_open(release, each) and _has_places(each)]
    table = next((each for each in opened if each.slug == request.GET.get("table", each.slug)), None)
    if table is None:
        raise Http404("map")

    def links(asked: MapAsked) -> MapLinks:
        ways = {"names_table": len(held) > 1, "is_frozen": is_frozen, "is_embedded": is_embedded}
        return spots.links_of(request, dataset, release, table, asked, **ways)

    try:
        asked = asking.map_of(request.GET, tables.columns_of(table))
        drawn = spots.shown(dataset.portal, table, links(asked))
    except (tables.Busy, tables.BadQuestion) as refused:
        return MapShown(dataset, release, table, links(MapAsked()), None, refused.sentence)
    if drawn is None:
        return MapShown(dataset, release, table, links(asked), None, _("There is no map of this region here yet."))
    return MapShown(dataset, release, table, links(asked), drawn, chips=_chips(table, links(asked)))


def _has_places(table: catalogue.TableShown) -> bool:
    return places.coordinates(tables.columns_of(table)) is not None


def _chips(table: catalogue.TableShown, links: MapLinks) -> tuple[Chip, ...]:
    """Each filter of the rows with the address that takes it away."""
    asked, columns = links.asked, chart_columns(table)
    called = regions.short_names_of(naming.codes_in(asked.conditions))
    said = (naming.condition_said(each, columns, called) for each in asked.conditions)
    return tuple(Chip(words, links.without(where)) for words, where in zip(said, asked.where, strict=True))


@public()
@readable_anywhere
def map_svg(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The drawing of one release as a file that carries its own colours, title and source."""
    dataset = dataset_here(request, key)
    release = release_here(dataset, number)
    found = map_here(request, dataset, release, is_frozen=True)
    if found.spots is None or found.spots.chart is None:
        return HttpResponse(found.trouble, content_type="text/plain; charset=utf-8", status=BAD)
    accent = portal_of(request).accent
    svg = alone.drawing(
        str(found.spots.chart.svg), found.spots.title, found.spots.finding, alone.source_of(found), accent
    )
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    name = f"{dataset.key}-{portal_of(request).slug}-v{release.number}-peta.svg"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "public, max-age=300"
    return response
