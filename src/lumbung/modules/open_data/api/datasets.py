"""The names under which rows are asked for: /api/v1/datasets, every portal of this installation, page by page."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.models import Portal
from lumbung.core.web.programs import open_to_programs
from lumbung.modules.open_data.api.rows import KEPT, QUESTIONS
from lumbung.modules.open_data.forms import list_frames as frames
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import addresses, packages
from lumbung.modules.open_data.queries.packages import Scope

USUAL = 100
NO_PORTAL = _("There is no portal of this name that shows open data. There are: %(names)s.")


@public()
@open_to_programs
@conditional_page  # a fingerprint of the answer, and 304 to whoever has it
def datasets(request: HttpRequest) -> HttpResponse:
    """Every listed dataset by its name, with the address of its rows where they are open."""
    frames.refuse_unknown(request.GET, ("portal", *frames.PAGED))
    number, most = frames.page_of(request.GET, USUAL)
    limits.take(QUESTIONS, address_of(request), now=clock.now())
    portals = {portal.pk: portal for portal in Portal.objects.order_by("pk") if packages.MODULE in portal.modules}
    scope = Scope(_portal(portals, request.GET.get("portal", "")), settings.LUMBUNG_URL, clock.local_day(clock.now()))
    pages = Paginator(packages.listings(scope).order_by("dataset__name"), most)
    rows = list(pages.page(number)) if number <= pages.num_pages else []
    told = {
        "total": pages.count,
        "page": number,
        "per_page": most,
        "next": _next(request, number) if number < pages.num_pages else None,
        "datasets": [_told(row) for row in rows],
        "search": {slug: addresses.of_search(portal) for slug, portal in portals.items()},
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = KEPT
    return response


def _portal(known: dict[str, Portal], wanted: str) -> Portal | None:
    if wanted and wanted not in known:
        raise NotFound("portal-not-found", NO_PORTAL, field="portal", names=", ".join(known))
    return known.get(wanted)


def _next(request: HttpRequest, number: int) -> str:
    asked = {name: value for name, value in request.GET.items() if name != "page"}
    return f"{settings.LUMBUNG_URL}{request.path}?{urlencode({**asked, 'page': number + 1})}"


def _told(row: Listing) -> dict[str, Any]:
    is_ours = not row.harvested_from
    has_rows = is_ours and packages.is_open(row)
    return {
        "name": row.dataset.name,
        "portal": row.portal_id,
        "title_id": row.title_id,
        "title_en": row.title_en or None,
        "producer": row.producer.name_id,
        "access": row.release.access,
        "release": row.release.number,
        "published_on": clock.local_day(row.published_at).isoformat(),
        "row_count": row.row_count if is_ours else None,
        "harvested_from": row.harvested_from or None,
        "page": addresses.of_dataset(row.dataset),
        "description": addresses.of_package(row.dataset, row.release.number, "data-package") if has_rows else None,
        "rows": f"{settings.LUMBUNG_URL}{reverse('dataset-rows', args=(row.dataset.name,))}" if has_rows else None,
    }
