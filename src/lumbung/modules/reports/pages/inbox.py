"""The officers' queue: what waits, the one due first on top."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms, permissions, queries
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.queries import call_backs

PAGE_SIZE = 50


@never_cache
@needs(permissions.WORK)
def inbox(request: HttpRequest) -> HttpResponse:
    """One queue with filters; a number finds a report in hand whatever its state."""
    viewer = viewer_of(request)
    waiting, handled = queries.inbox_of(viewer), queries.handled_by(viewer)
    agencies = list(queries.agencies_in(handled))
    form = forms.InboxForm(request.GET, portal=portal_of(request), agencies=agencies)
    wanted = form.cleaned_data if form.is_valid() else {}
    asks_wider = wanted.get("everything") or wanted.get("number") or wanted.get("agency")
    today = clock.local_day(clock.now())
    chosen = queries.narrowed(handled if asks_wider else waiting, wanted, day=today)
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": _rows(list(page), request),
        "form": form,
        "call_backs": call_backs.waiting_for(viewer, now=clock.now()),
        "counts": queries.counts_by_state(waiting),
        "late": queries.late(waiting, today).count(),
        "chosen": wanted,
        "is_filtered": any(wanted.values()),
        "base": query.urlencode(),
        "shows_agencies": len(agencies) > 1,
    }
    return render(request, "reports/inbox.html", context)


def _rows(reports: list[Report], request: HttpRequest) -> list[dict[str, Any]]:
    viewer, today = viewer_of(request), clock.local_day(clock.now())
    return [
        {
            "report": report,
            "days": days,
            "place": queries.place_for(report, viewer),
            "title": getattr(getattr(report, "public_version", None), "title", ""),
            "share": queries.share_used(report, today),
            "bounced_often": report.bounced_count >= queries.ALARM_AFTER_BOUNCES,
        }
        for report, days in queries.days_left_of(reports, today)
    ]
