"""Pages that know several modules at once: health, a portal's home, one's own home."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

import lumbung
from lumbung.core.access.policies import public, signed_in, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.portals import queries as portals
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms as report_forms
from lumbung.modules.reports import permissions as report_permissions
from lumbung.modules.reports import queries as reports

NEWEST = 5
FULL_BYTES = 4 * 1024 * 1024


@public()
def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers, 503 while it does not; a full disk still serves readers: 200, and it says so."""
    told = {"status": "ok", "version": lumbung.VERSION, "database": connection.vendor}
    try:
        # A table, not SELECT 1: a vanished SQLite file would answer that from an empty new one.
        portals.all_portals()
    except DatabaseError:
        return JsonResponse({**told, "status": "database-unreachable"}, status=503)
    if shutil.disk_usage(settings.LUMBUNG_HOME).free < FULL_BYTES:
        told["status"] = "storage-full"
    return JsonResponse(told)


@public()
def portal_home(request: HttpRequest) -> HttpResponse:
    """What can I do, what is promised, what is happening."""
    portal = portal_of(request)
    context = {"reports": reports.public_reports(portal)[:NEWEST], "track_form": report_forms.TrackForm()}
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
