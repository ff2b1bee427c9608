"""Metadata of a draft: about the dataset, the statistical activity, the indicators."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import drafting
from lumbung.modules.open_data.forms.metadata import IndicatorForms, PartForm
from lumbung.modules.open_data.models import Draft
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, draft_here, to
from lumbung.modules.open_data.queries import remarks
from lumbung.modules.open_data.shape import Of

PARTS: dict[str, Of] = {"dataset": "dataset", "kegiatan": "activity"}
INDICATORS = "indikator"


@never_cache
@needs(permissions.PRODUCE, "GET", "POST")
def part(request: HttpRequest, key: str, part: str) -> HttpResponse:
    """One part of the metadata. Half-written parts are kept; what is missing is listed on the draft's page."""
    if part == INDICATORS:
        return _indicators(request, draft_here(request, key))
    if part not in PARTS:
        raise Http404("part")
    draft, of = draft_here(request, key), PARTS[part]
    form = PartForm(request.POST or None, of=of, portal=portal_of(request), told=draft.metadata.get(of, {}))
    if request.method == "POST" and form.is_valid():
        by, seen = viewer_of(request), _seen(request)
        step = partial(drafting.save_part, draft=draft, part=of, values=form.values(), seen=seen, by=by)
        if saved(request, form, step, said=_("Saved.")):
            return to(request, "draft", key=key)
    context = {"draft": draft, "dataset": draft.dataset, "form": form, "of": of, "marked": remarks.open_at(draft, of)}
    return render(request, "open_data/part.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _indicators(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Every indicator on one page; saving may go on to one more."""
    told = draft.metadata.get("indicators") or []
    found = IndicatorForms(
        request.POST or None, portal=portal_of(request), told=told, wants_more="tambah" in request.GET
    )
    if request.method == "POST" and found.are_valid():
        indicators = found.values()
        by, seen = viewer_of(request), _seen(request)
        step = partial(drafting.save_indicators, draft=draft, indicators=indicators, seen=seen, by=by)
        if saved(request, found.forms[0], step, said=_("Saved.")):
            return _after_indicators(request, draft, len(indicators))
    marked = [remarks.open_at(draft, f"indicators:{number}") for number in range(len(found.forms))]
    context = {"draft": draft, "dataset": draft.dataset, "forms": list(zip(found.forms, marked, strict=True))}
    return render(request, "open_data/indicators.html", context, status=UNPROCESSABLE if request.POST else 200)


def _after_indicators(request: HttpRequest, draft: Draft, count: int) -> HttpResponse:
    key = draft.dataset.key
    if request.POST.get("then") != "more":
        return to(request, "draft", key=key)
    page = to(request, "part", key=key, part=INDICATORS)
    page["Location"] += f"?tambah=1#indikator-{count}"
    return page


def _seen(request: HttpRequest) -> int:
    return int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else 0
