"""Following a public report by mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import following
from lumbung.modules.reports.forms.contacts import FollowForm
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages import limits
from lumbung.modules.reports.queries import contacts


def _public_report(request: HttpRequest, number: str) -> Report:
    report, today = queries.report_by_number(number), clock.local_day(clock.now())
    if report is None or report.portal_id != portal_of(request).slug or not queries.is_public(report, day=today):
        raise Http404("report")
    return report


@never_cache
@public("GET", "POST")
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Type an address; its owner confirms by mail. The answer is the same for an address that follows already."""
    report = _public_report(request, number)
    form = FollowForm(request.POST or None)
    if form.is_valid():
        limits.count_following(request, now=clock.now())
        following.ask_to_follow(
            report=report, email=form.cleaned_data["email"], language=formatting.language_now(), now=clock.now()
        )
        form = None  # type: ignore[assignment]
    status = 422 if form is not None and form.errors else 200
    return render(request, "reports/follow.html", {"report": report, "form": form}, status=status)


@never_cache
@public("GET", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: a page asks once more, since mail scanners open links; a post confirms."""
    follower = contacts.follower_by_token(token)
    if follower is None or not queries.is_public(follower.report, day=clock.local_day(clock.now())):
        return render(request, "reports/follow_confirm.html", {"report": None}, status=404)
    if request.method == "POST":
        following.confirm(token=token, now=clock.now())
        messages.success(request, _("You follow this report now. Each message has a link to stop."))
        kwargs = {"portal_slug": follower.report.portal_id, "number": follower.report.number}
        return HttpResponseRedirect(reverse("reports:detail", kwargs=kwargs))
    return render(request, "reports/follow_confirm.html", {"report": follower.report})
