"""What those who handle a report may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When

from lumbung.core.access import registry
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import Recusal, Report, Response
from lumbung.modules.reports.queries.public import report_by_number
from lumbung.modules.reports.states import CLOSED, State

ALARM_AFTER_BOUNCES = 2


def inbox_of(viewer: Viewer) -> QuerySet[Report]:
    """Reports that wait for this viewer, the one due first on top; none they stepped back from."""
    mine = Q(pk__in=[])
    for held in viewer.roles_with(permissions.VERIFY):
        mine |= Q(
            handling_portal__region_id=held.region_code, state__in=[State.SUBMITTED, State.VERIFIED, State.NEEDS_MORE]
        )
    for held in viewer.roles_with(permissions.ANSWER):
        mine |= Q(agency_id=held.organisation_code, state__in=[State.ASSIGNED, State.IN_PROGRESS, State.PLANNED])
    for held in viewer.roles_with(permissions.APPROVE):
        waiting = Response.objects.filter(standing=Response.Standing.WAITING).values("report_id")
        mine |= Q(agency_id=held.organisation_code, pk__in=waiting)
    return _queue(mine, viewer)


def _queue(mine: Q, viewer: Viewer) -> QuerySet[Report]:
    """Due first; those that wait for somebody else (the reporter's answer, a coming budget) after all others."""
    elsewhere = Case(When(state__in=[State.NEEDS_MORE, State.PLANNED], then=1), default=0)
    return (
        Report.objects.filter(mine)
        .exclude(pk__in=_recused_by(viewer))
        .select_related("category", "village", "district", "agency", "portal", "handling_portal", "public_version")
        .annotate(elsewhere=elsewhere)
        .order_by("elsewhere", "due_on", "number")
    )


def _recused_by(viewer: Viewer) -> QuerySet[Any, Any]:
    mine = Recusal.objects.filter(account=viewer.account) if viewer.account else Recusal.objects.none()
    return mine.values("report_id")


def handled_by(viewer: Viewer) -> QuerySet[Report]:
    """Every report in this viewer's hands in whatever state: what the inbox searches when asked for more."""
    mine = Q(pk__in=[])
    for held in viewer.roles_with(permissions.VERIFY):
        mine |= Q(handling_portal__region_id=held.region_code)
    for verb in (permissions.ANSWER, permissions.APPROVE):
        for held in viewer.roles_with(verb):
            mine |= Q(agency_id=held.organisation_code)
    return _queue(mine, viewer)


def late(reports: QuerySet[Report], day: date) -> QuerySet[Report]:
    """Those of a queue that are past their due date while their clock runs."""
    return reports.filter(due_on__lt=day, paused_since__isnull=True, finished_at__isnull=True).exclude(state__in=CLOSED)


def next_waiting(viewer: Viewer, report: Report) -> Report | None:
    """The report that waits for this viewer after this one; after the last the first again."""
    others = inbox_of(viewer).exclude(pk=report.pk)
    elsewhere = int(report.state in {State.NEEDS_MORE, State.PLANNED})
    later = Q(due_on__gt=report.due_on) | Q(due_on=report.due_on, number__gt=report.number)
    return others.filter(Q(elsewhere__gt=elsewhere) | Q(elsewhere=elsewhere) & later).first() or others.first()


def narrowed(reports: QuerySet[Report], wanted: Mapping[str, Any], *, day: date) -> QuerySet[Report]:
    """Narrow a queue by state, topic, district, agency, being late, and a piece of the number here or elsewhere."""
    if wanted.get("late"):
        reports = late(reports, day)
    fields = {"state": "state", "category": "category_id", "district": "district_id", "agency": "agency_id"}
    chosen = Q()
    for name, field in fields.items():
        if wanted.get(name):
            chosen &= Q((field, wanted[name]))
    if typed := str(wanted.get("number") or "").strip().lstrip("#"):
        chosen &= Q(number__icontains=typed) | Q(sp4n_number__startswith=typed)
    return reports.filter(chosen)


def counts_by_state(reports: QuerySet[Report]) -> list[tuple[State, int]]:
    """How many of a queue stand in each state, in the order of the states; states without any are left out."""
    counted = dict(reports.order_by().values_list("state").annotate(Count("pk")))
    return [(state, counted[state.value]) for state in State if state.value in counted]


def agencies_in(reports: QuerySet[Report]) -> QuerySet[Organisation]:
    """The agencies that have a report of this queue."""
    return Organisation.objects.filter(pk__in=reports.order_by().values("agency_id")).order_by("name_id")


def report_for_officer(number: str, viewer: Viewer) -> Report | None:
    """A report this viewer handles, or None: others learn nothing, not even that it exists."""
    report = report_by_number(number)
    if report is None or not permissions.may_work_on(viewer, report):
        return None
    return report


def place_for(report: Report, viewer: Viewer) -> str:
    """The place as finely as this viewer may know it: village and district, or the district alone."""
    if permissions.may_see_village(viewer, report):
        return f"{report.village.name}, {report.district.name}"
    return str(report.district.name)


def waiting_response(report: Report) -> Response | None:
    """The answer that waits for the head."""
    return report.responses.filter(standing=Response.Standing.WAITING).select_related("report__handling_portal").first()


def all_responses(report: Report) -> list[Response]:
    """Every answer written, for those who handle the report."""
    return list(report.responses.select_related("agency"))


@dataclass(frozen=True, slots=True)
class StaffNote:
    """Why a report left somebody's hands, or why somebody stepped back from it."""

    at: datetime
    what: str
    who: str
    reason: str


def staff_notes(report: Report, viewer: Viewer) -> list[StaffNote]:
    """The reasons of hand-overs for those who handle the report; reasons of recusals for the coordinator only.

    Of a protected report only the unit that has it reads them.
    """
    coordinates = permissions.coordinates(viewer, report)
    if not permissions.may_work_on(viewer, report) or (
        report.is_protected and not permissions.is_of_agency(viewer, report)
    ):
        return []
    notes = [
        StaffNote(
            item.at,
            str(item.get_kind_display()),
            str(item.from_agency or item.to_portal or ""),
            sealing.unseal(item.reason, place=f"reports_handover.reason:{item.pk}"),
        )
        for item in report.handovers.select_related("from_agency", "to_portal")
    ]
    return sorted(notes + (_recusals(report) if coordinates else []), key=lambda note: note.at)


def _recusals(report: Report) -> list[StaffNote]:
    return [
        StaffNote(
            item.at,
            str(registry.role(item.role).title),
            str(item.organisation or ""),
            sealing.unseal(item.reason, place=f"reports_recusal.reason:{item.pk}"),
        )
        for item in report.recusals.select_related("organisation")
    ]


def recused_count(report: Report) -> int:
    """How many officers stepped back; the coordinator must see it even of a protected report."""
    return report.recusals.count()
