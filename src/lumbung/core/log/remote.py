"""Asking another installation's log, and nobody else: one configured address, small answers, no detours."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urlsplit

from lumbung.kernels import merkle_tiles
from lumbung.kernels.merkle import HASH_BYTES

MAX_NOTE_BYTES = 16_384
WAITS_SECONDS = 10
ANSWERS_WITHIN_SECONDS = 30
PIECE_BYTES = 16_384


class Unreachable(Exception):  # noqa: N818 - reads as a sentence
    """No answer, or one that is no answer of a log."""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """A redirect is an error: it could lead into the network of whoever follows it."""


def is_address(text: str) -> bool:
    """Whether a text is the address of a log: http or https, a host, a path; no name, password, query or fragment."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return fits and text.isascii() and text.isprintable() and " " not in text and not set("@?#\\") & set(text)


@dataclass(frozen=True, slots=True)
class Remote:
    """A log at its address, without a slash at the end."""

    prefix: str

    def checkpoint(self) -> str:
        """The newest checkpoint it shows."""
        try:
            return self._ask("checkpoint", most=MAX_NOTE_BYTES).decode()
        except UnicodeDecodeError as error:
            raise Unreachable("not UTF-8") from error

    def tile(self, level: int, number: int, width: int) -> bytes:
        """Hashes of one tile; where an unfinished tile is no longer kept, the finished one begins with it."""
        path = f"tile/{level}/{merkle_tiles.path_of(number)}"
        if width == merkle_tiles.WIDTH:
            return self._ask(path, most=width * HASH_BYTES)
        try:
            return self._ask(f"{path}.p/{width}", most=width * HASH_BYTES)
        except Unreachable:
            return self._ask(path, most=merkle_tiles.WIDTH * HASH_BYTES)[: width * HASH_BYTES]

    def document(self, name: str, *, most: int) -> bytes:
        """A document published beside the log, of at most so many bytes."""
        return self._ask(name, most=most)

    def send(self, note: str) -> bool:
        """Hand over our cosignature; whether it was taken."""
        try:
            self._ask("cosignature", most=MAX_NOTE_BYTES, body=note.encode())
        except Unreachable:
            return False
        return True

    def _ask(self, path: str, *, most: int, body: bytes | None = None) -> bytes:
        if not is_address(self.prefix):
            raise Unreachable("no address of a log")
        headers = {"User-Agent": "Lumbung"} | ({"Content-Type": "text/plain"} if body else {})
        request = urllib.request.Request(f"{self.prefix}/{path}", body, headers)  # noqa: S310 - is_address: http(s)
        try:
            with urllib.request.build_opener(_NoDetour).open(request, timeout=WAITS_SECONDS) as answer:
                return _read(answer, most)
        except (OSError, HTTPException, ValueError) as error:
            raise Unreachable(type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness answered: status, the type it names, and the text."""

    status: int
    kind: str
    text: str


def ask_witness(prefix: str, body: str, *, most: int) -> Answer:
    """Send a request to a witness (C2SP tlog-witness, add-checkpoint); any status is an answer. Raises Unreachable."""
    if not is_address(prefix):
        raise Unreachable("no address of a witness")
    headers = {"User-Agent": "Lumbung", "Content-Type": "text/plain; charset=utf-8"}
    request = urllib.request.Request(f"{prefix}/add-checkpoint", body.encode(), headers)  # noqa: S310 - is_address: http(s)
    try:
        with _opened(request) as answer:
            kind = answer.headers.get("Content-Type", "").strip()
            return Answer(answer.status or 0, kind, _read(answer, most).decode())
    except (OSError, HTTPException, ValueError) as error:
        raise Unreachable(type(error).__name__) from error


def _opened(request: urllib.request.Request) -> Any:
    try:
        return urllib.request.build_opener(_NoDetour).open(request, timeout=WAITS_SECONDS)
    except urllib.error.HTTPError as answered:
        return answered


def _read(answer: IO[bytes], most: int) -> bytes:
    content, until = b"", time.monotonic() + ANSWERS_WITHIN_SECONDS
    while piece := answer.read(PIECE_BYTES):
        content += piece
        if len(content) > most or time.monotonic() > until:
            raise Unreachable("answers too much, or too slowly")
    return content
