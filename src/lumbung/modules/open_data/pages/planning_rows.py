"""Rows of the data list on the desk: proposed, changed, put on the list or left out, tied to their dataset."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import agreeing, connecting, data_lists
from lumbung.modules.open_data.forms.data_lists import (
    BeginFromRowForm,
    ConnectForm,
    LeaveOutForm,
    ReasonedConnectForm,
    ReasonedRowForm,
    RowForm,
)
from lumbung.modules.open_data.models import DataList, Dataset, ListRow
from lumbung.modules.open_data.pages.data_lists import days_told
from lumbung.modules.open_data.pages.list_places import list_here, row_here, today, told_titles
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries import drafts, progress, template_columns


@never_cache
@needs(permissions.DESK, "GET", "POST")
def propose(request: HttpRequest, year: int) -> HttpResponse:
    """Propose a row; on an agreed list the secretariat adds it, with a reason."""
    found = list_here(request, year)
    producers = _producers(request, found)
    kind = ReasonedRowForm if found.is_agreed else RowForm
    form = kind(request.POST or None, producers=producers)
    if request.method == "POST" and form.is_valid():
        step = _adding(request, found, form)
        if saved(request, form, step, said=_("The row was written down.")):
            return to(request, "plan-list", year=year)
    context = {"data_list": found, "form": form, "row": None, "producers": producers}
    return render(request, "open_data/plan_row_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _adding(request: HttpRequest, found: DataList, form: RowForm) -> Callable[[], object]:
    told: dict[str, Any] = {"data_list": found, "facts": form.facts(), "by": viewer_of(request), "now": clock.now()}
    if found.is_agreed:
        return partial(agreeing.add_by_amendment, **told, reason=form.cleaned_data["reason"])
    return partial(data_lists.propose_row, **told)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def change(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Change a row; on an agreed list as an amendment."""
    row = row_here(request, year, number)
    found = row.data_list
    facts = known.facts_of(row)
    kind = ReasonedRowForm if found.is_agreed else RowForm
    form = kind(request.POST or None, producers=_producers(request, found), initial=RowForm.about(facts))
    if request.method == "POST" and form.is_valid():
        step = _changing(request, row, form)
        if saved(request, form, step, said=_("The row was changed.")):
            return to(request, "plan-row", year=year, number=number)
    context = {"data_list": found, "form": form, "row": row, "producers": [row.producer]}
    return render(request, "open_data/plan_row_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _changing(request: HttpRequest, row: ListRow, form: RowForm) -> Callable[[], object]:
    told: dict[str, Any] = {"row": row, "facts": form.facts(), "by": viewer_of(request), "now": clock.now()}
    if row.data_list.is_agreed:
        return partial(agreeing.amend_row, **told, reason=form.cleaned_data["reason"])
    return partial(data_lists.change_row, **told)


@never_cache
@needs(permissions.DESK)
def row_detail(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One row with its template, its dataset and its next step."""
    return _detail(request, row_here(request, year, number))


def _detail(request: HttpRequest, row: ListRow, **forms: Any) -> HttpResponse:
    viewer, found = viewer_of(request), row.data_list
    region = found.portal.region_id
    plans = permissions.plans_in(viewer, region)
    writes = permissions.role_for_rows(viewer, region_code=region, organisation_code=row.producer_id) is not None
    produces = row.producer_id in permissions.producing_for(viewer)
    context = {
        "data_list": found,
        "row": row,
        "days_told": days_told(row),
        "plans": plans,
        "may_change": plans if found.is_agreed else plans or (writes and row.state == ListRow.State.PROPOSED),
        "may_connect": row.state != ListRow.State.LEFT_OUT and (plans if known.is_tied_by_the_list(row) else writes),
        "is_tied": known.is_tied_by_the_list(row),
        "may_begin": produces and row.dataset is None and row.state != ListRow.State.LEFT_OUT,
        "progress": progress.of_rows(found, [row], today=today())[0],
        "has_release": row.dataset is not None and row.dataset.releases.exists(),
        "has_draft": row.dataset is not None
        and drafts.visible_to(viewer, found.portal).filter(dataset=row.dataset).exists(),
        "columns_known": template_columns.is_known(row),
        "reason_form": LeaveOutForm(),
        "connect_form": _connect_form(request, row) if writes else None,
        "begin_form": BeginFromRowForm(),
        **forms,
    }
    return render(request, "open_data/plan_row.html", context, status=UNPROCESSABLE if forms else 200)


def _connect_form(request: HttpRequest, row: ListRow, data: Any = None) -> ConnectForm:
    datasets = list(known.datasets_for(row))
    if not permissions.plans_in(viewer_of(request), row.data_list.portal.region_id):
        datasets = [each for each in datasets if each.producer_id == row.producer_id]
    # Those of the row's own agency first.
    datasets.sort(key=lambda each: (each.producer_id != row.producer_id, each.key))
    kind = ReasonedConnectForm if known.is_tied_by_the_list(row) else ConnectForm
    return kind(
        data,
        # The same page asks for the reason of leaving the row out.
        auto_id="tie_%s",
        datasets=datasets,
        titles=told_titles(datasets),
        initial={"dataset": str(row.dataset_id or "")},
    )


@needs(permissions.PLAN, "POST")
def take(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Put a proposal on the list."""
    row = row_here(request, year, number)
    step = partial(data_lists.take_row, row=row, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The row stands on the list now."))
    return to(request, "plan-list", year=year)


@needs(permissions.DESK, "POST")
def leave_out(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Leave a row out, with a reason; of an agreed list, as an amendment."""
    row = row_here(request, year, number)
    form = LeaveOutForm(request.POST)
    if form.is_valid():
        verb = agreeing.drop_by_amendment if row.data_list.is_agreed else data_lists.leave_out_row
        step = partial(verb, row=row, reason=form.cleaned_data["reason"], by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("The row was left out; the reason stays beside it.")):
            return to(request, "plan-list", year=year)
    return _detail(request, row, reason_form=form)


@needs(permissions.DESK, "POST")
def connect(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Say which dataset fulfils the row."""
    row = row_here(request, year, number)
    form = _connect_form(request, row, request.POST)
    if form.is_valid():
        chosen = Dataset.objects.get(pk=form.cleaned_data["dataset"]) if form.cleaned_data["dataset"] else None
        step = _connecting(request, row, form, chosen)
        if saved(request, form, step, said=_("The dataset of this row was noted.")):
            return to(request, "plan-row", year=year, number=number)
    return _detail(request, row, connect_form=form)


def _connecting(request: HttpRequest, row: ListRow, form: ConnectForm, chosen: Dataset | None) -> Callable[[], object]:
    told: dict[str, Any] = {"row": row, "dataset": chosen, "by": viewer_of(request), "now": clock.now()}
    if isinstance(form, ReasonedConnectForm):
        return partial(agreeing.tie_by_amendment, **told, reason=form.cleaned_data["reason"])
    return partial(connecting.connect, **told)


@needs(permissions.PRODUCE, "POST")
def begin(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Begin the dataset the row plans."""
    row = row_here(request, year, number)
    form = BeginFromRowForm(request.POST)
    if form.is_valid():
        key = form.cleaned_data["key"]
        step = partial(connecting.begin_from_row, row=row, key=key, by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("The dataset was begun. Bring its file next.")):
            return to(request, "draft", key=key)
    return _detail(request, row, begin_form=form)


def _producers(request: HttpRequest, found: DataList) -> list[Organisation]:
    """Agencies this person writes rows for: all of the government for the secretariat, else their own."""
    viewer, region = viewer_of(request), found.portal.region_id
    agencies = organisations.agencies_of(region, day=today()).order_by("name_id")
    if permissions.plans_in(viewer, region):
        return list(agencies)
    return [each for each in agencies if each.code in permissions.producing_for(viewer)]
