"""What anyone may see of reports."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lumbung.core.base import clock
from lumbung.core.events.queries import HistoryEntry, history_of
from lumbung.core.organisations import queries as organisations
from lumbung.core.portals.models import Portal
from lumbung.core.search import queries as search
from lumbung.modules.reports import states
from lumbung.modules.reports.models import AlsoAffected, Category, Report, Response

FEWEST_SHOWN = 5

# SQLite takes 32,766 values in one statement.
MOST_FOUND = 20_000


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
        .order_by("-told_on", "-number")
    )


def appeared(day: date | None = None) -> Q:
    """Reports whose day of appearing has come; an anonymous one without such a day never appears."""
    return Q(is_anonymous=False) | Q(public_from__lte=day or clock.local_day(clock.now()))


def filtered(reports: QuerySet[Report], wanted: Mapping[str, Any]) -> QuerySet[Report]:
    """Narrow a list by words, category, agency, place, state and period, and order it; empty values change nothing."""
    chosen = Q()
    for name, field in {"category": "category_id", "agency": "agency_id", "state": "state"}.items():
        if wanted.get(name):
            chosen &= Q((field, wanted[name]))
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


def told_day(received_on: date, *, is_anonymous: bool) -> date:
    """The day by which the public may know when a report came: of an anonymous one the Monday of its week."""
    return received_on - timedelta(days=received_on.weekday()) if is_anonymous else received_on


def joined(day: date) -> Q:
    """Reports that may be counted on a day: anonymous ones once their week is over, or a count would tell the day."""
    monday = day - timedelta(days=day.weekday())
    return Q(is_anonymous=False) | Q(told_on__lt=monday)


def _ordered(reports: QuerySet[Report], sort: str | None) -> QuerySet[Report]:
    if sort == "oldest":
        return reports.order_by("told_on", "number")
    if sort == "shared":
        return reports.annotate(times_shared=Count("also_affected")).order_by("-times_shared", "-told_on", "-number")
    return reports


def confidential_count(portal: Portal) -> int:
    """How many confidential reports a portal has verified; 0 while fewer than five, so that none stands out."""
    count = Report.objects.filter(
        village__code__startswith=f"{portal.region_id}.", is_confidential=True, state__in=sorted(states.PUBLIC)
    ).count()
    return count if count >= FEWEST_SHOWN else 0


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


def categories() -> list[Category]:
    """Every category, in the order of the form."""
    return list(Category.objects.all())
