"""Pages anyone may open."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms, permissions, queries, states
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages import limits

PAGE_SIZE = 25
CSV_COLUMNS = [
    "number",
    "category",
    "urgency",
    "state",
    "district",
    "village",
    "agency",
    "received_on",
    "due_on",
    "title",
]
CSV_LIMIT = 50_000
RISKY = ("=", "+", "-", "@", "\t", "\r")


@public()
def report_list(request: HttpRequest) -> HttpResponse:
    """The public list, newest first."""
    if request.GET.get("q"):
        limits.count_search(request, now=clock.now())
    form, reports = _filtered(request)
    csv_address = reverse("reports:csv", kwargs={"portal_slug": portal_of(request).slug})
    context = {
        "form": form,
        "page": Paginator(reports, PAGE_SIZE).get_page(request.GET.get("page")),
        "base": _query_without_page(request),
        "is_filtered": any(form.cleaned_data.values()) if form.is_valid() else False,
        "csv_url": f"{csv_address}?{_query_without_page(request)}",
    }
    return render(request, "reports/report_list.html", context)


def _filtered(request: HttpRequest) -> tuple[forms.FilterForm, Any]:
    form = forms.FilterForm(request.GET, portal=portal_of(request))
    reports = queries.public_reports(portal_of(request))
    return form, queries.filtered(reports, form.cleaned_data if form.is_valid() else {})


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@public()
def report_csv(request: HttpRequest) -> HttpResponse:
    """The public list as CSV; dates ISO, no free text but the title an officer confirmed."""
    limits.count_download(request, now=clock.now())
    _form, reports = _filtered(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="laporan-{portal_of(request).slug}.csv"'
    writer = csv.writer(response, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_COLUMNS)
    for report in reports[:CSV_LIMIT]:
        writer.writerow([_safe_cell(cell) for cell in _csv_row(report)])
    return response


def _csv_row(report: Report) -> list[str]:
    day = clock.local_day(report.received_at)
    received = (
        day.isoformat() if report.precision == "day" else f"{day.isocalendar().year}-W{day.isocalendar().week:02d}"
    )
    agency = report.agency.name_id if report.agency else ""
    place = [report.district.name, "" if report.is_anonymous else report.village.name]
    due = "" if report.is_anonymous else report.due_on.isoformat()
    facts = [report.number, report.category_id, report.urgency, report.state, *place, agency, received, due]
    return [*facts, report.public_version.title]


def _safe_cell(cell: str) -> str:
    # A spreadsheet must not take a title for a formula.
    return f"'{cell}" if cell.startswith(RISKY) else cell


@public()
def report_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One report: status first, then the clock, then its story. Hidden ones show a status word only."""
    report = queries.report_by_number(number)
    if report is None or report.portal_id != portal_of(request).slug:
        raise Http404("report")
    viewer = viewer_of(request)
    holds_code = permissions.holds_code(viewer, report)
    if not queries.is_public(report) and not holds_code:
        return render(request, "reports/report_status.html", {"report": report})
    today = clock.local_day(clock.now())
    context = {
        "report": report,
        "holds_code": holds_code,
        "words": queries.words_of(report, viewer) if holds_code else None,
        "conversation": queries.conversation(report, viewer) if holds_code else [],
        "responses": queries.approved_responses(report),
        "history": queries.history(report),
        "days_left": queries.days_left_of([report], today)[0][1],
        "is_open": report.state not in states.CLOSED,
        "works_on_it": permissions.may_work_on(viewer, report),
        "is_public": queries.is_public(report),
        "rating_form": forms.RatingForm(),
        "sentence_form": forms.SentenceForm(),
    }
    return render(request, "reports/report_detail.html", context)


@public()
def why_this_date(request: HttpRequest, number: str) -> HttpResponse:
    """Each day that was not counted, and the rule behind the date."""
    report = queries.report_by_number(number)
    viewer = viewer_of(request)
    if report is None or not (queries.is_public(report) or permissions.holds_code(viewer, report)):
        raise Http404("report")
    if report.is_anonymous and not permissions.holds_code(viewer, report):
        raise Http404("report")  # the list of skipped days would give the day away
    deadline = queries.deadline(report.rule_key, received_at=report.received_at, pauses=queries.pauses_of(report))
    context = {"report": report, "deadline": deadline}
    return render(request, "reports/why_this_date.html", context)


@public()
def track(request: HttpRequest) -> HttpResponse:
    """Find a report by its number."""
    form = forms.TrackForm(request.GET or None)
    if form.is_valid():
        report = queries.report_by_number(form.cleaned_data["number"])
        if report is not None:
            address = reverse("reports:detail", kwargs={"portal_slug": report.portal_id, "number": report.number})
            return HttpResponseRedirect(address)
        form.add_error("number", forms.TrackForm.not_found)
    return render(request, "reports/track.html", {"form": form, "code_form": forms.CodeForm()})
