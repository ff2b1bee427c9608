"""What the holder of an access code does."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms, queries
from lumbung.modules.reports.actions import reporter, submission
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages import limits
from lumbung.modules.reports.pages.submission import open_in_session


@never_cache
@public("GET", "POST")
def open_report(request: HttpRequest, code: str = "") -> HttpResponse:
    """Exchange an access code for this session, so that the code leaves the address at once."""
    form = forms.CodeForm({"code": code or request.POST.get("code", "")})
    if form.is_valid():
        limits.count_guess(request, now=clock.now())
        try:
            report = submission.open_with_code(code=form.cleaned_data["code"], portal=portal_of(request))
        except Refused as refused:
            form.add_error("code", refused.sentence)
        else:
            limits.was_no_guess(request, now=clock.now())
            request.session.cycle_key()
            open_in_session(request, report)
            return _to_detail(report)
    return render(request, "reports/track.html", {"form": forms.TrackForm(), "code_form": form}, status=422)


def _to_detail(report: Report) -> HttpResponse:
    address = reverse("reports:detail", kwargs={"portal_slug": report.portal_id, "number": report.number})
    return HttpResponseRedirect(address)


def _report_of(number: str) -> Report:
    report = queries.report_by_number(number)
    if report is None:
        raise Http404("report")
    return report


def _first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


@public("POST")
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add words, or answer the coordinator's question."""
    report, form = _report_of(number), forms.SentenceForm(request.POST)
    if form.is_valid():
        reporter.add_to_report(report=report, by=viewer_of(request), text=form.cleaned_data["text"], now=clock.now())
        messages.success(request, _("Your addition was received."))
    else:
        messages.error(request, _first_error(form))
    return _to_detail(report)


@public("POST")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """It is done, with a score."""
    report, form = _report_of(number), forms.RatingForm(request.POST)
    if form.is_valid():
        reporter.confirm_finished(
            report=report, by=viewer_of(request), score=form.cleaned_data["score"], now=clock.now()
        )
        messages.success(request, _("Thank you. Your rating was recorded without your name."))
    else:
        messages.error(request, _first_error(form))
    return _to_detail(report)


@public("POST")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """It is not done."""
    report, form = _report_of(number), forms.SentenceForm(request.POST)
    if form.is_valid():
        reporter.reopen_report(report=report, by=viewer_of(request), text=form.cleaned_data["text"], now=clock.now())
        messages.success(request, _("The report is open again and went back to the agency."))
    else:
        messages.error(request, _first_error(form))
    return _to_detail(report)


@public("POST")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the report back."""
    report = _report_of(number)
    reporter.withdraw_report(report=report, by=viewer_of(request), now=clock.now())
    messages.success(request, _("Your report was withdrawn."))
    return _to_detail(report)
