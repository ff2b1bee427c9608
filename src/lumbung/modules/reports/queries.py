"""Every read of reports. Public first: wider views say who is looking."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock, ids, sealing
from lumbung.core.calendar import queries as calendar
from lumbung.core.events.queries import HistoryEntry, history_of
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.kernels import deadlines
from lumbung.modules.reports import permissions, states
from lumbung.modules.reports.models import Category, Report, ReportDraft, Response
from lumbung.modules.reports.states import State

YEARS_AHEAD = 2
OPEN = [state.value for state in State if state not in states.CLOSED]


@dataclass(frozen=True, slots=True)
class Words:
    """The sealed original, opened."""

    text: str
    landmark: str


# ---- public ----


def public_reports(portal: Portal) -> QuerySet[Report]:
    """What anyone may see in a portal: verified, not confidential, placed in its region's subtree."""
    return (
        Report.objects.filter(
            Q(village__code__startswith=f"{portal.region_id}."),
            is_confidential=False,
            state__in=sorted(states.PUBLIC),
        )
        .select_related("public_version", "category", "village", "district", "agency")
        .order_by("-received_on", "-number")
    )


def filtered(reports: QuerySet[Report], wanted: Mapping[str, Any]) -> QuerySet[Report]:
    """Narrow a list by category, agency, district, state and period; empty values narrow nothing."""
    fields = {"category": "category_id", "agency": "agency_id", "district": "district_id", "state": "state"}
    fields |= {"since": "received_on__gte", "until": "received_on__lte"}
    chosen = Q()
    for name, field in fields.items():
        if wanted.get(name):
            chosen &= Q((field, wanted[name]))
    return reports.filter(chosen)


def report_by_number(number: str) -> Report | None:
    """The report of that number, with what its page shows."""
    return (
        Report.objects.filter(number=number.strip().upper())
        .select_related("public_version", "category", "village", "district", "agency", "portal", "handling_portal")
        .first()
    )


def is_public(report: Report) -> bool:
    """Whether anyone may read its page."""
    return report.state in states.PUBLIC and not report.is_confidential


def approved_responses(report: Report) -> list[Response]:
    """Answers the public may read, oldest first."""
    return list(report.responses.filter(standing=Response.Standing.APPROVED).select_related("agency"))


def history(report: Report) -> list[HistoryEntry]:
    """The report's story from the log, oldest first."""
    return history_of("report", str(report.pk))


def categories() -> list[Category]:
    """Every category, in the order of the form."""
    return list(Category.objects.all())


def districts_of(portal: Portal) -> QuerySet[Region]:
    """The districts of a portal's region, by regency and name."""
    return (
        Region.objects.filter(level="district", code__startswith=f"{portal.region_id}.")
        .select_related("parent")
        .order_by("parent_id", "name")
    )


def villages_of(district_code: str) -> QuerySet[Region]:
    """The villages of a district, by name."""
    return Region.objects.filter(level="village", parent_id=district_code).order_by("name")


# ---- the holder of the access code ----


def code_index(code: str) -> str:
    """What is stored of an access code."""
    return sealing.blind_index(ids.tidy_access_code(code), purpose="report-access-code")


def report_by_code(code: str) -> Report | None:
    """The report an access code opens."""
    return Report.objects.filter(reporter__code_index=code_index(code)).select_related("portal").first()


def words_of(report: Report, viewer: Viewer) -> Words | None:
    """The sealed original, for its reporter and for whoever handles it; None for anyone else."""
    if not permissions.may_see_words(viewer, report):
        return None
    original = report.original
    return Words(
        text=sealing.unseal(original.text, place=f"reports_sealedoriginal.text:{report.pk}"),
        landmark=sealing.unseal(original.landmark, place=f"reports_sealedoriginal.landmark:{report.pk}"),
    )


def conversation(report: Report, viewer: Viewer) -> list[tuple[str, datetime, str]]:
    """What reporter and coordinator wrote each other: (side, when, text), oldest first."""
    if not permissions.may_see_words(viewer, report):
        return []
    return [
        (item.side, item.written_at, sealing.unseal(item.text, place=f"reports_addition.text:{item.pk}"))
        for item in report.additions.all()
    ]


def draft_by_id(text: str, portal: Portal, *, now: datetime) -> ReportDraft | None:
    """The unexpired draft of that id in this portal."""
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return ReportDraft.objects.filter(pk=key, portal=portal, expires_at__gt=now).first()


def report_of_draft(text: str) -> Report | None:
    """The report a draft became, if it was sent already."""
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return Report.objects.filter(draft_id=key).first()


def typed_in(draft: ReportDraft) -> dict[str, Any]:
    """What has been typed into a draft."""
    return dict(json.loads(sealing.unseal(draft.typed, place=f"reports_reportdraft.typed:{draft.pk}")))


# ---- officers ----


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


# ---- clocks ----


def calendar_for(since: date, until: date) -> deadlines.Calendar:
    """The stored calendar from the year of `since` to two years after `until`: no legal limit runs longer."""
    return calendar.calendar_between(since, date(until.year + YEARS_AHEAD, 12, 31))


def deadline(
    rule_key: str,
    *,
    received_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    counted_on: deadlines.Calendar | None = None,
) -> deadlines.Deadline:
    """The legal deadline of a report, with each day that was skipped. `counted_on` spares a query when there are many."""
    received_on = clock.local_day(received_at)
    stored = calendar.rule_in_force("reports", rule_key, on=received_on)
    if stored is None:
        raise LookupError(
            f"no deadline rule {rule_key!r} for reports is in force on {received_on} (calendar.DeadlineRule)"
        )
    return deadlines.due(
        calendar.as_kernel_rule(stored),
        received_at,
        counted_on or calendar_for(received_on, received_on),
        tuple(deadlines.Pause(since, until) for since, until in pauses),
        zone=clock.WITA,
    )


def due_on(
    rule_key: str,
    *,
    received_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    counted_on: deadlines.Calendar | None = None,
) -> date:
    """The day a report is legally due."""
    return deadline(rule_key, received_at=received_at, pauses=pauses, counted_on=counted_on).due_on


def pauses_of(report: Report) -> list[tuple[datetime, datetime]]:
    """When the report's clock stood still, oldest first."""
    return [(pause.since, pause.until) for pause in report.pauses.all()]


def days_left_of(reports: Sequence[Report], today: date) -> list[tuple[Report, int]]:
    """Each report with its working days until the due date, negative once it has passed; one calendar for all."""
    if not reports:
        return []
    counted_on = calendar_for(min(today, *(report.due_on for report in reports)), today)
    return [(report, deadlines.working_days_between(today, report.due_on, counted_on)) for report in reports]


def open_reports() -> QuerySet[Report]:
    """Every report whose clock matters still."""
    return Report.objects.filter(state__in=OPEN).prefetch_related("pauses").order_by("received_at")
