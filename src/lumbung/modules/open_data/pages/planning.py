"""The desk of the data list: years, one list being gathered or agreed, the record of the Forum."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.events import queries as history
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import agreeing, data_lists
from lumbung.modules.open_data.forms.agreeing import AgreeForm
from lumbung.modules.open_data.forms.data_lists import OpenListForm
from lumbung.modules.open_data.models import DataList, ListRow
from lumbung.modules.open_data.pages import amendments
from lumbung.modules.open_data.pages.data_lists import days_told
from lumbung.modules.open_data.pages.list_places import list_here, sees_lists, today
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries import progress


@never_cache
@needs(permissions.DESK)
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of this portal, for those who work on its data."""
    return _lists(request, None)


def _lists(request: HttpRequest, form: OpenListForm | None) -> HttpResponse:
    portal = portal_of(request)
    found = list(known.lists_of(portal)) if sees_lists(request) else []
    plans = permissions.plans_in(viewer_of(request), portal.region_id)
    context = {
        "lists": [(each, progress.by_agency(each, today=today())[1], _waiting(each)) for each in found],
        "plans": plans,
        "form": form or (_open_form(request, found) if plans else None),
    }
    return render(request, "open_data/plan_lists.html", context, status=UNPROCESSABLE if form else 200)


def _open_form(request: HttpRequest, found: list[DataList], data: Any = None) -> OpenListForm:
    agreed = [each.year for each in found if each.is_agreed]
    year = max((each.year for each in found), default=today().year - 1) + 1
    return OpenListForm(data, agreed=agreed, initial={"year": year, "carried": str(agreed[0]) if agreed else ""})


def _waiting(data_list: DataList) -> int:
    return data_list.rows.filter(state=ListRow.State.PROPOSED).count()


@needs(permissions.PLAN, "POST")
def open_list(request: HttpRequest) -> HttpResponse:
    """Open the list of a year."""
    portal = portal_of(request)
    form = _open_form(request, list(known.lists_of(portal)), request.POST)
    if form.is_valid():
        told = form.cleaned_data
        carried = known.list_at(portal, int(told["carried"])) if told["carried"] else None
        step = partial(
            data_lists.open_list,
            portal=portal,
            year=told["year"],
            carried=carried,
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("The list was opened. Producers can propose their data now.")):
            return to(request, "plan-list", year=told["year"])
    return _lists(request, form)


@never_cache
@needs(permissions.DESK)
def list_detail(request: HttpRequest, year: int) -> HttpResponse:
    """One list: what is proposed, what stands on it, how far each agency has come."""
    found, viewer = list_here(request, year), viewer_of(request)
    rows = list(known.rows_seen_by(viewer, found))
    listed = [row for row in rows if row.state == ListRow.State.LISTED]
    lines, total = progress.by_agency(found, today=today())
    plans = permissions.plans_in(viewer, found.portal.region_id)
    context = {
        "data_list": found,
        "proposed": [row for row in rows if row.state == ListRow.State.PROPOSED],
        "agencies": known.by_agency(listed),
        "left_out": [row for row in rows if row.state == ListRow.State.LEFT_OUT],
        "stages": {each.row.pk: each for each in progress.of_rows(found, listed, today=today())},
        "lines": lines,
        "total": total,
        "day": today(),
        "plans": plans,
        "may_propose": plans or (not found.is_agreed and bool(permissions.producing_for(viewer))),
        "amendments": amendments.told_of(found),
        "history": history.history_of(data_lists.LIST, str(found.pk)),
        "days_told": days_told,
    }
    return render(request, "open_data/plan_list.html", context)


@needs(permissions.PLAN, "POST")
def take_all(request: HttpRequest, year: int) -> HttpResponse:
    """Put every waiting proposal on the list."""
    found = list_here(request, year)
    step = partial(data_lists.take_all, data_list=found, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Every proposal stands on the list now."))
    return to(request, "plan-list", year=year)


@never_cache
@needs(permissions.PLAN, "GET", "POST")
def agree(request: HttpRequest, year: int) -> HttpResponse:
    """Record that the Forum agreed."""
    found = list_here(request, year)
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = partial(
            agreeing.agree_list, data_list=found, meeting=form.meeting(), by=viewer_of(request), now=clock.now()
        )
        if saved(request, form, step, said=_("Recorded. The list is fixed and public; print the record and sign it.")):
            return to(request, "data-list-record", year=year)
    context = {
        "data_list": found,
        "form": form,
        "row_count": known.listed_rows(found).count(),
        "waiting": _waiting(found),
    }
    return render(request, "open_data/plan_agree.html", context, status=UNPROCESSABLE if form.is_bound else 200)
