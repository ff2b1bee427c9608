"""What anyone may see of reports."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lumbung.core.base import clock
from lumbung.core.events.queries import HistoryEntry, history_of
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.reports import states
from lumbung.modules.reports.models import Category, Report, Response

SMALLEST_COUNT = 5


def public_reports(portal: Portal, *, day: date | None = None) -> QuerySet[Report]:
    """What anyone may see in a portal: verified, not confidential, placed in its region's subtree.

    An anonymous report joins on the Monday after its verification, with the others of that week: the day on
    which it appears would say who was at the office the day before. `day` is today unless told.
    """
    return (
        Report.objects.filter(
            appeared(day),
            Q(village__code__startswith=f"{portal.region_id}."),
            is_confidential=False,
            state__in=sorted(states.PUBLIC),
        )
        .select_related("public_version", "category", "village", "district", "agency")
        .order_by("-received_on", "-number")
    )


def appeared(day: date | None = None) -> Q:
    """Reports whose day of appearing has come; an anonymous one without such a day never appears."""
    return Q(is_anonymous=False) | Q(public_from__lte=day or clock.local_day(clock.now()))


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


def is_public(report: Report, *, day: date | None = None) -> bool:
    """Whether anyone may read its page."""
    if report.state not in states.PUBLIC or report.is_confidential:
        return False
    since = report.public_from
    return not report.is_anonymous or (since is not None and since <= (day or clock.local_day(clock.now())))


def approved_responses(report: Report) -> list[Response]:
    """Answers the public may read, oldest first."""
    return list(report.responses.filter(standing=Response.Standing.APPROVED).select_related("agency"))


def history(report: Report) -> list[HistoryEntry]:
    """The report's story from the log, oldest first; by week throughout if it is hidden now."""
    entries = history_of("report", str(report.pk))
    if report.precision == "day":
        return entries
    return [replace(entry, on=entry.on - timedelta(days=entry.on.weekday()), precision="week") for entry in entries]


def confidential_counts(portal: Portal) -> list[tuple[Category, int]]:
    """How many confidential reports a portal received by topic: only topics with five or more (decision 31)."""
    counted = (
        Report.objects.filter(village__code__startswith=f"{portal.region_id}.", is_confidential=True)
        .values("category_id")
        .annotate(number=Count("pk"))
        .filter(number__gte=SMALLEST_COUNT)
    )
    topics = Category.objects.in_bulk()
    return [(topics[row["category_id"]], row["number"]) for row in counted.order_by("-number", "category_id")]


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
