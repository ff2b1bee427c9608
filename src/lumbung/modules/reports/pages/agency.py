"""Steps of the agency, and the decision of its head."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import agency, responses, routing
from lumbung.modules.reports.models import Report, Response
from lumbung.modules.reports.pages.work import take


@needs(permissions.ANSWER, "POST")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """The agency takes it on."""
    return take(
        request,
        number,
        "accept",
        lambda report, _data: agency.accept_report(report=report, by=viewer_of(request), now=clock.now()),
        _("The report is in your hands."),
    )


@needs(permissions.ANSWER, "POST")
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Not this agency's duty."""
    return take(
        request,
        number,
        "give-back",
        lambda report, data: agency.return_to_coordinator(
            report=report, by=viewer_of(request), reason=data["text"], now=clock.now()
        ),
        _("The report went back to the coordinator; its clock goes on."),
    )


@needs(permissions.ANSWER, "POST")
def write(request: HttpRequest, number: str) -> HttpResponse:
    """The unit that examines it writes to the reporter."""
    return take(
        request,
        number,
        "write",
        lambda report, data: routing.write_to_reporter(
            report=report, by=viewer_of(request), text=data["text"], now=clock.now()
        ),
        _("The reporter reads it with the access code."),
    )


@needs(permissions.ANSWER, "POST")
def hand_on(request: HttpRequest, number: str) -> HttpResponse:
    """Another agency's duty."""
    return take(
        request,
        number,
        "hand-on",
        lambda report, data: agency.hand_on_report(
            report=report, by=viewer_of(request), agency=data["agency"], reason=data["text"], now=clock.now()
        ),
        _("The other agency has the report now; its clock goes on."),
    )


@needs(permissions.ANSWER, "POST")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Wait for a budget year, honestly."""
    return take(
        request,
        number,
        "plan",
        lambda report, data: agency.plan_report(report=report, by=viewer_of(request), now=clock.now(), **data),
        _("The plan is public now."),
    )


@needs(permissions.ANSWER, "POST")
def resume(request: HttpRequest, number: str) -> HttpResponse:
    """The planned work begins."""
    return take(
        request,
        number,
        "resume",
        lambda report, _data: agency.resume_report(report=report, by=viewer_of(request), now=clock.now()),
        _("The planned work has begun."),
    )


@needs(permissions.ANSWER, "POST")
def respond(request: HttpRequest, number: str) -> HttpResponse:
    """Write an answer for the head to approve."""
    return take(
        request,
        number,
        "respond",
        lambda report, data: responses.write_response(report=report, by=viewer_of(request), now=clock.now(), **data),
        _("The response waits for the head's approval."),
    )


def _on_waiting(decide: Callable[[Response, dict[str, Any]], object]) -> Callable[[Report, dict[str, Any]], object]:
    def run(report: Report, data: dict[str, Any]) -> object:
        waiting = queries.waiting_response(report)
        if waiting is None:
            raise Refused("nothing-to-decide", _("No response is waiting for a decision."))
        return decide(waiting, data)

    return run


@needs(permissions.APPROVE, "POST")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """The head approves; the answer is public."""
    return take(
        request,
        number,
        "approve",
        _on_waiting(
            lambda waiting, _data: responses.approve_response(response=waiting, by=viewer_of(request), now=clock.now())
        ),
        _("The response is approved and public."),
    )


@needs(permissions.APPROVE, "POST")
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """The head sends it back with a note."""
    return take(
        request,
        number,
        "send-back",
        _on_waiting(
            lambda waiting, data: responses.return_response(
                response=waiting, by=viewer_of(request), note=data["note"], now=clock.now()
            )
        ),
        _("The response went back to the officer."),
    )
