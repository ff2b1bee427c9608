"""Restricted data between agencies: asking, the file while it is granted, and the desk that decides."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, signed_in, viewer_of
from lumbung.core.base import clock
from lumbung.core.events import queries as history
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import sharing
from lumbung.modules.open_data.forms.sharing import AnswerReasonForm, GrantForm, SharingForm
from lumbung.modules.open_data.letters.followers import name_of
from lumbung.modules.open_data.models import Dataset, Sharing
from lumbung.modules.open_data.pages.catalogue import CONTENT_TYPES, dataset_here, file_of, release_here
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import catalogue, releases
from lumbung.modules.open_data.queries import sharing as known


@never_cache
@signed_in("GET", "POST")
def sharing_page(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for restricted data in the name of one's agency; while it is granted, its files."""
    dataset, viewer, now = dataset_here(request, key), viewer_of(request), clock.now()
    agencies = known.agencies_of(viewer, dataset)
    form = SharingForm(request.POST if request.method == "POST" else None, agencies=agencies)
    if form.is_valid():
        agency, purpose = form.agencies[form.cleaned_data["agency"]], form.cleaned_data["purpose"]
        step = partial(sharing.ask, dataset=dataset, agency=agency, purpose=purpose, by=viewer, now=now)
        if saved(request, form, step, said=_("The producer was asked. You are told of the decision.")):
            return to(request, "sharing", key=key)
    release = releases.newest_of(dataset)
    granted = known.granted_to(viewer, dataset, day=clock.local_day(now))
    is_shared = granted is not None and release is not None and release.access == Dataset.Access.RESTRICTED
    context = {
        "dataset": dataset,
        "title": name_of(dataset),
        "form": form,
        "agencies": agencies,
        "asked": known.asked_by(viewer, dataset),
        "today": clock.local_day(now),
        "granted": granted,
        "release": release,
        "tables": catalogue.tables_of(release) if is_shared and release else [],
    }
    return render(request, "open_data/sharing.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@signed_in()
def shared_file(request: HttpRequest, key: str, number: int, resource: str, kind: str) -> HttpResponse:
    """The bytes of a restricted table, for an officer of an agency it is granted to; each time is written down."""
    release = release_here(dataset_here(request, key), number)
    table = next((each for each in catalogue.tables_of(release) if each.slug == resource), None)
    if table is None or kind not in CONTENT_TYPES or table.version.is_withdrawn or release.withdrawn_at:
        raise Http404("table")
    sharing.open_rows(release=release, slug=resource, by=viewer_of(request), now=clock.now())
    response = file_of(request, release, table, kind)
    del response["ETag"]
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@needs(permissions.DESK)
def sharing_desk(request: HttpRequest) -> HttpResponse:
    """What other agencies asked for: one's own agency decides, the steward oversees."""
    found = known.on_the_desk_of(viewer_of(request), portal_of(request))
    context = {"found": found, "name_of": name_of, "today": clock.local_day(clock.now())}
    return render(request, "open_data/sharing_desk.html", context)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def sharing_work(request: HttpRequest, sharing_id: str) -> HttpResponse:
    """One of them: grant, refuse, end, and who opened the rows."""
    found = known.by_id(portal_of(request), sharing_id)
    if found is None or found not in known.on_the_desk_of(viewer_of(request), portal_of(request)):
        raise Http404("sharing")
    step = request.POST.get("step", "")
    told: dict[str, Any] = {
        "grant": GrantForm(request.POST if step == "grant" else None, prefix="grant"),
        "refuse": AnswerReasonForm(request.POST if step == "refuse" else None, prefix="refuse"),
        "end": AnswerReasonForm(request.POST if step == "end" else None, prefix="end"),
    }
    if step in told and told[step].is_valid() and _decided(request, found, step, told[step]):
        return to(request, "sharing-work", sharing_id=found.pk)
    context = {
        "sharing": found,
        "title": name_of(found.dataset),
        "forms": told,
        "step": step,
        "decides": permissions.role_in(viewer_of(request), permissions.PRODUCE, found.dataset) is not None,
        "openings": history.access_history_of(sharing.SUBJECT, str(found.pk)),
        "today": clock.local_day(clock.now()),
    }
    return render(request, "open_data/sharing_work.html", context, status=UNPROCESSABLE if step else 200)


def _decided(request: HttpRequest, found: Sharing, step: str, form: Any) -> bool:
    by, now, typed = viewer_of(request), clock.now(), form.cleaned_data
    steps: dict[str, Callable[..., Sharing]] = {"grant": sharing.grant, "refuse": sharing.refuse, "end": sharing.end}
    act = steps[step]
    return saved(request, form, lambda: act(sharing=found, by=by, now=now, **typed), said=_("It was decided."))
