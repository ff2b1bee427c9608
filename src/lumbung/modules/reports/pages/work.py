"""The page of one report for whoever handles it: what came, what comes next, and the running of a step."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.kernels import personal_data
from lumbung.modules.reports import forms, permissions, queries, states
from lumbung.modules.reports.actions import originals
from lumbung.modules.reports.forms.contacts import SpokenCodeForm
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages import steps
from lumbung.modules.reports.queries import call_backs, photos

Run = Callable[[Report, dict[str, Any]], object]


@never_cache
@needs(permissions.WORK)
def work(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one report that this officer may know, and the steps open now."""
    return render(request, "reports/work.html", work_context(request, report_for(request, number)))


@never_cache
@needs(permissions.WORK)
def assignment_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The printed lembar disposisi: the version for the public, never the original."""
    report, viewer = report_for(request, number), viewer_of(request)
    context = {
        "report": report,
        "printed_at": clock.now(),
        "place": queries.place_for(report, viewer),
        "hides_channel": not permissions.may_see_channel(viewer, report),
        "version": getattr(report, "public_version", None),
    }
    return render(request, "reports/assignment_sheet.html", context)


def report_for(request: HttpRequest, number: str) -> Report:
    """The report if this officer handles it; otherwise there is no such page."""
    report = queries.report_for_officer(number, viewer_of(request))
    if report is None:
        raise Http404("report")
    return report


def to_work(request: HttpRequest, report: Report) -> HttpResponse:
    """Back to the report, or to the inbox when it has left the officer's hands."""
    slug = portal_of(request).slug
    if queries.report_for_officer(report.number, viewer_of(request)) is None:
        return HttpResponseRedirect(reverse("reports:inbox", kwargs={"portal_slug": slug}))
    return HttpResponseRedirect(reverse("reports:work", kwargs={"portal_slug": slug, "number": report.number}))


def work_context(
    request: HttpRequest, report: Report, bound: dict[str, django_forms.Form] | None = None, **more: Any
) -> dict[str, Any]:
    """What the work page shows; `bound` holds a form to be corrected, under the address it was sent to."""
    viewer, now = viewer_of(request), clock.now()
    today = clock.local_day(now)
    opened = originals.open_original(report=report, by=viewer, now=now)
    waiting = queries.waiting_response(report)
    desk = steps.Desk(report, viewer, opened.words, waiting, today)
    main, rest = steps.offered(desk, bound or {})
    decides = any(item.offer.address == "approve" for item in main)
    return {
        "report": report,
        "place": queries.place_for(report, viewer),
        "version": getattr(report, "public_version", None),
        "reading": opened.reading.value,
        "landmark": personal_data.pieces(opened.words.landmark) if opened.words else [],
        # The original stands inside the form that makes the version for the public.
        "shows_original_above": any(item.offer.address == "verify" for item in main),
        "pieces": personal_data.pieces(opened.words.text) if opened.words else [],
        "conversation": opened.conversation,
        "hides_channel": not permissions.may_see_channel(viewer, report),
        "responses": [each for each in queries.all_responses(report) if not (decides and each == waiting)],
        "photos": photos.work_photos(viewer, report, day=today),
        "waiting": waiting,
        "history": queries.history(report),
        "notes": queries.staff_notes(report, viewer),
        "recused": queries.recused_count(report) if permissions.coordinates(viewer, report) else 0,
        "bounced_often": report.bounced_count >= queries.ALARM_AFTER_BOUNCES,
        "next": queries.next_waiting(viewer, report),
        "days_left": queries.days_left_of([report], today)[0][1],
        "share": queries.share_used(report, today),
        "is_open": report.state not in states.CLOSED,
        "main": main,
        "rest": rest,
        "opens_identity": permissions.may_open_identity(viewer, report),
        "reveal_form": forms.RevealForm(),
        "identity": None,
        "call_back": call_backs.desk_for(report, viewer, now=now),
        "code_form": SpokenCodeForm(),
        "telephone": None,
        **more,
    }


def take(request: HttpRequest, number: str, address: str, run: Run, said: str) -> HttpResponse:
    """Run one step; a wrong field or a refused rule shows the page again with everything typed."""
    report = report_for(request, number)
    offer = steps.offer_at(address)
    form = None
    if offer.form is not None:
        desk = steps.Desk(report, viewer_of(request), None, None, clock.local_day(clock.now()))
        form = offer.form(desk, request.POST)
    if form is None or form.is_valid():
        try:
            run(report, form.cleaned_data if form else {})
        except NotPermitted:
            raise
        except Refused as refused:
            if form is None or refused.field not in form.fields:
                messages.error(request, refused.sentence)
                return to_work(request, report)
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, said)
            return to_work(request, report)
    context = work_context(request, report, {address: form} if form else None)
    return render(request, "reports/work.html", context, status=422)
