"""Puts `request.viewer` on every request, and sends personal-data roles to two-step verification."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import permissions, queries
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock

OPENED_KEY = "opened"
TWO_STEP_NEEDED = _("Your role sees personal data. Switch on two-step verification first, then go on.")


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


# What someone may still open before two-step verification is on: switching it on, and leaving.
OPEN_BEFORE_TWO_STEP = frozenset(
    {
        "mfa_activate_totp",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_login",
        "account_logout",
        "account_change_password",
        "healthz",
    }
)


class TwoStepMiddleware:
    """In production a role that sees personal data works only after two-step verification is switched on.

    Decided by the name of the matched route, never by the look of the address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.LUMBUNG_REQUIRE_TWO_STEP or not self._is_missing(request):
            return None
        if "/api/" in request.path:
            return JsonResponse({"code": "two-step-needed", "message": str(TWO_STEP_NEEDED)}, status=403)
        messages.warning(request, str(TWO_STEP_NEEDED))
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    def _is_missing(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_BEFORE_TWO_STEP:
            return False
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.account is None or not any(permissions.sees_personal_data(held.role) for held in viewer.held):
            return False
        return not is_mfa_enabled(viewer.account, [Authenticator.Type.TOTP])
