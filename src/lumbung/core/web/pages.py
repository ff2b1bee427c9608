"""The front page, and the pages for errors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access.policies import public
from lumbung.core.portals import queries as portals


@public()
def front_page(request: HttpRequest) -> HttpResponse:
    """The portals of this installation."""
    return render(request, "web/front_page.html", {"portals": portals.all_portals()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "web/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/csrf.html", status=403)
