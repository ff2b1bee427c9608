"""What an address of a data list stands for."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from lumbung.core.access.policies import viewer_of
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import visitor_of
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import DataList, ListRow
from lumbung.modules.open_data.queries import data_lists as known

# A paper costs a third of a second.
PAPERS = Limit("open_data.papers", count=30, per_seconds=60)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
}


def today() -> date:
    """The day it is in this house."""
    return clock.local_day(clock.now())


def agreed_here(request: HttpRequest, year: int) -> DataList:
    """The agreed list of a year; one that is still gathered is not found."""
    data_list = known.list_at(portal_of(request), year)
    if data_list is None or not data_list.is_agreed:
        raise Http404("data list")
    return data_list


def list_here(request: HttpRequest, year: int) -> DataList:
    """The list of a year on the desk, for those who plan or produce for this government."""
    data_list = known.list_at(portal_of(request), year)
    if data_list is None or not sees_lists(request):
        raise Http404("data list")
    return data_list


def sees_lists(request: HttpRequest) -> bool:
    """Whether this person works on data of this government: a role of its region, or of one of its agencies."""
    region = portal_of(request).region_id
    held = viewer_of(request).roles_with(permissions.DESK)
    return any(each.region_code == region or permissions.is_agency_of(each.organisation_code, region) for each in held)


def row_here(request: HttpRequest, year: int, number: int) -> ListRow:
    """One row on the desk."""
    data_list = list_here(request, year)
    row = known.rows_seen_by(viewer_of(request), data_list).filter(number=number).first()
    if row is None:
        raise Http404("row")
    return row


def file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to take away."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}") or ""
    return response


def count_paper(request: HttpRequest) -> None:
    """Refuse a visitor who asks for too many papers at once."""
    limits.take(PAPERS, visitor_of(request), now=clock.now())


def told_titles(datasets: Any) -> dict[Any, str]:
    """What datasets are called: by their newest release, else by their open draft's key."""
    return {each.pk: each.listing.title_id if hasattr(each, "listing") else each.key for each in datasets}
