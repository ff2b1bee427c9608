"""What people made with data: handed in, looked at, shown."""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused, TooMany
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.kernels import personal_data
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import reuses
from lumbung.modules.open_data.actions.reuses import Made
from lumbung.modules.open_data.forms.reuses import DeclineForm, ReuseForm
from lumbung.modules.open_data.letters.followers import name_of
from lumbung.modules.open_data.pages import asking_limits
from lumbung.modules.open_data.pages.catalogue import dataset_here
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import reuses as known

PAGE_SIZE = 20


@public()
def reuse_list(request: HttpRequest) -> HttpResponse:
    """Everything shown."""
    page = Paginator(known.shown_in(portal_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "open_data/reuses.html", {"page": page, "name_of": name_of})


@never_cache
@public("GET", "POST")
def hand_in(request: HttpRequest, key: str) -> HttpResponse:
    """Tell of something made with a dataset."""
    dataset = dataset_here(request, key)
    form, status = ReuseForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
    if form.is_valid():
        told = form.cleaned_data
        made = Made(told["title"], told["about"], told["address"].strip(), told["made_by"])
        try:
            asking_limits.count(asking_limits.SEND, request, now=clock.now())
            reuses.hand_in(dataset=dataset, made=made, draft_key=told["draft_key"], now=clock.now())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
            status = refused.status if isinstance(refused, TooMany) else UNPROCESSABLE
        else:
            return render(request, "open_data/reuse_send.html", {"dataset": dataset, "title": name_of(dataset)})
    context = {"dataset": dataset, "title": name_of(dataset), "form": form}
    return render(request, "open_data/reuse_send.html", context, status=status)


@never_cache
@needs(permissions.CHECK)
def reuse_desk(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at, and what was decided."""
    page = Paginator(known.on_the_desk(portal_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "name_of": name_of, "form": DeclineForm(), "is_flagged": _is_flagged}
    return render(request, "open_data/reuse_desk.html", context)


def _is_flagged(text: str) -> bool:
    return bool(personal_data.find(text) or personal_data.find_names(text))


@needs(permissions.CHECK, "POST")
def decide(request: HttpRequest, reuse_id: str) -> HttpResponse:
    """Show it, or not."""
    found = known.by_id(portal_of(request), reuse_id)
    if found is None:
        raise Http404("reuse")
    by, now = viewer_of(request), clock.now()
    if request.POST.get("step") == "show":
        pressed(request, partial(reuses.show, reuse=found, by=by, now=now), said=_("It is shown now."))
        return to(request, "reuse-desk")
    form = DeclineForm(request.POST)
    if form.is_valid():
        step = partial(reuses.decline, reuse=found, reason=form.cleaned_data["reason"], by=by, now=now)
        if saved(request, form, step, said=_("It is not shown.")):
            return to(request, "reuse-desk")
    page = Paginator(known.on_the_desk(portal_of(request)), PAGE_SIZE).get_page(1)
    context = {"page": page, "name_of": name_of, "form": form, "wrong": found.pk, "is_flagged": _is_flagged}
    return render(request, "open_data/reuse_desk.html", context, status=UNPROCESSABLE)
