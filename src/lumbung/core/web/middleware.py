"""Headers on every answer, and refusals turned into pages."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lumbung.core.base.errors import Refused, TooMany

logger = logging.getLogger("lumbung.web")
PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"


class HeadersMiddleware:
    """Security headers Django does not set; pages of signed-in people are never stored by a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.COOKIES.get("sessionid") and not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "private, no-store")
        elif response.cookies:  # it belongs to one browser; no-store would take away what is typed when going back
            response.setdefault("Cache-Control", "private")
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
        return self.get_response(request)

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


def _as_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"status": refused.status, "sentence": refused.sentence}
    return render(request, "web/refused.html", context, status=refused.status)
