"""Answers for programs: any page may ask, and what is refused is told as JSON, in both languages."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.base.errors import NotFound, Refused

View = Callable[..., HttpResponse]
NOTHING_HERE = _("There is nothing at this address. /api/v1/ lists what programs may ask.")


def open_to_programs(view: View) -> View:
    """Let scripts of any site ask, and tell them of a refusal in a form they can read."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return _told(refused)

    return readable_anywhere(answered)


@open_to_programs
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address below those of programs where nothing is."""
    raise NotFound("address-unknown", NOTHING_HERE)


def _told(refused: Refused) -> HttpResponse:
    told = {
        "code": refused.code,
        "message_id": _in("id", refused),
        "message_en": _in("en", refused),
        "field": refused.field,
    }
    response = JsonResponse({"error": told}, status=refused.status, json_dumps_params={"ensure_ascii": False})
    seconds = getattr(refused, "retry_after_seconds", None)
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _in(language: str, refused: Refused) -> str:
    with translation.override(language):
        return refused.sentence
