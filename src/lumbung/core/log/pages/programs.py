"""The log for programs: checkpoint, tiles and entries in the layout of C2SP tlog-tiles, and the door for witnesses."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import address_of
from lumbung.core.log import actions, queries
from lumbung.core.log.actions.witnessing import NotCosigned
from lumbung.kernels import merkle_tiles, witness_requests

TILE_PATH = re.compile(r"(?P<number>[x0-9/]+?)(?:\.p/(?P<width>[1-9][0-9]{0,2}))?")
LEVEL = re.compile(r"[0-9]|[1-5][0-9]|6[0-3]")
MAX_NOTE_BYTES = 16_384
FOR_EVER = "public, max-age=31536000, immutable"

COSIGNATURES = Limit("log.cosignatures", count=120, per_seconds=3600)
# A log signs every half minute at most, and asks twice when it does not know where we stand.
CHECKPOINTS = Limit("log.checkpoints", count=480, per_seconds=3600)


@public()
def front(request: HttpRequest) -> HttpResponse:
    """Whoever types the address of the log is a person: to the page that explains it."""
    return redirect("log:front")


@public()
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint with every cosignature under it."""
    newest = queries.newest_checkpoint()
    if newest is None:
        raise Http404("checkpoint")
    return _plain(queries.signed_note(newest))


def _plain(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "public, no-cache"
    return response


@public()
def tile(request: HttpRequest, level: str, number: str) -> HttpResponse:
    """Up to 256 hashes of one level. A level is written one way, so that no tile has two addresses."""
    place, width = _place(number)
    return _bytes(queries.tile_bytes(int(level), place, width) if LEVEL.fullmatch(level) else None)


@public()
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """Up to 256 entries, each behind its length."""
    return _bytes(queries.entry_bundle(*_place(number)))


def _place(path: str) -> tuple[int, int]:
    found = TILE_PATH.fullmatch(path)
    if found is None:
        raise Http404("tile")
    width = int(found["width"] or merkle_tiles.WIDTH)
    if width > merkle_tiles.WIDTH or (found["width"] and width == merkle_tiles.WIDTH):
        raise Http404("tile")
    try:
        return merkle_tiles.number_of(found["number"]), width
    except ValueError as error:
        raise Http404("tile") from error


def _bytes(content: bytes | None) -> HttpResponse:
    if content is None:
        raise Http404("tile")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Cache-Control"] = FOR_EVER
    return response


@csrf_exempt  # a witness is a program: its signature, not a cookie, says who it is
@public("POST")
def cosignature(request: HttpRequest) -> HttpResponse:
    """Take a witness's line under one of our checkpoints; answers with the checkpoint as it now stands."""
    limits.take(COSIGNATURES, address_of(request), now=clock.now())
    try:
        text = request.read(MAX_NOTE_BYTES + 1).decode()
        if len(text) > MAX_NOTE_BYTES:
            return _plain("A note has at most 16384 bytes.\n", status=413)
        kept = actions.keep_cosignature(note_text=text, now=clock.now())
    except UnicodeDecodeError:
        return _plain("A note is UTF-8 text.\n", status=400)
    except Refused as refused:
        return _plain(_in_both_languages(refused), status=400)
    return _plain(queries.signed_note(kept[0].checkpoint))


@csrf_exempt  # a log is a program: its signature, not a cookie, says who it is
@public("POST")
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """C2SP tlog-witness: cosign the checkpoint of a log we watch, if it proves that it only grew."""
    limits.take(CHECKPOINTS, address_of(request), now=clock.now())
    try:
        content = request.read(witness_requests.MAX_BYTES + 1)
        if len(content) > witness_requests.MAX_BYTES:
            return _plain(f"A request has at most {witness_requests.MAX_BYTES} bytes.\n", status=413)
        return _uncached(_plain(actions.cosign_submitted(text=content.decode(), now=clock.now())))
    except UnicodeDecodeError:
        return _plain("A request is UTF-8 text.\n", status=400)
    except NotCosigned as refused:
        if refused.size is not None:
            return _uncached(
                HttpResponse(f"{refused.size}\n", content_type=witness_requests.SIZE_TYPE, status=refused.status)
            )
        return _uncached(_plain(_in_both_languages(refused), status=refused.status))


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _in_both_languages(refused: Refused) -> str:
    """Programs name no language: whoever reads their output finds one of the two."""
    sentences = []
    for language in settings.LANGUAGES:
        with translation.override(language[0]):
            sentences.append(refused.sentence)
    return "".join(f"{each}\n" for each in dict.fromkeys(sentences))
