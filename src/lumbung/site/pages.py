"""Pages that know several modules at once: health, a portal's home, one's own home."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

import lumbung
from lumbung.core.access import permissions as access_permissions
from lumbung.core.access import queries as access
from lumbung.core.access.models import Grant
from lumbung.core.access.policies import needs, public, signed_in, viewer_of
from lumbung.core.access.viewers import Scope, Viewer, may
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted
from lumbung.core.portals import queries as portals
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import permissions as plan_permissions
from lumbung.modules.reports import forms as report_forms
from lumbung.modules.reports import permissions as report_permissions
from lumbung.modules.reports import queries as reports
from lumbung.site import home, state

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
        "evidence": home.evidence(portal, now=clock.now()),
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
    ("log.keep_witnesses", _("Witnesses"), _("Who outside watches the public log."), "witnesses:manage"),
    ("calendar.edit", _("Calendar"), _("Public holidays and collective leave."), "calendar:this-year"),
    (
        "access.manage",
        _("State of the installation"),
        _("Storage, worker, jobs, log, mail: what to look at first when something is wrong."),
        "installation-state",
    ),
)


@signed_in()
def administration(request: HttpRequest) -> HttpResponse:
    """Everything this viewer may manage."""
    open_to_viewer = managed_by(viewer_of(request))
    if not open_to_viewer:
        raise NotPermitted("nothing-to-manage", _("Your role manages nothing here. Ask an administrator."))
    return render(request, "site/administration.html", {"entries": open_to_viewer})


@never_cache
@needs(access_permissions.MANAGE)
def installation_state(request: HttpRequest) -> HttpResponse:
    """How the installation stands, without a single record of anyone."""
    return render(request, "site/installation_state.html", state.installation(now=clock.now()))


def managed_by(viewer: Viewer) -> list[tuple[Promise, Promise, str]]:
    """Title, explanation and route of each thing the viewer manages."""
    return [(title, text, route) for verb, title, text, route in MANAGED if may(viewer, verb)]


@signed_in()
def account_home(request: HttpRequest) -> HttpResponse:
    """Where someone lands after signing in: their roles and their inboxes."""
    viewer, today = viewer_of(request), clock.local_day(clock.now())
    works = may(viewer, report_permissions.WORK)
    grants = access.grants_of_viewer(viewer, day=today)
    known = portals.all_portals()
    own = _own_portals(grants, known)
    context = {
        "roles": [(access.title_of(grant.role), grant) for grant in grants],
        "inbox_portal": own[0] if own else known[0] if known else None,
        "entry_portals": [each for each in known if _enters_at(viewer, each)],
        "portals": own + [each for each in known if each not in own],
        "desks": _desks(viewer, own, known),
        "works": works,
        "waiting": reports.inbox_of(viewer).count() if works else 0,
        "late": reports.late(reports.inbox_of(viewer), today).count() if works else 0,
        "managed": managed_by(viewer),
    }
    return render(request, "site/account_home.html", context)


def _desks(viewer: Viewer, own: list[Portal], known: list[Portal]) -> list[Portal]:
    """Portals at which this viewer works on an action plan: those of its own governments, else every one."""
    if not may(viewer, plan_permissions.DESK):
        return []
    return [each for each in own or known if "action_plan" in each.modules]


def _enters_at(viewer: Viewer, portal: Portal) -> bool:
    return may(viewer, report_permissions.ENTER_FOR_OTHERS, Scope(region_code=portal.region_id))


def _own_portals(grants: list[Grant], known: list[Portal]) -> list[Portal]:
    """The portals of the governments somebody works for: the smallest around each of their roles."""
    places = [grant.region_id or (grant.organisation.region_id if grant.organisation else "") for grant in grants]
    return list(dict.fromkeys(portal for place in places if (portal := portals.smallest_around(place, known))))
