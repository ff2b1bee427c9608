"""Pages that know several modules at once: health, a portal's home, one's own home."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import lumbung
from lumbung.core.access.policies import public, signed_in, viewer_of
from lumbung.core.access.viewers import Viewer, may
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted
from lumbung.core.portals import queries as portals
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms as report_forms
from lumbung.modules.reports import permissions as report_permissions
from lumbung.modules.reports import queries as reports
from lumbung.site import home

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
    today = clock.local_day(clock.now())
    newest = [reports.as_told(report, day=today) for report in reports.public_reports(portal, day=today)[:NEWEST]]
    context = {
        "entries": reports.days_left_of(newest, today),
        "also_affected": reports.also_affected_counts(newest),
        "track_form": report_forms.TrackForm(),
        "evidence": home.evidence(portal, today=today),
    }
    return render(request, "site/portal_home.html", context)


# What an administrator or keeper manages, with the verb that opens it.
MANAGED = (
    ("access.manage", _("Accounts"), _("Invite, give roles, deactivate, hand over an inbox."), "access:accounts"),
    ("access.manage", _("Who has access"), _("Each role in force and who may see personal data."), "access:who"),
    (
        "organisations.edit",
        _("Organisations"),
        _("Add, change and end agencies and other bodies."),
        "organisations:manage",
    ),
    ("portals.edit", _("Portals"), _("Names, colour and modules of each portal."), "portals:manage"),
    ("calendar.edit", _("Calendar"), _("Public holidays and collective leave."), "calendar:this-year"),
)


@signed_in()
def administration(request: HttpRequest) -> HttpResponse:
    """Everything this viewer may manage."""
    open_to_viewer = managed_by(viewer_of(request))
    if not open_to_viewer:
        raise NotPermitted("nothing-to-manage", _("Your role manages nothing here. Ask an administrator."))
    return render(request, "site/administration.html", {"entries": open_to_viewer})


def managed_by(viewer: Viewer) -> list[tuple[Promise, Promise, str]]:
    """Title, explanation and route of each thing the viewer manages."""
    return [(title, text, route) for verb, title, text, route in MANAGED if may(viewer, verb)]


@signed_in()
def account_home(request: HttpRequest) -> HttpResponse:
    """Where someone lands after signing in: their roles and their inboxes."""
    viewer = viewer_of(request)
    works = may(viewer, report_permissions.WORK)
    context = {
        "portals": portals.all_portals(),
        "works": works,
        "waiting": reports.inbox_of(viewer).count() if works else 0,
        "manages": bool(managed_by(viewer)),
        "enters": may(viewer, report_permissions.ENTER_FOR_OTHERS),
    }
    return render(request, "site/account_home.html", context)
