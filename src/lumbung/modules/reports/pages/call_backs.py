"""Asking to be called back, and the page on which whoever asked waits for the call."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import call_secrets
from lumbung.modules.reports.actions import call_backs as actions
from lumbung.modules.reports.forms.contacts import CallBackForm
from lumbung.modules.reports.models import CallBack
from lumbung.modules.reports.pages import limits
from lumbung.modules.reports.pages.one_time import show_new_code
from lumbung.modules.reports.pages.reporter import report_of_holder
from lumbung.modules.reports.queries import call_backs


@never_cache
@public("GET", "POST")
def ask(request: HttpRequest) -> HttpResponse:
    """Type the report number; every try counts, and the answer is the same whether there is such a report or not."""
    form = CallBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        limits.count_lost_link(request, now=clock.now())
    if form.is_valid():
        secret = actions.ask(number=form.cleaned_data["number"], now=clock.now())
        address = reverse("reports:call-back", kwargs={"portal_slug": portal_of(request).slug, "secret": secret})
        return HttpResponseRedirect(address)
    return render(request, "reports/call_back_ask.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@public("GET", "POST")
def wait(request: HttpRequest, secret: str) -> HttpResponse:
    """The code to read out, until the call; after it one press makes a new access code.

    Until an officer has heard the code this page is worked out from its address alone, and says nothing of any report.
    """
    asked_at = call_secrets.asked_at(secret)
    if asked_at is None:
        return render(request, "reports/call_back_unknown.html", status=404)
    if request.method == "POST":
        return _renew(request, secret)
    return _waiting(request, secret, asked_at)


def _waiting(request: HttpRequest, secret: str, asked_at: datetime) -> HttpResponse:
    found, now = call_backs.of_secret(secret), clock.now()
    lapses_at = actions.lapses_at(asked_at)
    context = {
        "code": call_secrets.spaced(call_secrets.code_of(secret)),
        "lapses_at": lapses_at,
        "has_lapsed": lapses_at <= now,
        "is_released": found is not None and call_backs.is_released(found, found.report),
        "was_used": found is not None and found.standing == CallBack.Standing.USED,
        "link": request.build_absolute_uri(request.path),
    }
    return render(request, "reports/call_back_wait.html", context)


def _renew(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        report, code = actions.renew_by_call(secret=secret, by=viewer_of(request), now=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(request.path)
    return show_new_code(request, report, code)


@public("POST")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Whoever holds the access code did not ask for another one."""
    report = report_of_holder(request, number)
    actions.cancel(report=report, by=viewer_of(request))
    messages.success(request, _("The request was cancelled. Your access code works as before."))
    kwargs = {"portal_slug": report.portal_id, "number": report.number}
    return HttpResponseRedirect(reverse("reports:detail", kwargs=kwargs))
