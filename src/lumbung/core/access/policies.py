"""Every route says who may enter. A view without a policy fails the build (tests/guards)."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lumbung.core.access.anywhere import telling_beforehand
from lumbung.core.access.viewers import Viewer, may
from lumbung.core.base.errors import NotPermitted

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may enter a route and with which methods."""

    kind: Literal["public", "signed_in", "verb"]
    verb: str = ""
    methods: tuple[str, ...] = ("GET", "HEAD")


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking, as the middleware found out."""
    return cast(Viewer, request.viewer)  # type: ignore[attr-defined]


def public(*methods: str) -> Callable[[View], View]:
    """Open to everyone. Anything more specific is decided by the query or action behind it."""
    return _policy(Policy("public", methods=_with_head(methods)))


def signed_in(*methods: str) -> Callable[[View], View]:
    """Open to any account; others are sent to sign in and come back."""
    return _policy(Policy("signed_in", methods=_with_head(methods)))


def needs(verb: str, *methods: str) -> Callable[[View], View]:
    """Open to accounts holding the verb somewhere; where exactly is checked by the query or action."""
    return _policy(Policy("verb", verb=verb, methods=_with_head(methods)))


def _with_head(methods: tuple[str, ...]) -> tuple[str, ...]:
    chosen = methods or ("GET",)
    return (*chosen, "HEAD") if "GET" in chosen and "HEAD" not in chosen else chosen


def _policy(policy: Policy) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _refusal(request, policy) or view(request, *args, **kwargs)

        checked: View = require_http_methods(list(policy.methods))(guarded)
        if policy.kind == "public" and getattr(view, "is_readable_anywhere", False):
            checked = telling_beforehand(checked, policy.methods)
        checked.policy = policy  # type: ignore[attr-defined]
        # A door that only reads refuses every other method, whoever sent it: there is nothing to forge.
        # Set only where it is true: Django's own decorator above would be undone by a "no" below it.
        if {*policy.methods} <= {"GET", "HEAD"}:
            checked.csrf_exempt = True  # type: ignore[attr-defined]
        return checked

    return decorate


def _refusal(request: HttpRequest, policy: Policy) -> HttpResponse | None:
    if policy.kind == "public":
        return None
    viewer = viewer_of(request)
    if not viewer.is_signed_in:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if policy.kind == "verb" and not may(viewer, policy.verb):
        raise NotPermitted(
            "role-lacks-verb",
            _("Your role does not include this page. Ask the administrator of your agency for access."),
        )
    return None
