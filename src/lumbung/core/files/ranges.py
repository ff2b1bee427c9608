"""Files that never change, answered whole or in part, so that a download that broke off goes on (RFC 9110, 13 and 14).

Django answers no ranges. WhiteNoise does for static files only, refuses a range of one byte and knows no If-Range.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from lumbung.core.files import sending

PARTIAL, UNSATISFIABLE = 206, 416
BLOCK = 1 << 16
# Several ranges, other units and what is no range at all are answered by the whole file, as the standard allows.
ONE_RANGE = re.compile(r"(?i)bytes=(?:(?P<first>[0-9]{1,18})-(?P<last>[0-9]{0,18})|-(?P<ending>[0-9]{1,18}))")


class Part(Protocol):
    """Some bytes, read block by block."""

    def read(self, size: int) -> bytes: ...
    def close(self) -> None: ...


class Content(Protocol):
    """What is served: how much there is, and any part of it."""

    @property
    def size(self) -> int: ...
    def part(self, span: "Span") -> Part: ...


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it is told: its mark is strong, another content has another one; `kept` says who may keep it."""

    content: Content
    etag: str
    content_type: str
    name: str
    kept: str


@dataclass(frozen=True, slots=True)
class Span:
    """Which bytes: `count` of them from `first` on."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file that lies somewhere."""

    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def part(self, span: Span) -> Part:
        return _PartOfFile(self.path.open("rb"), span)


@dataclass(frozen=True, slots=True)
class Made:
    """What is made as it is sent, the same bytes every time: to begin later, what comes before is made and dropped."""

    counted: Callable[[], int]
    pieces: Callable[[], Iterator[bytes]]

    @property
    def size(self) -> int:
        return self.counted()

    def part(self, span: Span) -> Part:
        return _PartMade(self.pieces(), span)


class _PartOfFile:
    """A file that begins and ends elsewhere. Open from the start: its bytes are there until the answer is sent."""

    def __init__(self, file: BinaryIO, span: Span) -> None:
        file.seek(span.first)
        self._file, self._left = file, span.count

    def read(self, size: int) -> bytes:
        block = self._file.read(min(size, self._left))
        self._left -= len(block)
        return block

    def close(self) -> None:
        self._file.close()


class _PartMade:
    def __init__(self, pieces: Iterator[bytes], span: Span) -> None:
        self._pieces, self._before, self._left = pieces, span.first, span.count

    def read(self, _size: int) -> bytes:
        """The next piece, whatever its length; none when the part is over."""
        for piece in self._pieces if self._left else ():
            block = piece[self._before :][: self._left]
            self._before -= min(self._before, len(piece))
            self._left -= len(block)
            if block:
                return block
        return b""

    def close(self) -> None:
        self._pieces = iter(())


class Streamed(FileResponse):
    """A file sent in large pieces: in Django's four kilobytes a large one takes longer to send than to write."""

    block_size = BLOCK


def answer(request: HttpRequest, served: Served) -> HttpResponse:
    """The file, the part of it that was asked for, or word that the reader has it already."""
    response = get_conditional_response(request, etag=served.etag) or _bytes(request, served)
    if response.status_code == UNSATISFIABLE:
        return response
    response["ETag"] = served.etag
    response["Cache-Control"] = served.kept
    return response


def _bytes(request: HttpRequest, served: Served) -> HttpResponse:
    size = served.content.size
    asked = _asked(request, served.etag, size)
    if asked is not None and not asked.count:
        response = HttpResponse(status=UNSATISFIABLE, content_type=served.content_type)
        response["Content-Range"] = f"bytes */{size}"
        return response
    span = asked or Span(0, size)
    response = _sent(request, served, span)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(span.count)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=served.name) or ""
    if asked is not None:
        response.status_code = PARTIAL
        response["Content-Range"] = f"bytes {span.first}-{span.first + span.count - 1}/{size}"
    return response


def _sent(request: HttpRequest, served: Served, span: Span) -> HttpResponse:
    if request.method == "HEAD":
        return HttpResponse(content_type=served.content_type)
    if span.count <= sending.SHORT_BYTES:
        return cast(HttpResponse, Streamed(served.content.part(span), content_type=served.content_type))
    with sending.place() as place:
        content = place.until_sent(served.content.part(span))
        return cast(HttpResponse, Streamed(content, content_type=served.content_type))


def _asked(request: HttpRequest, etag: str, size: int) -> Span | None:
    """The part that was asked for; None for the whole, nothing where the file ends before it."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    found = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or not size:
        return None
    if found["ending"]:
        count = min(int(found["ending"]), size)
        return Span(size - count, count)
    first, last = int(found["first"]), int(found["last"] or size - 1)
    if found["last"] and last < first:
        return None
    return Span(first, max(min(last, size - 1) - first + 1, 0))
