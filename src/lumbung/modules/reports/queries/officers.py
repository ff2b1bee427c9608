"""What those who handle a report may see."""

from django.db.models import Q, QuerySet

from lumbung.core.access.viewers import Viewer
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import Report, Response
from lumbung.modules.reports.queries.public import report_by_number
from lumbung.modules.reports.states import State


def inbox_of(viewer: Viewer) -> QuerySet[Report]:
    """Reports that wait for this viewer, the one due first on top."""
    mine = Q(pk__in=[])
    for held in viewer.roles_with(permissions.VERIFY):
        mine |= Q(
            handling_portal__region_id=held.region_code, state__in=[State.SUBMITTED, State.VERIFIED, State.NEEDS_MORE]
        )
    for held in viewer.roles_with(permissions.ANSWER):
        mine |= Q(agency_id=held.organisation_code, state__in=[State.ASSIGNED, State.IN_PROGRESS, State.PLANNED])
    for held in viewer.roles_with(permissions.APPROVE):
        mine |= Q(agency_id=held.organisation_code, responses__standing=Response.Standing.WAITING)
    return (
        Report.objects.filter(mine)
        .distinct()
        .select_related("category", "village", "district", "agency", "portal")
        .order_by("due_on", "number")
    )


def report_for_officer(number: str, viewer: Viewer) -> Report | None:
    """A report this viewer handles, or None: others learn nothing, not even that it exists."""
    report = report_by_number(number)
    if report is None or not permissions.may_work_on(viewer, report):
        return None
    return report


def waiting_response(report: Report) -> Response | None:
    """The answer that waits for the head."""
    return report.responses.filter(standing=Response.Standing.WAITING).select_related("report__handling_portal").first()


def all_responses(report: Report) -> list[Response]:
    """Every answer written, for those who handle the report."""
    return list(report.responses.select_related("agency"))
