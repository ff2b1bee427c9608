"""Pages of coordinator, agency officer and head."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms, permissions, personal_data, queries, states
from lumbung.modules.reports.actions import agency, identity, triage
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.queries import photos

PAGE_SIZE = 50


@never_cache
@needs(permissions.WORK)
def inbox(request: HttpRequest) -> HttpResponse:
    """One queue, due first."""
    page = Paginator(queries.inbox_of(viewer_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    today = clock.local_day(clock.now())
    rows = queries.days_left_of(list(page), today)
    return render(request, "reports/inbox.html", {"page": page, "rows": rows})


def _report_for(request: HttpRequest, number: str) -> Report:
    report = queries.report_for_officer(number, viewer_of(request))
    if report is None:
        raise Http404("report")
    return report


def _to_work(request: HttpRequest, report: Report) -> HttpResponse:
    kwargs = {"portal_slug": portal_of(request).slug, "number": report.number}
    if queries.report_for_officer(report.number, viewer_of(request)) is None:
        return HttpResponseRedirect(reverse("reports:inbox", kwargs={"portal_slug": portal_of(request).slug}))
    return HttpResponseRedirect(reverse("reports:work", kwargs=kwargs))


@never_cache
@needs(permissions.WORK)
def work(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one report that this officer handles, and the steps open now."""
    report = _report_for(request, number)
    return render(request, "reports/work.html", _work_context(request, report))


def _work_context(request: HttpRequest, report: Report, **bound: Any) -> dict[str, Any]:
    viewer = viewer_of(request)
    words = queries.words_of(report, viewer)
    scope = permissions.scope_of(report)
    text = words.text if words else ""
    drafted = {"title": text.strip().split("\n")[0][:80], "text": personal_data.mask(text), "urgency": report.urgency}
    context = {
        "report": report,
        "words": words,
        "findings": personal_data.find(text),
        "conversation": queries.conversation(report, viewer),
        "responses": queries.all_responses(report),
        "photos": photos.work_photos(viewer, report),
        "waiting": queries.waiting_response(report),
        "history": queries.history(report),
        "days_left": queries.days_left_of([report], clock.local_day(clock.now()))[0][1],
        "is_open": report.state not in states.CLOSED,
        "coordinates": may(viewer, permissions.VERIFY, scope),
        "answers": may(viewer, permissions.ANSWER, scope),
        "approves": may(viewer, permissions.APPROVE, scope),
        "opens_identity": may(viewer, permissions.OPEN_IDENTITY, scope),
        "verify_form": forms.VerifyForm(initial=drafted),
        "assign_form": forms.AssignForm(portal=report.handling_portal, day=clock.local_day(clock.now())),
        "plan_form": forms.PlanForm(),
        "response_form": forms.ResponseForm(),
        "identity": None,
    }
    return {**context, **bound}


Step = Callable[[Report, dict[str, Any]], object]


def _take(request: HttpRequest, number: str, form: Any, name: str, step: Step, said: str) -> HttpResponse:
    """Run one step; a wrong field or a refused rule shows the page again with everything typed."""
    report = _report_for(request, number)
    if form is None or form.is_valid():
        try:
            step(report, form.cleaned_data if form else {})
        except NotPermitted:
            raise
        except Refused as refused:
            if form is None or refused.field not in form.fields:
                messages.error(request, refused.sentence)
                return _to_work(request, report)
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, said)
            return _to_work(request, report)
    return render(request, "reports/work.html", _work_context(request, report, **{name: form}), status=422)


@needs(permissions.VERIFY, "POST")
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm the public version."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        forms.VerifyForm(request.POST),
        "verify_form",
        lambda report, data: triage.verify_report(report=report, by=viewer, now=clock.now(), **data),
        _("The report is verified. Now assign it to an agency."),
    )


@needs(permissions.VERIFY, "POST")
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the reporter for more; the clock stops."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        forms.SentenceForm(request.POST),
        "ask_form",
        lambda report, data: triage.ask_for_more(report=report, by=viewer, question=data["text"], now=clock.now()),
        _("The question was sent. The clock stands still until the answer."),
    )


@needs(permissions.VERIFY, "POST")
def archive(request: HttpRequest, number: str) -> HttpResponse:
    """Close with a reason."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        forms.SentenceForm(request.POST),
        "archive_form",
        lambda report, data: triage.archive_report(
            report=report, by=viewer, reason=data["text"][:500], now=clock.now()
        ),
        _("The report is archived. The reporter reads the reason."),
    )


@needs(permissions.VERIFY, "POST")
def hand_out(request: HttpRequest, number: str) -> HttpResponse:
    """Not ours: hand it to the body that has the authority."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        forms.SentenceForm(request.POST),
        "hand_out_form",
        lambda report, data: triage.hand_out_report(
            report=report, by=viewer, handed_to=data["text"][:200], now=clock.now()
        ),
        _("The report is handed over."),
    )


@needs(permissions.ASSIGN, "POST")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give it to an agency."""
    viewer, report = viewer_of(request), _report_for(request, number)
    form = forms.AssignForm(request.POST, portal=report.handling_portal, day=clock.local_day(clock.now()))
    return _take(
        request,
        number,
        form,
        "assign_form",
        lambda report, data: triage.assign_report(report=report, by=viewer, agency=data["agency"], now=clock.now()),
        _("The report is assigned."),
    )


@needs(permissions.ANSWER, "POST")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """The agency takes it on."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        None,
        "",
        lambda report, _data: agency.accept_report(report=report, by=viewer, now=clock.now()),
        _("The report is in your hands."),
    )


@needs(permissions.ANSWER, "POST")
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Not this agency's duty."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        None,
        "",
        lambda report, _data: agency.return_to_coordinator(report=report, by=viewer, now=clock.now()),
        _("The report went back to the coordinator; its clock goes on."),
    )


@needs(permissions.ANSWER, "POST")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Wait for a budget year, honestly."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        forms.PlanForm(request.POST),
        "plan_form",
        lambda report, data: agency.plan_report(report=report, by=viewer, now=clock.now(), **data),
        _("The plan is public now."),
    )


@needs(permissions.ANSWER, "POST")
def respond(request: HttpRequest, number: str) -> HttpResponse:
    """Write an answer for the head to approve."""
    viewer = viewer_of(request)
    return _take(
        request,
        number,
        forms.ResponseForm(request.POST),
        "response_form",
        lambda report, data: agency.write_response(report=report, by=viewer, now=clock.now(), **data),
        _("The response waits for the head's approval."),
    )


def _decide(request: HttpRequest, number: str, step: Callable[[Any], object], said: str) -> HttpResponse:
    def on_waiting(report: Report, _data: dict[str, Any]) -> object:
        waiting = queries.waiting_response(report)
        if waiting is None:
            raise Refused("nothing-to-decide", _("No response is waiting for a decision."))
        return step(waiting)

    return _take(request, number, None, "", on_waiting, said)


@needs(permissions.APPROVE, "POST")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """The head approves; the answer is public."""
    viewer = viewer_of(request)
    return _decide(
        request,
        number,
        lambda waiting: agency.approve_response(response=waiting, by=viewer, now=clock.now()),
        _("The response is approved and public."),
    )


@needs(permissions.APPROVE, "POST")
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """The head sends it back with a note."""
    viewer, note = viewer_of(request), request.POST.get("note", "")[:500]
    return _decide(
        request,
        number,
        lambda waiting: agency.return_response(response=waiting, by=viewer, note=note, now=clock.now()),
        _("The response went back to the officer."),
    )


@never_cache
@needs(permissions.OPEN_IDENTITY, "POST")
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show who reported, once, for a reason."""
    report = _report_for(request, number)
    try:
        shown = identity.open_identity(
            report=report, by=viewer_of(request), reason=request.POST.get("reason", ""), now=clock.now()
        )
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _to_work(request, report)
    return render(request, "reports/work.html", _work_context(request, report, identity=shown))


@never_cache
@needs(permissions.WORK)
def assignment_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The printed lembar disposisi."""
    report = _report_for(request, number)
    context = {"report": report, "printed_at": clock.now(), "words": queries.words_of(report, viewer_of(request))}
    return render(request, "reports/assignment_sheet.html", context)
