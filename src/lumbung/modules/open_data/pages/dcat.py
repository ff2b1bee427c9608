"""Catalogues and datasets for other machines: DCAT-AP 3 as Turtle, JSON-LD and RDF/XML."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound, NotReady, Refused, TooMany
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import visitor_of
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.catalogue import dataset_here
from lumbung.modules.open_data.queries import dcat, dcat_catalogues, descriptions, releases
from lumbung.modules.open_data.queries.dcat_catalogues import Catalogue

# A harvester reads a catalogue page after page; a page costs up to a second to write.
READING = Limit("open_data.describe", count=120, per_seconds=60)
TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
}
NO_KIND = _("There is no such form of the catalogue. Ask for .ttl, .jsonld or .rdf.")
NO_CATALOGUE = _("This portal shows no open data. Another portal of this installation may.")
NO_PAGE = _("The catalogue has no such page. Begin with page 1; hydra:next leads on.")
NO_DATASET = _("There is no such dataset. The catalogue lists those there are.")
View = Callable[..., HttpResponse]


class Gone(Refused):
    """It was here and was withdrawn."""

    status = 410


def for_machines(view: View) -> View:
    """Count the request against the limit, and tell every refusal as JSON."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            limits.take(READING, visitor_of(request), now=clock.now())
            return view(request, *args, **kwargs)
        except Refused as refused:
            return _told(refused)

    return readable_anywhere(answered)


@public()
@for_machines
def catalogue_of_all(request: HttpRequest, kind: str) -> HttpResponse:
    """Every portal of this installation in one catalogue."""
    catalogue = dcat_catalogues.of_all()
    if catalogue is None:
        raise NotFound("page-unknown", NO_PAGE)
    return _catalogue(request, catalogue, kind)


@public()
@for_machines
def catalogue_of_portal(request: HttpRequest, kind: str) -> HttpResponse:
    """The catalogue of one portal."""
    portal = portal_of(request)
    if "open_data" not in portal.modules:
        raise NotFound("no-open-data", NO_CATALOGUE)
    return _catalogue(request, dcat_catalogues.of_portal(portal), kind)


@public()
@for_machines
def description(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The newest release of one dataset."""
    _require_kind(kind)
    release = newest_here(request, key)
    # A file withdrawn later is told of no more, so those that stand count.
    standing = release.tables.filter(version__withdrawn_at__isnull=True).count()
    mark = f'"{release.metadata_sha256[:40]}-{release.number}-{standing}-{kind}-{dcat_catalogues.WAY_OF_TELLING}"'
    return answer_of(
        request, mark, TYPES[kind], lambda: dcat.written(dcat.dataset_graph(descriptions.of_release(release)), kind)
    )


def newest_here(request: HttpRequest, key: str) -> Release:
    """The newest release of the dataset at this address, or why there is none."""
    try:
        dataset = dataset_here(request, key)
    except Http404:
        raise NotFound("dataset-unknown", NO_DATASET) from None
    release = releases.newest_of(dataset)
    if dataset.withdrawn_at is not None or release is None:
        raise withdrawn(dataset, release)
    return release


def withdrawn(dataset: Dataset, release: Release | None) -> Gone:
    """The refusal that tells the public reason."""
    last = release or releases.last_of(dataset)
    reason = dataset.withdrawn_reason or (last.withdrawn_reason if last else "")
    return Gone("withdrawn", _("This was withdrawn: %(reason)s"), reason=reason)


def answer_of(request: HttpRequest, mark: str, content_type: str, write: Callable[[], bytes]) -> HttpResponse:
    """The bytes, or 304 before any of them is written when the reader has them already."""
    known = get_conditional_response(request, etag=mark)
    answer = known or HttpResponse(write(), content_type=content_type)
    answer["ETag"] = mark
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _catalogue(request: HttpRequest, catalogue: Catalogue, kind: str) -> HttpResponse:
    _require_kind(kind)
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise NotFound("page-unknown", NO_PAGE)
    try:
        page = dcat_catalogues.page_of(catalogue, int(asked))
    except EmptyPage:
        raise NotFound("page-unknown", NO_PAGE) from None
    mark = f'"{dcat_catalogues.mark_of(page)[:40]}-{page.number}-{kind}"'
    return answer_of(
        request,
        mark,
        TYPES[kind],
        lambda: dcat.written(dcat_catalogues.graph_of(catalogue, page, kind), kind),
    )


def _require_kind(kind: str) -> None:
    if kind not in TYPES:
        raise NotFound("kind-unknown", NO_KIND)


def _told(refused: Refused) -> HttpResponse:
    answer = JsonResponse(
        {"code": refused.code, "message": refused.sentence},
        status=refused.status,
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Cache-Control"] = "public, max-age=60"
    if isinstance(refused, (TooMany, NotReady)):
        answer["Cache-Control"] = "no-store"
        answer["Retry-After"] = str(refused.retry_after_seconds)
    return answer
