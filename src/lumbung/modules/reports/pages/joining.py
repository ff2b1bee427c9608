"""Pressing "this affects me too"."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import joining
from lumbung.modules.reports.pages import limits


@public("POST")
def also_affected(request: HttpRequest, number: str) -> HttpResponse:
    """Count this browser's session once, without an account."""
    report, now = queries.report_by_number(number), clock.now()
    if (
        report is None
        or report.portal_id != portal_of(request).slug
        or not queries.is_public(report, day=clock.local_day(now))
    ):
        raise Http404("report")
    limits.count_joining(request, now=now)
    if not request.session.session_key:
        request.session.create()
    is_new = joining.also_affected(report=report, session_key=str(request.session.session_key), now=now)
    said = _("Counted. Thank you for telling us.") if is_new else _("You were counted before.")
    messages.success(request, said)
    return HttpResponseRedirect(
        reverse("reports:detail", kwargs={"portal_slug": report.portal_id, "number": report.number})
    )
