"""A chart on a page of its own: chosen by address or by form, shared by link, downloaded as a drawing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import content_disposition_header

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import codes
from lumbung.core.regions import queries as regions
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.forms.charts import TYPED, ChartForm
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages import sieves
from lumbung.modules.open_data.pages.catalogue import dataset_here, release_here, withdrawn
from lumbung.modules.open_data.pages.charts import alone, showing, spots
from lumbung.modules.open_data.pages.charts.showing import Shown
from lumbung.modules.open_data.pages.rows import VIEWS
from lumbung.modules.open_data.queries import releases
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.charts import choices, values
from lumbung.modules.open_data.queries.questions import Condition

MOST_OFFERED = 60
GONE, BAD = 410, 400


@public()
def chart(request: HttpRequest, key: str) -> HttpResponse:
    """A view of the newest release."""
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    if dataset.withdrawn_at is not None or release is None:
        return withdrawn(request, dataset)
    return _page(request, dataset, release)


@public()
def release_chart(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The same view of one release: it never changes."""
    dataset = dataset_here(request, key)
    return _page(request, dataset, release_here(dataset, number))


def _page(request: HttpRequest, dataset: Dataset, release: Release) -> HttpResponse:
    found = shown_here(request, dataset, release)
    if found.view is not None and _was_sent(request):
        # What the form asks for has a shorter address, without the fields left empty.
        return HttpResponseRedirect(found.links.chart(found.links.told))
    newest = releases.newest_of(dataset)
    context = {
        "dataset": dataset,
        "release": release,
        "is_newest": newest is not None and newest.pk == release.pk,
        "shown": found,
        "form": _form(found, request.GET),
        "spots": _map(request, found, is_newest=newest is not None and newest.pk == release.pk),
        "proposals": showing.offered(request, found),
        "without": _without(found),
        **_sieves(found, _conditions(found, request.GET)),
        "words": shape.words,
    }
    return render(request, "open_data/chart.html", context)


def _was_sent(request: HttpRequest) -> bool:
    """Whether an address comes from the form: with a condition typed, or with fields left empty."""
    told = request.GET
    return any(told.get(name) for name in TYPED) or any("" in values for _name, values in told.lists())


def _map(request: HttpRequest, found: Shown, *, is_newest: bool) -> spots.SpotsShown | None:
    names_table = any(name == "table" for name, _value in found.links.told)
    return spots.spots_of(
        request, found.dataset, found.release, found.table, names_table=names_table, is_frozen=not is_newest
    )


def shown_here(request: HttpRequest, dataset: Dataset, release: Release) -> Shown:
    """What the address asks for; not found where no rows are open to everyone."""
    if request.GET:
        limits.take(VIEWS, address_of(request), now=clock.now())
    found = None if release.withdrawn_at is not None else showing.shown(request, dataset, release, request.GET)
    if found is None:
        raise Http404("chart")
    return found


def _form(found: Shown, asked: QueryDict) -> ChartForm:
    """What is drawn, or what was asked for where that cannot be: nobody fills in a form twice."""
    view = found.view
    told: dict[str, Any] = {name: asked.get(name, "") for name in ("kind", "x", "y", "per", "level")}
    told["region"] = asked.getlist("region")
    if view is not None:
        told = {name: getattr(view, name) for name in ("kind", "x", "y", "per", "level")} | {"region": view.regions}
    return ChartForm(told, columns=found.columns, regions=_regions(found))


def _conditions(found: Shown, asked: QueryDict) -> tuple[Condition, ...]:
    if found.view is not None:
        return found.view.conditions
    try:
        named = [each for each in asked.getlist("where") if each]
        return asking.together(asking.conditions(named, tables.columns_of(found.table)))
    except tables.BadQuestion:
        return ()


def _sieves(found: Shown, conditions: tuple[Condition, ...]) -> dict[str, Any]:
    """Lists of values to choose from, and the conditions no list shows."""
    fields = tables.columns_of(found.table)
    offered = choices.choices_of(found.table, found.columns)
    coded = {value for each in offered if each.column.is_region for value in each.values}
    lists = sieves.sieves_of(offered, fields, conditions, regions.short_names_of(coded) if coded else {})
    return {"sieves": lists, "hidden": sieves.hidden(lists, fields, conditions)}


def _regions(found: Shown) -> list[tuple[str, str]]:
    """The regions of the table to be compared; those above them, where there are very many."""
    if not found.columns.regions:
        return []
    try:
        held = values.codes_in(found.table, found.columns.regions[0])
    except tables.Busy:
        return []
    parents = {parent for code in held if (parent := codes.parent_of(code)) and parent.count(".")}
    offered = parents if len(held) > MOST_OFFERED else held | parents
    chosen = set(found.view.regions) if found.view else set()
    names = regions.short_names_of(offered | chosen)
    return sorted(names.items(), key=lambda each: (each[0].count("."), each[1]))


def _without(found: Shown) -> list[tuple[str, str]]:
    """Each condition with the address that takes it away."""
    told = found.links.told
    return [
        (words, found.links.chart([pair for pair in told if pair != ("where", written)]))
        for written, words in found.conditions
    ]


@public()
@readable_anywhere
def chart_svg(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The drawing of one release as a file that carries its own colours, title and source."""
    dataset = dataset_here(request, key)
    release = release_here(dataset, number)
    found = shown_here(request, dataset, release)
    if found.drawn is None:
        return HttpResponse(found.trouble, content_type="text/plain; charset=utf-8", status=BAD)
    drawn, accent = found.drawn, portal_of(request).accent
    svg = alone.drawing(str(drawn.largest.svg), drawn.title, drawn.finding, alone.source_of(found), accent)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    name = f"{dataset.key}-{portal_of(request).slug}-v{release.number}-{found.view.kind if found.view else ''}.svg"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "public, max-age=300"
    return response
