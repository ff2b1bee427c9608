"""Finds the portal an address belongs to."""

from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from lumbung.core.portals import queries
from lumbung.core.portals.models import Portal


def portal_of(request: HttpRequest) -> Portal:
    """The portal whose address was asked for."""
    return cast(Portal, request.portal)  # type: ignore[attr-defined]


class PortalMiddleware:
    """Sets `request.portal` from the address; an unknown portal, or a module it has not enabled, is a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.portal = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        slug = kwargs.pop("portal_slug", None)
        if slug is None:
            return
        portal = queries.portal_by_slug(slug)
        if portal is None:
            raise Http404("portal")
        match = request.resolver_match
        module = match.namespaces[0] if match and match.namespaces else None
        if module and module != "web" and module not in portal.modules:
            raise Http404("module")
        request.portal = portal  # type: ignore[attr-defined]
