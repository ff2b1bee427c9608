"""A table that a gate holds back, on the desk of those who check; and correcting a period that was published."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.datasets import permissions as tables
from lumbung.core.datasets import queries as versions
from lumbung.core.datasets import registry
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import personal_kinds
from lumbung.core.web.pressing import saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import declared
from lumbung.modules.open_data.actions import held as actions
from lumbung.modules.open_data.forms.held import ColumnForm, CorrectionForm
from lumbung.modules.open_data.pages.catalogue import dataset_here, detail
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import protection, releases
from lumbung.modules.open_data.queries.gates.declared import undecided


@never_cache
@needs(permissions.CHECK, "GET", "POST")
def held(request: HttpRequest, key: str) -> HttpResponse:
    """Why a table is not published, and what a steward decides about it."""
    if not registry.is_registered(key):
        raise Http404("table")
    form = ColumnForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        step = partial(actions.decide_column, key=key, portal=portal_of(request), **told, by=by, now=now)
        if saved(request, form, step, said=_("Kept. Once nothing is undecided, the table is published by itself.")):
            return to(request, "held", key=key)
    context = _held(request, key, form)
    return render(request, "open_data/held.html", context, status=200 if form is None else UNPROCESSABLE)


def _held(request: HttpRequest, key: str, form: ColumnForm | None) -> dict[str, Any]:
    place = portal_of(request).region_id
    found = versions.held_back(key, place)
    findings = undecided(key, place, found.details.get("findings", [])) if found else []
    forms = [(each, _form_of(each, form)) for each in findings]
    return {
        "declaration": registry.get(key),
        "key": key,
        "held": found,
        "forms": forms,
        "word_of": personal_kinds.title_of,
    }


def _form_of(finding: dict[str, Any], posted: ColumnForm | None) -> ColumnForm:
    named = {"column": finding["column"], "kind": finding["kind"]}
    if posted is not None and all(posted.data.get(name) == value for name, value in named.items()):
        return posted
    return ColumnForm(initial=named, auto_id=f"id_{finding['column']}_{finding['kind']}_%s")


@needs(tables.PUBLISH, "POST")
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Make a published period anew from the records."""
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    shown = protection.of_release(release) if release else None
    if release is None or shown is None:
        raise Http404("table")
    form = CorrectionForm(request.POST, periods=shown.periods)
    if form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        step = partial(
            declared.correct_period,
            dataset=dataset,
            period=told["period"],
            reason=told["correction"],
            by=by,
            now=now,
        )
        if saved(request, form, step, said=_("The period was corrected. Everyone reads why.")):
            return redirect("open_data:dataset", portal_slug=portal_of(request).slug, key=key)
    context = detail(request, dataset, release) | {"correction_form": form}
    return render(request, "open_data/dataset_detail.html", context, status=UNPROCESSABLE)
