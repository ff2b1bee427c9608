"""A chart for the pages of others: bare, light, without cookies or scripts, and the only view that may be framed."""

import functools
from collections.abc import Callable, Mapping
from typing import cast

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import TooMany
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.catalogue import dataset_here, release_here
from lumbung.modules.open_data.pages.charts import maps, showing
from lumbung.modules.open_data.pages.rows import VIEWS
from lumbung.modules.open_data.queries import releases

MODULE = "open_data"
# So that a frame stays light; the page it leads to has the whole table.
MOST_CELLS = 240
GONE, BAD, KEPT = 410, 400, "public, max-age=300"
View = Callable[..., HttpResponse]


def _framed(view: View) -> View:
    """Any page may hold this one in a frame."""

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    @functools.wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Cache-Control"] = KEPT
        return response

    return cast(View, answered)


@public()
@_framed
def embedded(request: HttpRequest, dataset_key: str) -> HttpResponse:
    """A view of the newest release."""
    dataset = _dataset(request, dataset_key)
    release = releases.newest_of(dataset)
    return _page(request, dataset, release if dataset.withdrawn_at is None else None)


@public()
@_framed
def embedded_release(request: HttpRequest, dataset_key: str, release_number: int) -> HttpResponse:
    """The same view of one release."""
    dataset = _dataset(request, dataset_key)
    release = release_here(dataset, release_number)
    return _page(request, dataset, release if release.withdrawn_at is None and dataset.withdrawn_at is None else None)


@public()
@_framed
def embedded_map(request: HttpRequest, dataset_key: str) -> HttpResponse:
    """The map of the newest release; its ways nearer stay in the frame."""
    dataset = _dataset(request, dataset_key)
    release = releases.newest_of(dataset) if dataset.withdrawn_at is None else None
    return _map_page(request, dataset, release, is_frozen=False)


@public()
@_framed
def embedded_release_map(request: HttpRequest, dataset_key: str, release_number: int) -> HttpResponse:
    """The map of one release."""
    dataset = _dataset(request, dataset_key)
    release = release_here(dataset, release_number)
    is_there = release.withdrawn_at is None and dataset.withdrawn_at is None
    return _map_page(request, dataset, release if is_there else None, is_frozen=True)


def _map_page(request: HttpRequest, dataset: Dataset, release: Release | None, *, is_frozen: bool) -> HttpResponse:
    context = {"dataset": dataset, "release": release, "words": shape.words, "shown": None}
    if release is None:
        return render(request, "open_data/embedded.html", context, status=GONE)
    try:
        limits.take(VIEWS, address_of(request), now=clock.now())
    except TooMany as refused:
        return _later(request, context, refused)
    found = maps.map_here(request, dataset, release, is_frozen=is_frozen, is_embedded=True)
    return render(
        request, "open_data/embedded_map.html", {**context, "shown": found}, status=200 if found.spots else BAD
    )


def _dataset(request: HttpRequest, key: str) -> Dataset:
    if MODULE not in portal_of(request).modules:
        raise Http404("module")
    return dataset_here(request, key)


def _page(request: HttpRequest, dataset: Dataset, release: Release | None) -> HttpResponse:
    """The chart, or one sentence in its place."""
    context = {"dataset": dataset, "release": release, "words": shape.words, "shown": None}
    if release is None:
        return render(request, "open_data/embedded.html", context, status=GONE)
    try:
        limits.take(VIEWS, address_of(request), now=clock.now())
    except TooMany as refused:
        return _later(request, context, refused)
    found = showing.shown(request, dataset, release, request.GET)
    if found is None:
        raise Http404("chart")
    status = 200 if found.drawn is not None else BAD
    columns = len(found.drawn.chart.columns) if found.drawn else 1
    return render(
        request, "open_data/embedded.html", {**context, "shown": found, "rows": MOST_CELLS // columns}, status=status
    )


def _later(request: HttpRequest, context: Mapping[str, object], refused: TooMany) -> HttpResponse:
    response = render(
        request, "open_data/embedded.html", {**context, "sentence": refused.sentence}, status=refused.status
    )
    response["Retry-After"] = str(refused.retry_after_seconds)
    return response
