"""The peer: one Django view without middleware, the same query, the same count, the same Jinja2 template."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from lumbung.core.base import clock
from lumbung.modules.reports import queries
from lumbung.modules.reports.pages import public

context: dict[str, Any] = {}


def report_list(request: HttpRequest) -> HttpResponse:
    """What is left of the page when everything around the query and the template is taken away."""
    today = clock.local_day(clock.now())
    page = Paginator(queries.public_reports(context["portal"], day=today), public.PAGE_SIZE).get_page(1)
    shown = [queries.as_told(report, day=today) for report in page.object_list]
    rows = {
        "page": page,
        "entries": queries.days_left_of(shown, today),
        "also_affected": queries.also_affected_counts(shown),
        "confidential": queries.confidential_count(context["portal"], day=today),
    }
    return HttpResponse(get_template("reports/report_list.html").render({**context, **rows}))
