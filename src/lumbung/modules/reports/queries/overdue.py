"""Reports near or past their due date, and reports that lie without an agency."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.modules.reports.events import ReportHandedOn
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.queries.clocks import open_reports
from lumbung.modules.reports.states import State

# Two working days before and five after, stretched by the longest row of days off a calendar has had (Idul Fitri 2026).
DAYS_BEFORE, DAYS_AFTER = timedelta(days=14), timedelta(days=21)
DAYS_UNASSIGNED = timedelta(days=28)
DETAIL = ("category", "village", "district", "agency", "handling_portal")


def due_around(today: date) -> list[Report]:
    """Open reports due about now whose clock runs."""
    return list(
        open_reports()
        .filter(due_on__range=(today - DAYS_AFTER, today + DAYS_BEFORE), paused_since__isnull=True)
        .select_related(*DETAIL)
    )


def unassigned(today: date) -> list[Report]:
    """Open reports without an agency, for whom it is the coordinator's turn; none that came very long ago."""
    waiting = open_reports().filter(agency__isnull=True, state__in=[State.SUBMITTED, State.VERIFIED])
    return [
        report
        for report in waiting.select_related(*DETAIL)
        if report.received_on >= today - DAYS_UNASSIGNED or report.state == State.VERIFIED or report.pauses.all()
    ]


def returned_on(reports: Sequence[Report]) -> Mapping[str, date]:
    """When an agency last returned each of these reports."""
    found = EventRecord.objects.filter(
        subject_type="report", subject_id__in=[str(report.pk) for report in reports], key=ReportHandedOn.key
    )
    return dict(found.order_by("id").values_list("subject_id", "on"))


def without_agency_since(report: Report, returned: Mapping[str, date]) -> date:
    """The day from which the coordinator had it: receipt, the reporter's last answer, or an agency's return."""
    answered = [clock.local_day(pause.until) for pause in report.pauses.all()]
    return max([report.received_on, *answered, returned.get(str(report.pk), report.received_on)])
