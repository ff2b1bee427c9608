"""Headers on every answer, and refusals turned into pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lumbung.core.base.errors import Refused, TooMany

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
        return response


class RefusalMiddleware:
    """A rule said no: show its sentence, with the status that fits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        response = _as_json(exception) if _wants_json(request) else _as_page(request, exception)
        if isinstance(exception, TooMany):
            response["Retry-After"] = str(exception.retry_after_seconds)
        return response


def _wants_json(request: HttpRequest) -> bool:
    return "/api/" in request.path or request.headers.get("Accept", "").startswith("application/json")


def _as_json(refused: Refused) -> HttpResponse:
    return JsonResponse({"code": refused.code, "message": refused.sentence}, status=refused.status)


def _as_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"status": refused.status, "sentence": refused.sentence}
    return render(request, "web/refused.html", context, status=refused.status)
