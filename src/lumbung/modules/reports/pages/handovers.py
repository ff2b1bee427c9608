"""The receipt of a report entered for someone else: shown once, handed over, then closed to whoever entered it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs
from lumbung.core.base import ids
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions.submission import Sent

DRAFT_COOKIE = "draft"
TO_HAND_OVER_KEY = "codes_to_hand_over"


def keep_for_handing_over(request: HttpRequest, sent: Sent) -> HttpResponse:
    """Keep a code until it is shown once; the report itself is not opened in this session."""
    if sent.code:
        request.session[TO_HAND_OVER_KEY] = {
            **request.session.get(TO_HAND_OVER_KEY, {}),
            sent.report.number: sent.code,
        }
    kwargs = {"portal_slug": portal_of(request).slug, "number": sent.report.number}
    return HttpResponseRedirect(reverse("reports:hand-over-code", kwargs=kwargs))


@never_cache
@needs(permissions.ENTER_FOR_OTHERS, "GET", "POST")
def hand_over_code(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks to get paper ready; POST shows the receipt, once and never again."""
    waiting = request.session.get(TO_HAND_OVER_KEY, {})
    report = queries.report_by_number(number) if number in waiting else None
    if request.method == "GET" or report is None:
        return render(request, "reports/hand_over_code.html", {"number": number, "is_waiting": report is not None})
    code = waiting[number]
    request.session[TO_HAND_OVER_KEY] = {key: kept for key, kept in waiting.items() if key != number}
    address = reverse("reports:open", kwargs={"portal_slug": portal_of(request).slug, "code": code})
    context = {
        "report": report,
        "code": ids.spaced_access_code(code),
        "link": request.build_absolute_uri(address),
        "is_handed_over": True,
        "trace": queries.trace_of(report),
    }
    page = render(request, "reports/receipt.html", context)
    page.delete_cookie(DRAFT_COOKIE)  # which could bring the code back
    return page
