"""What anyone may see of reports."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from lumbung.core.base import clock
from lumbung.core.events.queries import HistoryEntry, Trace, history_of
from lumbung.core.events.queries import trace_of as log_trace_of
from lumbung.core.organisations import queries as organisations
from lumbung.core.portals.models import Portal
from lumbung.core.search import queries as search
from lumbung.modules.reports import states
from lumbung.modules.reports.events import ReportSubmitted
from lumbung.modules.reports.models import AlsoAffected, Category, Report, Response
from lumbung.modules.reports.queries.told import may_tell, told

FEWEST_SHOWN = 5

# SQLite takes 32,766 values in one statement.
MOST_FOUND = 20_000


def public_reports(portal: Portal, *, day: date) -> QuerySet[Report]:
    """What anyone may see in a portal: verified, not confidential, placed in its region's subtree.

    An anonymous report joins on the Monday after its verification, with the others of that week: the day on
    which it appears would say who was at the office the day before. Show each one `as_told`.
    """
    return (
        Report.objects.filter(
            told(day=day, state__in=sorted(states.PUBLIC)),
            Q(village__code__startswith=f"{portal.region_id}."),
            is_confidential=False,
        )
        .select_related("public_version", "category", "village", "district", "agency", "held_agency")
        .order_by("-told_on", "-number")
    )


def filtered(reports: QuerySet[Report], wanted: Mapping[str, Any], *, day: date) -> QuerySet[Report]:
    """Narrow a list by words, category, agency, place, state and period, and order it; empty values change nothing.

    State and agency are those the public knows on that day: a filter must not find what the page holds back.
    """
    chosen = Q()
    if wanted.get("category"):
        chosen &= Q(category_id=wanted["category"])
    for name, field in {"agency": "agency_id", "state": "state"}.items():
        if wanted.get(name):
            chosen &= told(day=day, **{field: wanted[name]})
    if wanted.get("place"):
        chosen &= Q(village__code__startswith=f"{wanted['place']}.")
    if wanted.get("q"):
        chosen &= Q(pk__in=ids_found(wanted["q"]))
    return _ordered(reports.filter(chosen & within(wanted.get("since"), wanted.get("until"))), wanted.get("sort"))


def within(since: date | None, until: date | None) -> Q:
    """The period as the public may know it: an anonymous report counts as come on the Monday of its week.

    With its true day, trying one day after the other would find out what the page hides (decision 31).
    """
    chosen = Q()
    if since:
        chosen &= Q(told_on__gte=since)
    if until:
        chosen &= Q(told_on__lte=until)
    return chosen


def _ordered(reports: QuerySet[Report], sort: str | None) -> QuerySet[Report]:
    if sort == "oldest":
        return reports.order_by("told_on", "number")
    if sort == "shared":
        return reports.annotate(times_shared=Count("also_affected")).order_by("-times_shared", "-told_on", "-number")
    return reports


def count_by_district(reports: QuerySet[Report]) -> dict[str, int]:
    """How many reports of a list lie in each district; districts without any are left out."""
    return dict(reports.order_by().values_list("district_id").annotate(Count("pk")))


def agencies_of(portal: Portal, *, day: date) -> list[tuple[str, str]]:
    """The agencies a portal's reports may be with: code and name."""
    return [(each.code, each.name) for each in organisations.agencies_below(portal.region_id, day=day)]


def also_affected_counts(reports: Iterable[Report]) -> dict[uuid.UUID, int]:
    """How often "this affects me too" was pressed on each report; reports without a press are left out."""
    rows = AlsoAffected.objects.filter(report__in=[report.pk for report in reports])
    return dict(rows.values_list("report_id").annotate(Count("pk")))


def ids_found(typed: str) -> list[uuid.UUID]:
    """Ids of public reports that match what somebody typed; a report hidden meanwhile is filtered by the caller."""
    rows = search.matching_public("report", search.question(typed))
    return [uuid.UUID(found) for found in rows.values_list("object_id", flat=True)[:MOST_FOUND]]


def report_by_number(number: str) -> Report | None:
    """The report of that number, with what its page shows."""
    return (
        Report.objects.filter(number=number.strip().upper())
        .select_related("public_version", "category", "village", "district", "portal", "handling_portal")
        .select_related("agency", "held_agency")
        .first()
    )


def approved_responses(report: Report) -> list[Response]:
    """Answers the head approved, oldest first."""
    return list(report.responses.filter(standing=Response.Standing.APPROVED).select_related("agency"))


def told_responses(report: Report, *, day: date) -> list[Response]:
    """Those of them the public may know of on a day."""
    return [each for each in approved_responses(report) if may_tell(report, each.decided_at, day=day)]


def history(report: Report) -> list[HistoryEntry]:
    """The report's whole story from the log, oldest first; by week throughout if it is hidden now."""
    entries = history_of("report", str(report.pk))
    if report.precision == "day":
        return entries
    return [replace(entry, on=clock.monday_of(entry.on), precision="week") for entry in entries]


def trace_of(report: Report) -> Trace | None:
    """What the receipt names of the public log: the arrival of this report."""
    return log_trace_of("report", str(report.pk), ReportSubmitted.key)


def told_history(report: Report, *, day: date) -> list[HistoryEntry]:
    """The part of it the public may know on a day: of a hidden report the weeks that are over."""
    entries = history(report)
    return [entry for entry in entries if entry.precision == "day" or clock.monday_after(entry.on) <= day]


def categories() -> list[Category]:
    """Every category, in the order of the form."""
    return list(Category.objects.all())
