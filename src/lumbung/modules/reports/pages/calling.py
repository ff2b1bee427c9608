"""The officer's side of a call back: open the number, call, and say what came of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.modules.reports import permissions
from lumbung.modules.reports.actions import calling
from lumbung.modules.reports.forms.contacts import SpokenCodeForm
from lumbung.modules.reports.models import CallBack, Report
from lumbung.modules.reports.pages.work import report_for, to_work, work_context


@never_cache
@needs(permissions.OPEN_IDENTITY, "POST")
def open_number(request: HttpRequest, number: str) -> HttpResponse:
    """Show the telephone number, once, and what to say."""
    report = report_for(request, number)
    try:
        telephone = calling.open_number(report=report, by=viewer_of(request), now=clock.now())
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return to_work(request, report)
    return render(request, "reports/work.html", work_context(request, report, telephone=telephone))


@never_cache
@needs(permissions.OPEN_IDENTITY, "POST")
def outcome(request: HttpRequest, number: str) -> HttpResponse:
    """A code was read out; or nobody answered; or whoever answered did not ask."""
    report, viewer, now = report_for(request, number), viewer_of(request), clock.now()
    answer = request.POST.get("outcome", "")
    if answer == "unanswered":
        return _say(
            request,
            report,
            lambda: calling.note_no_answer(report=report, by=viewer, now=now),
            _("Noted: nobody answered. The request stays; call again at another hour."),
        )
    if answer == "stranger":
        return _say(
            request,
            report,
            lambda: calling.refuse_stranger(report=report, by=viewer, now=now),
            _("The request is closed. The access code of the reporter works as before."),
        )
    form = SpokenCodeForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/work.html", work_context(request, report, code_form=form), status=422)
    return _say(request, report, lambda: _checked(request, report, form.cleaned_data["code"]))


def _checked(request: HttpRequest, report: Report, code: str) -> None:
    right = calling.check_code(report=report, by=viewer_of(request), typed=code, now=clock.now())
    if right is None:
        messages.error(
            request,
            _("This is not the code. Have it read out once more; after three wrong codes the request is closed."),
        )
    elif right.standing == CallBack.Standing.CALLED:
        messages.success(request, _("The code is right. Of this report a second officer decides; they have been told."))
    else:
        messages.success(
            request, _("The code is right. The reporter can make a new access code now, on the page they asked on.")
        )


@needs(permissions.APPROVE, "POST")
def release(request: HttpRequest, number: str) -> HttpResponse:
    """The head of the unit lets the reporter through after the call of an officer."""
    report = report_for(request, number)
    return _say(
        request,
        report,
        lambda: calling.release(report=report, by=viewer_of(request), now=clock.now()),
        _("The reporter can make a new access code now, on the page they asked on."),
    )


def _say(request: HttpRequest, report: Report, step: Callable[[], object], said: str = "") -> HttpResponse:
    try:
        step()
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        if said:
            messages.success(request, said)
    return to_work(request, report)
