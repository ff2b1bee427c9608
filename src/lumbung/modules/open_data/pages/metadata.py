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
from lumbung.modules.open_data.forms.metadata import PartForm
from lumbung.modules.open_data.models import Draft
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, draft_here, to
from lumbung.modules.open_data.queries import remarks
from lumbung.modules.open_data.shape import Of

PARTS: dict[str, Of] = {"dataset": "dataset", "kegiatan": "activity", "indikator": "indicator"}


@never_cache
@needs(permissions.PRODUCE, "GET", "POST")
def part(request: HttpRequest, key: str, part: str) -> HttpResponse:
    """One part of the metadata. Half-written parts are kept; what is missing is listed on the draft's page."""
    if part not in PARTS:
        raise Http404("part")
    draft, of = draft_here(request, key), PARTS[part]
    form = PartForm(request.POST or None, of=of, portal=portal_of(request), told=_told(draft, of))
    if request.method == "POST" and form.is_valid():
        seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else 0
        step = partial(_save, draft, of, form, seen, request)
        if saved(request, form, step, said=_("Saved.")):
            return to(request, "draft", key=key)
    marked = remarks.open_at(draft, remarks.PREFIXES[of])
    context = {"draft": draft, "dataset": draft.dataset, "form": form, "part": part, "of": of, "marked": marked}
    return render(request, "open_data/part.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _told(draft: Draft, of: Of) -> dict[str, object]:
    if of == "indicator":
        return dict((draft.metadata.get("indicators") or [{}])[0])
    return dict(draft.metadata.get(of, {}))


def _save(draft: Draft, of: Of, form: PartForm, seen: int, request: HttpRequest) -> None:
    by = viewer_of(request)
    if of == "indicator":
        others = (draft.metadata.get("indicators") or [])[1:]
        drafting.save_indicators(draft=draft, indicators=[form.values(), *others], seen=seen, by=by)
    else:
        drafting.save_part(draft=draft, part=of, values=form.values(), seen=seen, by=by)
