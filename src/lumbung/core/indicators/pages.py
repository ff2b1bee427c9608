"""What anyone needs to check a figure: the script that recomputes it, and every figure as a table."""

import csv

from django.http import Http404, HttpRequest, HttpResponse

from lumbung.core.access.policies import public
from lumbung.core.base.declarations import Indicator
from lumbung.core.indicators import queries, registry, scripts

COLUMNS = ["indicator", "version", "place", "period", "value", "n", "as_of", "snapshot_sha256", "definition_sha256"]


def _indicator_or_404(key: str) -> Indicator:
    if not registry.is_registered(key):
        raise Http404("indicator")
    return registry.get(key)


@public()
def script(request: HttpRequest, key: str) -> HttpResponse:
    """The stand-alone script."""
    indicator = _indicator_or_404(key)
    response = HttpResponse(scripts.script_of(indicator), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{scripts.script_name(indicator)}"'
    return response


@public()
def figures_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The newest figure, its months, and what each earlier snapshot gave."""
    indicator = _indicator_or_404(key)
    place = str(request.portal.region_id)  # type: ignore[attr-defined]
    figure = queries.figures([(key, place)]).get((key, place))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{indicator.key.replace(".", "_")}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    months = figure.months if figure else ()
    for row in [*queries.history(key, place), *months]:
        facts = [row.indicator_key, row.indicator_version, row.place, row.period, row.value, row.n, row.as_of]
        writer.writerow([*facts, row.snapshot_sha256, row.definition_sha256])
    return response


@public()
def curve_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Every step of the newest curve of a duration, with the numbers at risk."""
    indicator = _indicator_or_404(key)
    place = str(request.portal.region_id)  # type: ignore[attr-defined]
    figure = queries.figures([(key, place)]).get((key, place))
    steps = queries.curve_of(figure.newest) if figure else []
    if not steps:
        raise Http404("curve")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{indicator.key.replace(".", "_")}_curve.csv"'
    writer = csv.writer(response)
    writer.writerow(["days", "at_risk", "ended", "share_open"])
    writer.writerows([f"{step.days:g}", step.at_risk, step.ended, step.open] for step in steps)
    return response
