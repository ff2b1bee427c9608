"""Links in mail that open a report once, and the two taps of the rating."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms
from lumbung.modules.reports.actions import lost_link, mail_links
from lumbung.modules.reports.forms.contacts import OpinionForm
from lumbung.modules.reports.models import OneTimeLink, Report
from lumbung.modules.reports.pages.submission import CODE_KEY, open_in_session
from lumbung.modules.reports.queries import contacts
from lumbung.modules.reports.states import State


@never_cache
@public("GET", "POST")
def use(request: HttpRequest, token: str) -> HttpResponse:
    """Looking uses nothing up, since mail scanners open links; the button does."""
    link = contacts.link_by_token(token)
    works = link is not None and link.used_at is None and link.expires_at > clock.now()
    if link is None or not works or link.report.portal_id != portal_of(request).slug:
        return render(request, "reports/one_time_used.html", status=404)
    return _take(request, token, link) if request.method == "POST" else _ask(request, link)


def _ask(request: HttpRequest, link: OneTimeLink, status: int = 200) -> HttpResponse:
    asks = link.purpose == OneTimeLink.Purpose.RATE and link.report.state == State.FINISHED
    context = {
        "report": link.report,
        "answer": (request.POST.get("jawab") or request.GET.get("jawab", "")) if asks else "",
        "asks": asks,
        "makes_code": link.purpose == OneTimeLink.Purpose.NEW_CODE,
        "opinion_form": OpinionForm(request.POST or None),
        "scores": forms.RatingForm().fields["score"].choices,  # type: ignore[attr-defined]
    }
    return render(request, "reports/one_time.html", context, status=status)


def _take(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    if link.purpose == OneTimeLink.Purpose.NEW_CODE:
        return _renew(request, token)
    rating, opinion = forms.RatingForm(request.POST), OpinionForm(request.POST)
    answer = request.POST.get("jawab", "")
    if (answer == "sudah" and not rating.is_valid()) or (answer == "belum" and not opinion.is_valid()):
        return _ask(request, link, status=422)
    try:
        report, said = _answered(token, answer, rating, opinion)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _ask(request, link, status=refused.status)
    if said:
        messages.success(request, said)
    return _opened(request, report)


def _renew(request: HttpRequest, token: str) -> HttpResponse:
    report, code = lost_link.renew_by_link(token=token, now=clock.now())
    return show_new_code(request, report, code)


def show_new_code(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    """The receipt with the new access code, in this browser only."""
    messages.success(request, _("This is your new access code. The old one no longer works."))
    request.session.cycle_key()
    request.session[CODE_KEY] = {**request.session.get(CODE_KEY, {}), report.number: code}
    open_in_session(request, report)
    kwargs = {"portal_slug": report.portal_id, "number": report.number}
    return HttpResponseRedirect(reverse("reports:receipt", kwargs=kwargs))


def _answered(token: str, answer: str, rating: forms.RatingForm, opinion: OpinionForm) -> tuple[Report, str]:
    now = clock.now()
    if answer == "sudah":
        report = mail_links.rate_by_link(token=token, score=rating.cleaned_data["score"], now=now)
        return report, _("Thank you. Your rating was recorded without your name.")
    if answer == "belum":
        report = mail_links.reopen_by_link(token=token, text=opinion.words(), now=now)
        return report, _("The report is open again and went back to the agency.")
    return mail_links.open_by_link(token=token, now=now), ""


def _opened(request: HttpRequest, report: Report) -> HttpResponse:
    request.session.cycle_key()
    open_in_session(request, report)
    kwargs = {"portal_slug": report.portal_id, "number": report.number}
    return HttpResponseRedirect(reverse("reports:detail", kwargs=kwargs))
