"""Serving files through the application, which asks who is looking each time."""

import logging
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.files import documents, queries, ranges, registry, store
from lumbung.core.files.kinds import KINDS
from lumbung.core.files.ranges import OnDisk, Served

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


@public()
def document(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A document, always to be saved and never opened inside our pages, under a name made from its title."""
    shown = queries.document_shown_to(viewer_of(request), file_id, day=clock.local_day(clock.now()))
    if shown is None:
        raise Http404("document")
    found = shown.document
    name, mime = documents.download_name(found.title, found.kind), KINDS[found.kind].mime
    if shown.is_public:
        path = _path_of(file_id, found.sha256)
        kept = f"public, max-age={PUBLIC_SECONDS}"
        return _guarded(ranges.answer(request, Served(OnDisk(path), f'"{file_id.hex}"', mime, name, kept)))
    content = _content_of(file_id, found.sha256)
    _note_opening(request, found.purpose, file_id, "document")
    response = _guarded(HttpResponse(content, content_type=mime))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def _answer(request: HttpRequest, file_id: UUID, size: queries.Size) -> HttpResponse:
    shown = queries.shown_to(viewer_of(request), file_id, size, day=clock.local_day(clock.now()))
    if shown is None:
        raise Http404("file")
    etag = f'"{file_id.hex}-{size}"'
    if shown.is_public and request.headers.get("If-None-Match") == etag:
        return _cached(HttpResponseNotModified(), etag)
    content = _content_of(file_id, shown.address)
    if not shown.is_public:
        _note_opening(request, shown.purpose, file_id, size)
    response = _guarded(HttpResponse(content, content_type=shown.mime))
    response["Content-Disposition"] = "inline"
    return _kept(response, etag, is_public=shown.is_public)


def _content_of(file_id: UUID, address: str) -> bytes:
    content = store.read(address)
    if content is None:
        raise _lost(file_id)
    return content


def _path_of(file_id: UUID, address: str) -> Path:
    path = store.path_of(address)
    if not path.exists():
        raise _lost(file_id)
    return path


def _lost(file_id: UUID) -> Http404:
    logger.error("file %s is lost from the folder", file_id)
    return Http404("file")


def _note_opening(request: HttpRequest, purpose: str, file_id: UUID, size: str) -> None:
    note_opening = registry.get(purpose).note_opening
    if note_opening is not None:
        note_opening(viewer_of(request), file_id, size, clock.now())


def _guarded(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _kept(response: HttpResponse, etag: str, *, is_public: bool) -> HttpResponse:
    if is_public:
        return _cached(response, etag)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _cached(response: HttpResponse, etag: str) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    response["ETag"] = etag
    return response
