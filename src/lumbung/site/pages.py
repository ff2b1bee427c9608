"""Pages that know several modules at once: health, a portal's home, one's own home."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

import lumbung
from lumbung.core.access.policies import public, signed_in, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock
from lumbung.core.portals import queries as portals
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms as report_forms
from lumbung.modules.reports import permissions as report_permissions
from lumbung.modules.reports import queries as reports
from lumbung.site import home

NEWEST = 5


@public()
def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers, 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database-unreachable", "version": lumbung.VERSION}, status=503)
    return JsonResponse({"status": "ok", "version": lumbung.VERSION, "database": connection.vendor})


@public()
def portal_home(request: HttpRequest) -> HttpResponse:
    """What can I do, what is promised, what is happening."""
    portal = portal_of(request)
    context = {"reports": reports.public_reports(portal)[:NEWEST], "track_form": report_forms.TrackForm()}
    context["evidence"] = home.evidence(portal, today=clock.local_day(clock.now()))
    return render(request, "site/portal_home.html", context)


@signed_in()
def account_home(request: HttpRequest) -> HttpResponse:
    """Where someone lands after signing in: their roles and their inboxes."""
    viewer = viewer_of(request)
    works = may(viewer, report_permissions.WORK)
    context = {
        "portals": portals.all_portals(),
        "works": works,
        "waiting": reports.inbox_of(viewer).count() if works else 0,
        "enters": may(viewer, report_permissions.ENTER_FOR_OTHERS),
    }
    return render(request, "site/account_home.html", context)
