"""Making reports findable: the public index gets what the public page shows, the staff index no words at all."""

from datetime import date, datetime, timedelta

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.search import actions as search
from lumbung.core.search.actions import Findable, StaffFindable
from lumbung.modules.reports import queries
from lumbung.modules.reports.models import Report

KIND = "report"
LOOKS_BACK = 8  # days; a worker that stood still over the Monday catches up


def index_report(report: Report, *, day: date) -> None:
    """Bring the public index in line with a report; call it in the transaction that changed its public version."""
    version = getattr(report, "public_version", None)
    if version is None or not queries.is_public(report, day=day):
        search.remove_public(KIND, str(report.pk))
        return
    category, village = report.category, report.public_village
    names = (category.name_id, category.name_en, report.public_place, report.number)
    search.index_public(
        Findable(
            kind=KIND,
            object_id=str(report.pk),
            title=version.title,
            text=version.text,
            place_code=village.pk if village else report.district_id,
            on=report.told_on,
            address={"portal_slug": report.portal_id, "number": report.number},
            # The place an officer wrote may be finer than the village.
            also=names if report.is_anonymous else (version.place, *names),
        )
    )


def index_report_for_staff(report: Report) -> None:
    """Bring the index of those who handle the report in line with its number, category, portal and agency."""
    category = report.category
    search.index_for_staff(
        StaffFindable(
            kind=KIND,
            object_id=str(report.pk),
            title=report.number,
            place_code=report.village_id,
            on=report.told_on,
            address={"portal_slug": report.handling_portal_id, "number": report.number},
            handling_region=report.handling_portal.region_id,
            handling_organisation=report.agency_id or "",
            also=(category.name_id, category.name_en, getattr(report, "sp4n_number", "") or ""),
        )
    )


def index_appeared(*, now: datetime) -> int:
    """Bring the index in line with what is told since this Monday: anonymous reports appear then, and leave then."""
    today = clock.local_day(now)
    waited = Report.objects.filter(
        is_anonymous=True, held_until__range=(today - timedelta(days=LOOKS_BACK), today)
    ).select_related("category", "village", "district", "public_version")
    count = 0
    for report in waited:
        with transaction.atomic():
            index_report(report, day=today)
        count += 1
    return count


def index_all(*, now: datetime) -> int:
    """Index every report anew, after the word lists changed; returns how many."""
    today = clock.local_day(now)
    everything = Report.objects.select_related("category", "village", "district", "handling_portal", "public_version")
    count = 0
    for report in everything.iterator(chunk_size=500):
        index_report(report, day=today)
        index_report_for_staff(report)
        count += 1
    return count
