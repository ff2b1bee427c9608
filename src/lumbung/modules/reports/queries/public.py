"""What anyone may see of reports."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.core.events.queries import HistoryEntry, history_of
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.core.search import queries as search
from lumbung.modules.reports import states
from lumbung.modules.reports.models import Category, Report, Response

# SQLite takes 32,766 values in one statement.
MOST_FOUND = 20_000


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
    """Narrow a list by words, category, agency, district, state and period; empty values narrow nothing."""
    fields = {"category": "category_id", "agency": "agency_id", "district": "district_id", "state": "state"}
    fields |= {"since": "received_on__gte", "until": "received_on__lte"}
    chosen = Q()
    for name, field in fields.items():
        if wanted.get(name):
            chosen &= Q((field, wanted[name]))
    if wanted.get("q"):
        chosen &= Q(pk__in=ids_found(wanted["q"]))
    return reports.filter(chosen)


def ids_found(typed: str) -> list[uuid.UUID]:
    """Ids of public reports that match what somebody typed; a report hidden meanwhile is filtered by the caller."""
    rows = search.matching_public("report", search.question(typed))
    return [uuid.UUID(found) for found in rows.values_list("object_id", flat=True)[:MOST_FOUND]]


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
