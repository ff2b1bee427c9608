"""Pages anyone may open."""

import csv
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import query_strings
from lumbung.modules.reports import forms, permissions, queries, states
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages import counting, limits
from lumbung.modules.reports.queries import call_backs, photos

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
    today = clock.local_day(clock.now())
    form, reports = filtered(request)
    page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [queries.as_told(report, day=today) for report in page.object_list]
    chips = query_strings.chips_of(request, form.narrowing())
    context = {
        "form": form,
        "page": page,
        "entries": queries.days_left_of(shown, today),
        "also_affected": queries.also_affected_counts(shown),
        "base": query_strings.query_without(request, "page"),
        "chips": chips,
        "confidential": 0 if chips else queries.confidential_count(portal_of(request)),
    }
    return render(request, "reports/report_list.html", context)


def filtered(request: HttpRequest) -> tuple[forms.FilterForm, QuerySet[Report]]:
    """The filters of the address, and the public reports they leave."""
    portal, today = portal_of(request), clock.local_day(clock.now())
    form = forms.FilterForm(request.GET, portal=portal, day=today)
    return form, queries.filtered(queries.public_reports(portal, day=today), form.wanted, day=today)


@public()
def report_csv(request: HttpRequest) -> HttpResponse:
    """The public list as CSV; dates ISO, no free text but the title an officer confirmed."""
    limits.count_download(request, now=clock.now())
    _form, reports = filtered(request)
    today = clock.local_day(clock.now())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="laporan-{portal_of(request).slug}.csv"'
    writer = csv.writer(response, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_COLUMNS)
    # Objects, not values: what may be told of an anonymous report is decided in one place, on the model.
    for report in reports[:CSV_LIMIT].iterator(chunk_size=2000):
        writer.writerow([_safe_cell(cell) for cell in _csv_row(queries.as_told(report, day=today))])
    return response


def _csv_row(report: Report) -> list[str]:
    day, village = report.told_on, report.public_village
    received = (
        day.isoformat() if report.precision == "day" else f"{day.isocalendar().year}-W{day.isocalendar().week:02d}"
    )
    agency = report.agency.name_id if report.agency else ""
    place = [report.district.name, village.name if village else ""]
    due = "" if report.is_anonymous else report.due_on.isoformat()
    facts = [report.number, report.category_id, report.urgency, report.state, *place, agency, received, due]
    return [*facts, report.public_version.title]


def _safe_cell(cell: str) -> str:
    # A spreadsheet must not take a title for a formula.
    return f"'{cell}" if cell.startswith(RISKY) else cell


@public()
def report_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One report: status first, then the clock, then its story. Hidden ones show a status word only.

    Its reporter sees it as it is, everyone else as the public knows it (ADR 16).
    """
    report, viewer, today = queries.report_by_number(number), viewer_of(request), clock.local_day(clock.now())
    if report is None or report.portal_id != portal_of(request).slug:
        return _without_page(request, None)
    holds_code, is_public = permissions.holds_code(viewer, report), queries.is_public(report, day=today)
    if not holds_code:
        report = queries.as_told(report, day=today)
        if not is_public:
            return _without_page(request, report)
    context = {
        "report": report,
        "holds_code": holds_code,
        "words": queries.words_of(report, viewer) if holds_code else None,
        "conversation": queries.conversation(report, viewer) if holds_code else [],
        "responses": queries.approved_responses(report) if holds_code else queries.told_responses(report, day=today),
        "photos": photos.photos_seen_by(viewer, report, day=today),
        "evidence": photos.evidence_by_response(viewer, report, day=today),
        "history": queries.history(report) if holds_code else queries.told_history(report, day=today),
        "days_left": queries.days_left_of([report], today)[0][1],
        "used": _share_used(report, today),
        "is_open": report.state not in states.CLOSED,
        "works_on_it": permissions.may_work_on(viewer, report),
        "is_public": is_public,
        "also_affected": queries.also_affected_counts([report]).get(report.pk, 0),
        "link": request.build_absolute_uri(request.path),
        "call_back_asked": holds_code and call_backs.is_asked_for(report, now=clock.now()),
        "openings": queries.openings_of(report, viewer),
        "shown_name": queries.shown_name(report, day=today),
        "can_press": report.first_assigned_at is not None and report.pressed_at is None,
        "rating_form": forms.RatingForm(),
        "sentence_form": forms.SentenceForm(),
    }
    return render(request, "reports/report_detail.html", context)


def _without_page(request: HttpRequest, report: Report | None) -> HttpResponse:
    """A status word; or for a number nobody may know of yet the same answer as for one that does not exist."""
    limits.count_lookup(request, now=clock.now())
    if report is None or report.state == queries.UNKNOWN:
        return render(request, "reports/report_unknown.html", status=404)
    return render(request, "reports/report_status.html", {"report": report})


def _share_used(report: Report, today: date) -> float:
    whole = (report.due_on - report.received_on).days or 1
    return min((today - report.received_on).days / whole, 1.0)


@public()
def why_this_date(request: HttpRequest, number: str) -> HttpResponse:
    """Each day that was not counted, and the rule behind the date."""
    report, viewer = queries.report_by_number(number), viewer_of(request)
    if report is None or report.portal_id != portal_of(request).slug:
        raise Http404("report")
    is_public = queries.is_public(report, day=clock.local_day(clock.now()))
    # Of an anonymous report the list of skipped days would give the day away.
    if not permissions.holds_code(viewer, report) and (report.is_anonymous or not is_public):
        raise Http404("report")
    deadline = queries.deadline(report.rule_key, received_at=report.received_at, pauses=queries.pauses_of(report))
    context = {"report": report, "deadline": deadline, "weeks": counting.sheet(deadline)}
    return render(request, "reports/why_this_date.html", context)


@public()
def track(request: HttpRequest) -> HttpResponse:
    """Find a report by its number."""
    form = forms.TrackForm(request.GET or None)
    if form.is_valid():
        limits.count_lookup(request, now=clock.now())
        report = queries.report_by_number(form.cleaned_data["number"])
        if report is not None and _leads_somewhere(request, report):
            address = reverse("reports:detail", kwargs={"portal_slug": report.portal_id, "number": report.number})
            return HttpResponseRedirect(address)
        form.add_error("number", forms.TrackForm.not_found)
    return render(request, "reports/track.html", {"form": form, "code_form": forms.CodeForm()})


def _leads_somewhere(request: HttpRequest, report: Report) -> bool:
    today = clock.local_day(clock.now())
    return queries.is_known(report, day=today) or permissions.holds_code(viewer_of(request), report)
