"""The front page, the pages about the site itself, and the pages for errors."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from lumbung.core.access.policies import public
from lumbung.core.access.viewers import NOBODY
from lumbung.core.portals import queries as portals
from lumbung.core.web import context, faults, programs
from lumbung.core.web import style_guide as specimens


@public()
def front_page(request: HttpRequest) -> HttpResponse:
    """The portals of this installation, each with what anybody may open there."""
    shown = [(portal, context.menu_of(request, portal, NOBODY)) for portal in portals.all_portals()]
    return render(request, "web/front_page.html", {"portals": shown})


@public()
def privacy(request: HttpRequest) -> HttpResponse:
    """What personal data is kept, why, for how long, and the rights of the person (UU 27/2022)."""
    return render(request, "web/privacy.html")


@public()
def terms(request: HttpRequest) -> HttpResponse:
    """What may be sent here, and how the data may be reused."""
    return render(request, "web/terms.html")


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works, what does not, and whom to tell."""
    return render(request, "web/accessibility.html")


@public()
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every part of the design system in every state; `?tema=light|dark` and `?portal=ntb|ksb` choose the look."""
    return render(request, "web/style_guide.html", specimens.context_for(request.GET))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For people a page; below the addresses of programs the same in JSON, in both languages."""
    return programs.nothing_here(request) if "/api/" in request.path else render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without request or context: the database may be the very thing that broke."""
    status = faults.status_of(sys.exception())
    response = HttpResponse(get_template(f"web/{status}.html").render(), status=status)
    if status == faults.UNREACHABLE:
        response["Retry-After"] = "10"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/csrf.html", status=403)
