"""Opening who reported, and stepping back from a report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.modules.reports import forms, permissions
from lumbung.modules.reports.actions import conflicts, identity
from lumbung.modules.reports.pages.work import report_for, take, to_work, work_context


@never_cache
@needs(permissions.OPEN_IDENTITY, "POST")
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show who reported, once, for a reason."""
    report = report_for(request, number)
    form = forms.RevealForm(request.POST)
    if form.is_valid():
        try:
            shown = identity.open_identity(
                report=report, by=viewer_of(request), reason=form.cleaned_data["reason"], now=clock.now()
            )
        except NotPermitted:
            raise
        except Refused as refused:
            if refused.field not in form.fields:
                messages.error(request, refused.sentence)
                return to_work(request, report)
            form.add_error(refused.field, refused.sentence)
        else:
            return render(request, "reports/work.html", work_context(request, report, identity=shown))
    return render(request, "reports/work.html", work_context(request, report, reveal_form=form), status=422)


@needs(permissions.WORK, "POST")
def recuse(request: HttpRequest, number: str) -> HttpResponse:
    """An officer steps back; the page leads to the inbox, since the report is closed to them now."""
    return take(
        request,
        number,
        "recuse",
        lambda report, data: conflicts.recuse(
            report=report, by=viewer_of(request), reason=data["text"], now=clock.now()
        ),
        _("You stepped back from this report. The coordinator sees it."),
    )
