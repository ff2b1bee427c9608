"""Headers on every answer, and refusals turned into pages."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.core.base.errors import Refused, TooMany

NOT_ALLOWED = 405
logger = logging.getLogger("lumbung.web")
PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"


class HeadersMiddleware:
    """Security headers Django does not set, and who may keep an answer that does not say so itself.

    Pages of a session are stored nowhere. Every other page may hold the token of somebody's form (and sets it as a
    cookie), so only the reader's own browser keeps it, and asks again. Files for everyone say `public` themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            has_session = bool(request.COOKIES.get("sessionid"))
            response.setdefault("Cache-Control", "private, no-store" if has_session else "private, no-cache")
        return response


class NulMiddleware:
    """No word of any language holds a NUL and PostgreSQL takes none: an address with one is unknown, a query loses it.

    What is typed into a form is left to its fields, which say what to mend.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "").replace("\x00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if "\x00" in request.path_info:
            raise Http404("nul")


class RefusalMiddleware:
    """A rule said no: show its sentence, with the status that fits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NOT_ALLOWED and request.method == "GET" and not _wants_json(request):
            return _only_sent(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            _log_by_type(request, exception)
            return None
        response = _as_json(exception) if _wants_json(request) else _as_page(request, exception)
        if isinstance(exception, TooMany):
            response["Retry-After"] = str(exception.retry_after_seconds)
        return response


def _log_by_type(request: HttpRequest, exception: Exception) -> None:
    # Route, type and place only: address, message and values may hold what a citizen wrote.
    if isinstance(exception, Http404):
        return
    route = request.resolver_match.view_name if request.resolver_match else "-"
    frames = traceback.extract_tb(exception.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"
    logger.error("%s %s: %s at %s", request.method, route, type(exception).__name__, where)


def _wants_json(request: HttpRequest) -> bool:
    return "/api/" in request.path or request.headers.get("Accept", "").startswith("application/json")


def _as_json(refused: Refused) -> HttpResponse:
    return JsonResponse({"code": refused.code, "message": refused.sentence}, status=refused.status)


def _only_sent(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Someone reloaded the address a form was sent to: without this the browser shows an empty page."""
    sentence = _("This address only takes what a form sends. Go back to the page with the form and send it there.")
    page = render(request, "web/refused.html", {"status": NOT_ALLOWED, "sentence": sentence}, status=NOT_ALLOWED)
    page["Allow"] = refused["Allow"]
    return page


def _as_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"status": refused.status, "sentence": refused.sentence}
    return render(request, "web/refused.html", context, status=refused.status)
