"""Steps of the coordinator."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports import permissions
from lumbung.modules.reports.actions import routing, triage
from lumbung.modules.reports.pages.work import take


@needs(permissions.VERIFY, "POST")
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm the public version."""
    return take(
        request,
        number,
        "verify",
        lambda report, data: triage.verify_report(report=report, by=viewer_of(request), now=clock.now(), **data),
        _("The report is verified. Now assign it to an agency."),
    )


@needs(permissions.VERIFY, "POST")
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm a mended public version."""
    return take(
        request,
        number,
        "correct",
        lambda report, data: triage.correct_public_version(
            report=report, by=viewer_of(request), now=clock.now(), **data
        ),
        _("The corrected version is public now."),
    )


@needs(permissions.VERIFY, "POST")
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the reporter for more; the clock stops."""
    return take(
        request,
        number,
        "ask",
        lambda report, data: triage.ask_for_more(
            report=report, by=viewer_of(request), question=data["text"], now=clock.now()
        ),
        _("The question was sent. The clock stands still until the answer."),
    )


@needs(permissions.VERIFY, "POST")
def archive(request: HttpRequest, number: str) -> HttpResponse:
    """Close with a reason."""
    return take(
        request,
        number,
        "archive",
        lambda report, data: triage.archive_report(
            report=report, by=viewer_of(request), reason=data["text"], now=clock.now()
        ),
        _("The report is archived. The reporter reads the reason."),
    )


@needs(permissions.VERIFY, "POST")
def note_sp4n(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the number at SP4N-LAPOR!."""
    return take(
        request,
        number,
        "sp4n",
        lambda report, data: triage.note_sp4n_number(
            report=report, by=viewer_of(request), number=data["number"], now=clock.now()
        ),
        _("The number is kept."),
    )


@needs(permissions.VERIFY, "POST")
def hand_out(request: HttpRequest, number: str) -> HttpResponse:
    """Not ours: hand it to the body that has the authority."""
    return take(
        request,
        number,
        "hand-out",
        lambda report, data: routing.hand_out_report(report=report, by=viewer_of(request), now=clock.now(), **data),
        _("The report is handed over."),
    )


@needs(permissions.VERIFY, "POST")
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Another government of this house has the authority."""
    return take(
        request,
        number,
        "pass",
        lambda report, data: routing.pass_to_portal(
            report=report, by=viewer_of(request), portal=data["portal"], reason=data["text"], now=clock.now()
        ),
        _("The other government has the report now; number and clock stay."),
    )


@needs(permissions.ASSIGN, "POST")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give it to an agency."""
    return take(
        request,
        number,
        "assign",
        lambda report, data: routing.assign_report(
            report=report, by=viewer_of(request), agency=data["agency"], now=clock.now()
        ),
        _("The report is assigned."),
    )


@needs(permissions.ASSIGN, "POST")
def route(request: HttpRequest, number: str) -> HttpResponse:
    """Send a confidential report unread to the unit that examines it."""
    return take(
        request,
        number,
        "route",
        lambda report, data: routing.route_report(
            report=report,
            by=viewer_of(request),
            agency=_unit(data["agency"]),
            reported_office=data["reported_office"],
            now=clock.now(),
        ),
        _("The report is with the unit that examines it."),
    )


def _unit(code: str) -> Organisation:
    unit = organisations.by_code(code)
    if unit is None:
        raise LookupError(f"organisation {code!r} stood in the list of receiving units and is gone")
    return unit


@needs(permissions.ASSIGN, "POST")
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Take it back from the agency."""
    return take(
        request,
        number,
        "take-back",
        lambda report, data: routing.take_back_report(
            report=report, by=viewer_of(request), reason=data["text"], now=clock.now()
        ),
        _("The report is yours again. Assign it to another agency."),
    )
