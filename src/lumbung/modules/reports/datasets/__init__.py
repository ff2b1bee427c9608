"""What reports publish as open data: one row a report without words or points, and confidential ones as counts.

Whatever could name the writer in a small village is taken out here, and only here (decisions 8 and 31).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.declarations import Column, Dataset
from lumbung.core.portals import queries as portals
from lumbung.core.portals.models import Portal
from lumbung.kernels.shares import KEPT, MISSED, RUNNING
from lumbung.modules.reports import queries, states
from lumbung.modules.reports.datasets import confidential
from lumbung.modules.reports.datasets.activity import ACTIVITY, AGENCY, REGION
from lumbung.modules.reports.models import Report, ReportClass, Urgency
from lumbung.modules.reports.queries.marks import ENDED_WELL, deadline_mark, promise_mark
from lumbung.modules.reports.states import State

ACTIVE = frozenset(State) - states.COUNTED_BESIDE

FACTS: tuple[str, ...] = ("number", "report_class", "category_id", "urgency", "state", "district_id", "village_id")
FACTS += ("agency_id",)
FACTS += ("received_at", "due_on", "finished_at", "first_answered_at", "paused_since", "reopened_count", "is_anonymous")
FACTS += queries.HELD_FIELDS

MARKS: Mapping[str, str | Promise] = {
    KEPT: _("kept"),
    MISSED: _("missed"),
    RUNNING: _("still running"),
}

REPORTS_COLUMNS = (
    Column(
        "number", _("Report number"), description=_("Empty for anonymous reports: its place in the order tells the day")
    ),
    Column("class", _("Class"), codes=dict(ReportClass.choices)),
    Column("category", _("Category"), description=_("Key of the category; empty before verification")),
    Column("urgency", _("Urgency"), codes=dict(Urgency.choices)),
    Column("state", _("State"), codes=dict(State.choices)),
    Column(
        "district_code",
        _("District"),
        description=_("Code of the Ministry of Home Affairs, as text"),
        reference="wilayah",
    ),
    Column("village_code", _("Village or ward"), description=_("Empty for anonymous reports"), reference="wilayah"),
    Column("agency_code", _("Agency in charge")),
    Column("received_on", _("Received on"), "date", description=_("For anonymous reports the Monday of the week")),
    Column("received_as", _("Precision of the dates"), codes={"day": _("day"), "week": _("week")}),
    Column("due_on", _("Legal due date"), "date", description=_("Empty for anonymous reports and before verification")),
    Column("finished_on", _("Finished on"), "date", description=_("For anonymous reports the Monday of the week")),
    Column(
        "deadline",
        _("Legal deadline"),
        description=_("Worked out at publishing from the exact dates"),
        codes=MARKS,
        source="kernels.shares",
    ),
    Column(
        "promise",
        _("First answer within 1, 24 or 48 hours"),
        description=_("Worked out at publishing: the minute of a report is never public"),
        codes=MARKS,
        source="kernels.shares",
    ),
    Column("days", _("Days from receipt to finish, or to the snapshot while open"), "integer"),
    Column("reopened_count", _("How often it was reopened"), "integer"),
    Column("as_of", _("Day of the snapshot"), "date"),
)


def report_rows(as_of: datetime, place: str) -> list[dict[str, Any]]:
    """One row a report that is not confidential, by number; anonymous ones after them in no telling order.

    An anonymous report joins on the Monday after it was sent, and changes on Mondays only: from one night to the next
    nothing may tell the day on which anything happened to it.
    """
    today = clock.local_day(as_of)
    rows = [_row(facts, today, as_of) for facts in _known_by(today, place)]
    return sorted(rows, key=lambda row: (not row["number"], *(str(value) for value in row.values())))


def _known_by(today: date, place: str) -> Iterator[Mapping[str, Any]]:
    within = Q(portal__region_id=place) | Q(portal__region__code__startswith=f"{place}.")
    reports = Report.objects.filter(within, queries.known(day=today), is_confidential=False)
    for facts in reports.order_by("number").values(*FACTS).iterator(chunk_size=5000):
        yield queries.facts_as_told(facts, day=today)


def _row(facts: Mapping[str, Any], today: date, as_of: datetime) -> dict[str, Any]:
    anonymous, public = facts["is_anonymous"], facts["state"] in states.PUBLIC
    seen_at = queries.seen_at(as_of, is_anonymous=anonymous)
    received, finished = _told_days(facts)
    active = facts["state"] in ACTIVE
    return {
        "as_of": today,
        "number": "" if anonymous else facts["number"],
        **_described(facts, public=public),
        "state": facts["state"],
        "received_on": received,
        "received_as": "week" if anonymous else "day",
        "due_on": facts["due_on"] if public and not anonymous else None,
        "finished_on": finished,
        "deadline": deadline_mark(facts, clock.local_day(seen_at)) if active else "",
        "promise": promise_mark(facts, seen_at) if active else "",
        "days": ((finished or today) - received).days if active else None,
        "reopened_count": facts["reopened_count"] if public else None,
    }


def _described(facts: Mapping[str, Any], *, public: bool) -> dict[str, Any]:
    """What it is about and where: nothing before verification, no village when anonymous."""
    village = "" if facts["is_anonymous"] else facts["village_id"]
    return {
        "class": facts["report_class"] if public else "",
        "category": facts["category_id"] if public else "",
        "urgency": facts["urgency"] if public else "",
        "district_code": facts["district_id"] if public else "",
        "village_code": village if public else "",
        "agency_code": (facts["agency_id"] or "") if public else "",
    }


def _told_days(facts: Mapping[str, Any]) -> tuple[date, date | None]:
    """The days of receipt and finish as the public may know them."""
    moments = [facts["received_at"]]
    if facts["state"] in ENDED_WELL and facts["finished_at"]:
        moments.append(facts["finished_at"])
    days = [queries.told_day(clock.local_day(moment), is_anonymous=facts["is_anonymous"]) for moment in moments]
    return days[0], days[1] if len(days) > 1 else None


# Each portal publishes its own; the province's covers every portal below it.


def places() -> dict[str, str]:
    """Portals that take reports, or took some once: what was published stays comparable with its records."""
    return {each.region_id: each.government_id for each in portals.all_portals() if _has_reports(each)}


def _has_reports(portal: Portal) -> bool:
    return "reports" in portal.modules or Report.objects.filter(portal=portal).exists()


REPORTS_PUBLIC = Dataset(
    key="reports_public",
    title=_("Residents' reports"),
    summary=_(
        "Each report residents sent, with its topic, district, agency, dates and state; without names, words"
        " or exact places."
    ),
    note=_(
        "Confidential reports are not in this table; they are counted by month in a table of their own."
        " Before verification a report shows only its number, day and state. Anonymous reports show the week"
        " instead of the day, no village, no number and no due date, join on the Monday after and change on"
        " Mondays only. Archived,"
        " handed-over and withdrawn reports are kept as a number and a state, so that indicators can count"
        " them beside. Whether a deadline or promise was kept is worked out at publishing."
    ),
    columns=REPORTS_COLUMNS,
    rows=report_rows,
    places=places,
    disclosure="public_records",
    activity=ACTIVITY,
    variables={"district_code": REGION, "village_code": REGION, "agency_code": AGENCY},
)

DATASETS = (REPORTS_PUBLIC, confidential.dataset(places))
