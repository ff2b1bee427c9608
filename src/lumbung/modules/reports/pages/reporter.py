"""What the holder of an access code does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms, permissions, queries
from lumbung.modules.reports.actions import conflicts, reporter, submission
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages import limits
from lumbung.modules.reports.pages.submission import open_in_session


@never_cache
@public("GET", "POST")
def open_report(request: HttpRequest, code: str = "") -> HttpResponse:
    """Exchange an access code for this session, so that the code leaves the address at once."""
    if request.method == "GET" and not code:  # reloaded, or typed by hand: nothing was asked yet
        return HttpResponseRedirect(reverse("reports:track", kwargs={"portal_slug": portal_of(request).slug}))
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


def report_of_holder(request: HttpRequest, number: str) -> Report:
    """The report of this portal that this browser opened with its code.

    Everyone else gets one refusal, whether the number exists or not: trying numbers must not find out.
    """
    report = queries.report_by_number(number)
    if report is None or report.portal_id != portal_of(request).slug:
        raise permissions.code_needed()
    permissions.require_code(viewer_of(request), report)
    return report


def _mend(request: HttpRequest, report: Report, form: Any, heading: str) -> HttpResponse:
    """The refused form alone, with everything typed and what to mend."""
    context = {"report": report, "form": form, "heading": heading}
    return render(request, "reports/reporter_step.html", context, status=422)


def _say(request: HttpRequest, report: Report, step: Callable[[], object], said: str) -> HttpResponse:
    """Run a step; a refused rule is said on the report's page."""
    try:
        step()
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return _to_detail(report)


@public("POST")
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add words, or answer the coordinator's question."""
    report, form = report_of_holder(request, number), forms.SentenceForm(request.POST)
    if not form.is_valid():
        return _mend(request, report, form, _("Add something"))
    return _say(
        request,
        report,
        lambda: reporter.add_to_report(
            report=report, by=viewer_of(request), text=form.cleaned_data["text"], now=clock.now()
        ),
        _("Your addition was received."),
    )


@public("POST")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """It is done, with a score."""
    report, form = report_of_holder(request, number), forms.RatingForm(request.POST)
    if not form.is_valid():
        return _mend(request, report, form, _("Is the problem solved?"))
    return _say(
        request,
        report,
        lambda: reporter.confirm_finished(
            report=report, by=viewer_of(request), score=form.cleaned_data["score"], now=clock.now()
        ),
        _("Thank you. Your rating was recorded without your name."),
    )


@public("POST")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """It is not done."""
    report, form = report_of_holder(request, number), forms.SentenceForm(request.POST)
    if not form.is_valid():
        return _mend(request, report, form, _("Not done: what is still wrong?"))
    return _say(
        request,
        report,
        lambda: reporter.reopen_report(
            report=report, by=viewer_of(request), text=form.cleaned_data["text"], now=clock.now()
        ),
        _("The report is open again and went back to the agency."),
    )


@public("POST")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the report back."""
    report = report_of_holder(request, number)
    return _say(
        request,
        report,
        lambda: reporter.withdraw_report(report=report, by=viewer_of(request), now=clock.now()),
        _("Your report was withdrawn. Its public page goes on Monday, so that nobody learns on which day you did it.")
        if report.is_anonymous
        else _("Your report was withdrawn."),
    )


@never_cache
@public("GET", "POST")
def press(request: HttpRequest, number: str) -> HttpResponse:
    """ "Saya mendapat tekanan": a page of its own, with what will happen, and the step itself."""
    report, viewer = report_of_holder(request, number), viewer_of(request)
    form = forms.SentenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _say(
            request,
            report,
            lambda: conflicts.report_pressure(
                report=report, by=viewer, text=form.cleaned_data["text"], now=clock.now()
            ),
            _("The Inspectorate has your report now. The agency no longer sees what you write."),
        )
    return render(request, "reports/press.html", {"report": report, "form": form}, status=422 if form.errors else 200)
