"""The body of a writing request: JSON with its numbers as they were written, or a form with one file."""

import json
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

from lumbung.core.files.spooling import SentTableUploadHandler
from lumbung.core.files.uploads import NamelessUploadHandler
from lumbung.modules.open_data.ckan import BareFault
from lumbung.modules.open_data.schemas.ckan import Params

MOST_BYTES = 8_000_000
DEEPEST = 20
MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
UPLOAD = "upload"


class Number(str):
    """A number of JSON, digit for digit: 52.10 stays 52.10, and no digit is lost to a float."""

    __slots__ = ()


def sent(request: HttpRequest) -> Params:
    """What was sent, of a JSON body or a form; raises BareFault where it cannot be read."""
    found = _form(request) if request.content_type in {MULTIPART, FORM} else _json(request)
    if _holds_nul(found):
        raise BareFault("JSON Error: Error decoding JSON data. A text holds a NUL or half a sign.")
    return found


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        body = request.read(MOST_BYTES + 1)
    except (UnreadablePostError, OSError) as error:
        raise BareFault("The body did not arrive.") from error
    if len(body) > MOST_BYTES:
        raise BareFault(f"The body is larger than {MOST_BYTES} bytes. Send the rows in several calls.")
    found = decoded(body) if body.strip() else {}
    if not isinstance(found, dict):
        raise BareFault("Request data JSON has to be a dictionary.")
    return found


def decoded(body: bytes) -> Any:
    """JSON of at most twenty levels, without NaN and Infinity, numbers as `Number`."""
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_float=Number, parse_int=Number, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        sentence = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        raise BareFault(f"JSON Error: Error decoding JSON data. Error: {sentence}") from error
    if _depth(found) > DEEPEST:
        raise BareFault(f"JSON Error: Error decoding JSON data. Error: nested deeper than {DEEPEST} levels")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _form(request: HttpRequest) -> dict[str, Any]:
    request.upload_handlers = [SentTableUploadHandler(request), NamelessUploadHandler(request)]
    try:
        fields, files = request.POST, request.FILES
    except (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError) as error:
        raise BareFault(f"The form cannot be read: {type(error).__name__}.") from error
    found: dict[str, Any] = {key: values[0] if len(values) == 1 else values for key, values in fields.lists()}
    return found | ({UPLOAD: files[UPLOAD]} if UPLOAD in files else {})


def _depth(found: Any) -> int:
    """How many lists and maps stand in each other; worked off level by level, so that depth costs no stack."""
    level, deep = [found], 0
    while level := [each for each in level if isinstance(each, (dict, list))]:
        deep += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return deep


def _holds_nul(found: Any) -> bool:
    """Whether some text holds what no database keeps: a NUL, or a surrogate without its other half."""
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and ("\0" in each or not _is_whole(each)):
            return True
    return False


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
