"""Puts `request.viewer` on every request, and sends personal-data roles to two-step verification."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from lumbung.core.access import queries, registry
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock

OPENED_KEY = "opened"


class ViewerMiddleware:
    """`request.viewer`, worked out only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Viewer:
    # A visitor without a session cookie costs no query.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.session.modified:
        return queries.viewer_for(None, day=clock.local_day(clock.now()))
    account = request.user if request.user.is_authenticated else None
    return queries.viewer_for(account, day=clock.local_day(clock.now()), opened=request.session.get(OPENED_KEY, []))


class TwoStepMiddleware:
    """In production a role that sees personal data works only after two-step verification is switched on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LUMBUNG_REQUIRE_TWO_STEP and self._is_missing(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or "/akun/" in request.path:
            return False
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        sees = any(registry.role(held.role).personal_data == "sees" for held in viewer.held)
        return sees and viewer.account is not None and not is_mfa_enabled(viewer.account)
