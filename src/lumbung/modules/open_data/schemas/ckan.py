"""Reads what clients of CKAN send: keys of an address, JSON, forms, JSON inside a form; then one value at a time."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

import orjson
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from lumbung.modules.open_data.ckan import BareFault, invalid

Params = Mapping[str, Any]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
TRUE, FALSE = {"true", "yes", "t", "y", "on", "1"}, {"false", "no", "f", "n", "off", "0", "none", ""}
LONGEST = 18  # digits of a whole number


def params_of(request: HttpRequest) -> dict[str, Any]:
    """Everything sent with a request; raises BareFault as CKAN does where it cannot be read."""
    found = _mixed(request.GET) if request.method in {"GET", "HEAD"} else _sent(request)
    if not isinstance(found, dict):
        raise BareFault(f"Request data JSON decoded to {found!r:.100} but it needs to be a dictionary.")
    if _holds_nul(found):
        raise BareFault("JSON Error: Error decoding JSON data. A text holds a NUL.")
    if "callback" in found:
        raise invalid("callback", _("JSONP is not served here. Ask for JSON and leave “callback” out."))
    return found


def _holds_nul(found: dict[str, Any]) -> bool:
    try:
        return b"\\u0000" in orjson.dumps(found, default=str)
    except TypeError as error:  # orjson reads deeper than it writes
        raise BareFault("JSON Error: Error decoding JSON data. Error: it is nested too deeply") from error


def _mixed(query: QueryDict) -> dict[str, Any]:
    """A key given once is a text, a repeated one a list."""
    return {key: values[0] if len(values) == 1 else values for key, values in query.lists()}


def _sent(request: HttpRequest) -> Any:
    try:
        return _read(request)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError) as error:
        raise BareFault(f"The body cannot be read: {type(error).__name__}.") from error


def _read(request: HttpRequest) -> Any:
    body = request.body.strip()
    if body[:3].upper() == b"%7B":  # the documentation of CKAN sends JSON this way
        body = unquote_to_bytes(body.removesuffix(b"="))
    if not body:
        return _mixed(request.GET)
    if request.content_type in FORMS and not body.startswith(b"{"):
        return _mixed(request.POST)
    return _decoded(body)


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError as error:
        raise BareFault(f"JSON Error: Error decoding JSON data. Error: {error}") from error


def needed(params: Params, name: str) -> str:
    """A text that has to be there."""
    value = text(params, name)
    if not value:
        raise invalid(name, _("Missing value"))
    return value


def name_or_id(params: Params) -> str:
    """What names a dataset: `id`, or `name_or_id` as clients of older CKANs say."""
    return needed(params, "id" if "id" in params else "name_or_id")


def text(params: Params, name: str) -> str:
    """A text, empty where there is none."""
    value = params.get(name)
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        raise invalid(name, _("This takes one text."))
    return str(value).strip()


def whole(params: Params, name: str, *, default: int, most: int | None = None) -> int:
    """A whole number from 0; one above `most` is read as `most`, as CKAN does."""
    value = text(params, name)
    if not value:
        return default
    if value.startswith("-") and value[1:].isdecimal():
        raise invalid(name, _("Must be a natural number"))
    if not (value.isascii() and value.isdecimal() and len(value) <= LONGEST):
        raise invalid(name, _("Invalid integer"))
    return int(value) if most is None else min(int(value), most)


def flag(params: Params, name: str, *, default: bool) -> bool:
    """Yes or no, in any of the words CKAN takes."""
    if name not in params or params[name] is None:
        return default
    value = text(params, name).lower()
    if value not in TRUE | FALSE:
        raise invalid(name, _("Say true or false."))
    return value in TRUE


def names(params: Params, name: str) -> list[str]:
    """A list of texts, sent as a list, as JSON, or with commas."""
    value = structured(params, name)
    if value is None or value == "":
        return []
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    if not isinstance(value, list) or not all(isinstance(each, (str, int, float)) for each in value):
        raise invalid(name, _("This takes a list of texts."))
    return [str(each) for each in value if each != ""]


def structured(params: Params, name: str) -> Any:
    """A list or map, also where it is JSON inside a text; any other text as it is."""
    value = params.get(name)
    if isinstance(value, str) and value.strip()[:1] in {"{", "["}:
        try:
            return orjson.loads(value)
        except ValueError as error:
            raise invalid(name, _("Cannot parse JSON")) from error
    return value
