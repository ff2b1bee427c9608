"""Where the reports are: districts on a map, the same numbers in a table beside it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.core.access.policies import public
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import areas, codes
from lumbung.core.regions import queries as regions
from lumbung.core.web import charts, formatting, query_strings
from lumbung.core.web.charts.places import rings_of
from lumbung.modules.reports import queries
from lumbung.modules.reports.pages.public import filtered


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """One district of the table and the map."""

    code: str
    name: str
    regency: str
    count: int
    list_url: str

    @property
    def text(self) -> str:
        return ngettext("%(num)s report", "%(num)s reports", self.count) % {"num": formatting.number(self.count)}


@public()
def report_map(request: HttpRequest) -> HttpResponse:
    """Public reports by district. Points are never shown; confidential reports are in no number here."""
    form, reports = filtered(request)
    scope = _scope(form.wanted.get("place", ""), portal_of(request).region_id)
    counts = queries.count_by_district(reports)
    base = query_strings.query_without(request, "place", "page")
    list_url = reverse("reports:list", kwargs={"portal_slug": portal_of(request).slug})
    rows = _rows(scope, counts, f"{list_url}?{base}{'&' if base else ''}place=")
    context = {
        "form": form,
        "chips": query_strings.chips_of(request, form.narrowing()),
        "rows": rows,
        "total": sum(counts.values()),
        "scope": scope,
        "scope_name": regions.region(scope).full_name,
        "drawing": _drawing(rows, scope),
        "base": query_strings.query_without(request, "page"),
    }
    return render(request, "reports/report_map.html", context)


def _scope(place: str, portal_region: str) -> str:
    """What the map draws: the chosen regency, the regency of the chosen district, or all of the portal."""
    if not place:
        return portal_region
    return place if codes.level_of(place) == "regency" else place.rpartition(".")[0]


def _rows(scope: str, counts: dict[str, int], list_url: str) -> list[DistrictRow]:
    groups = regions.place_choices(scope).districts
    rows = [
        DistrictRow(code, name, group.label, counts.get(code, 0), list_url + code)
        for group in groups
        for code, name in group.options
    ]
    return sorted(rows, key=lambda row: (-row.count, row.name))


def _drawing(rows: list[DistrictRow], scope: str) -> charts.Chart:
    """The same map as a drawing by the server, for readers without JavaScript and for paper."""
    by_code = {row.code: row for row in rows}
    places = tuple(
        charts.Place(by_code[area.code].name, rings_of(_geometry(area)), by_code[area.code].count or None)
        for area in areas.areas("district")
        if area.code in by_code and codes.is_under(area.code, scope)
    )
    data = charts.Choropleth(
        title=_("Reports by district"),
        finding=_finding(rows),
        places=places,
        category=_("District"),
        measure=_("Reports"),
        missing=_("no report"),
    )
    return charts.choropleth(data, formatting.language_now())


def _geometry(area: areas.Area) -> dict[str, object]:
    return {"type": "MultiPolygon", "coordinates": area.polygons}


def _finding(rows: list[DistrictRow]) -> str:
    if not rows or not rows[0].count:
        return _("No district has a report that fits these filters.")
    return _("Most reports come from %(district)s: %(count)s.") % {
        "district": rows[0].name,
        "count": formatting.number(rows[0].count),
    }
