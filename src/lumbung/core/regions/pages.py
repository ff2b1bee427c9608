"""The tree and its areas as small JSON documents for the map and the place fields."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag

from lumbung.core.access.policies import public
from lumbung.core.base.errors import NotFound
from lumbung.core.regions import areas, codes, queries
from lumbung.core.regions.models import Region

DAY = 60 * 60 * 24


@public()
def areas_of(request: HttpRequest, code: str, level: str) -> HttpResponse:
    """GeoJSON of the indicative areas below a region; the browser keeps it and asks by its fingerprint."""
    if level not in ("district", "regency") or not codes.is_code(code):
        raise NotFound("areas-unknown", queries.NO_SUCH_REGION)
    body, fingerprint = areas.collection(level, code)
    etag = quote_etag(fingerprint)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponseNotModified(), etag)
    return _kept(HttpResponse(body, content_type="application/geo+json"), etag)


@public()
def children(_request: HttpRequest, code: str) -> HttpResponse:
    """The regions one level below: what a place field offers next."""
    parent = queries.region(code)
    return _kept(
        JsonResponse({"code": parent.code, "children": _short(queries.children_of(parent.code).order_by("name"))})
    )


@public()
def matching(request: HttpRequest) -> HttpResponse:
    """Regions whose name fits what was typed so far."""
    under = request.GET.get("di", "52")
    found = queries.regions_matching(request.GET.get("q", ""), under=under if codes.is_code(under) else "52")
    addresses = queries.addresses_of(found)
    return _kept(JsonResponse({"regions": [{**entry, "address": addresses[entry["code"]]} for entry in _short(found)]}))


def _short(regions: Iterable[Region]) -> list[dict[str, str]]:
    return [
        {"code": region.code, "name": region.name, "kind": region.kind, "label": region.full_name} for region in regions
    ]


def _kept(response: HttpResponse, etag: str = "") -> HttpResponse:
    patch_cache_control(response, public=True, max_age=DAY)
    if etag:
        response["ETag"] = etag
    return response
