"""Serving files through the application, which asks who is looking each time."""

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.files import queries, registry, store

logger = logging.getLogger("lumbung.files")

# Long enough to save a phone's data; short enough that a photo hidden again is gone from caches within a day.
PUBLIC_SECONDS = 86_400


@public()
def large(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The picture to look at."""
    return _answer(request, file_id, "large")


@public()
def small(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The thumbnail."""
    return _answer(request, file_id, "small")


def _answer(request: HttpRequest, file_id: UUID, size: queries.Size) -> HttpResponse:
    shown = queries.shown_to(viewer_of(request), file_id, size, day=clock.local_day(clock.now()))
    if shown is None:
        raise Http404("file")
    etag = f'"{file_id.hex}-{size}"'
    if shown.is_public and request.headers.get("If-None-Match") == etag:
        return _cached(HttpResponseNotModified(), etag)
    content = store.read(shown.address)
    if content is None:
        logger.error("file %s is lost from the folder", file_id)
        raise Http404("file")
    note_opening = registry.get(shown.purpose).note_opening
    if note_opening is not None and not shown.is_public:
        note_opening(viewer_of(request), file_id, size, clock.now())
    response = HttpResponse(content, content_type=shown.mime)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if shown.is_public:
        return _cached(response, etag)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _cached(response: HttpResponse, etag: str) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    response["ETag"] = etag
    return response
