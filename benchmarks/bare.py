"""The peer: one Django view without middleware, the same query, the same count, the same Jinja2 template."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from lumbung.modules.reports import queries
from lumbung.modules.reports.pages import public

context: dict[str, Any] = {}


def report_list(request: HttpRequest) -> HttpResponse:
    """What is left of the page when everything around the query and the template is taken away."""
    reports = queries.public_reports(context["portal"])
    page = Paginator(reports, public.PAGE_SIZE).get_page(1)
    return HttpResponse(get_template("reports/report_list.html").render({**context, "page": page}))
