"""The desk: what waits, a new dataset, one draft with everything that is missing, and its way through the checks."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.access.viewers import Scope, Viewer, may, role_for
from lumbung.core.base import clock
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.datasets import queries as versions
from lumbung.core.datasets import registry
from lumbung.core.datasets.models import HeldBack
from lumbung.core.events import queries as history
from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import queries as regions
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions, shape
from lumbung.modules.open_data.actions import datasets, publishing, rescheduling, workflow
from lumbung.modules.open_data.forms.drafts import BeginForm, FileForm, PassForm, ReleaseDayForm, SubmitForm
from lumbung.modules.open_data.forms.returning import ReturnForm
from lumbung.modules.open_data.models import Check, Draft
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, dataset_of_desk, draft_here, leads_on, to
from lumbung.modules.open_data.queries import askings, gates, remarks
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.states import WRITABLE, DraftState


@never_cache
@needs(permissions.DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for this person, and all they may see."""
    viewer, portal = viewer_of(request), portal_of(request)
    mine = known.on_the_desk_of(viewer, portal)
    others = known.visible_to(viewer, portal).exclude(pk__in=[draft.pk for draft in mine])
    context = {
        "mine": mine,
        "others": list(others.order_by("-begun_at")),
        "producers": _producers(request),
        "makes_keys": bool(viewer.roles_with(permissions.KEYS)),
        "title_of": _title_of,
        "may_harvest": may(viewer, permissions.HARVEST),
        "held_back": _held_back(viewer, portal.region_id),
        "is_steward": may(viewer, permissions.CHECK),
        "writes_stories": may(viewer, permissions.WRITE_STORY),
        "asked": len(askings.waiting_for(viewer, portal)) if may(viewer, permissions.ANSWER) else None,
    }
    return render(request, "open_data/desk.html", context)


@never_cache
@needs(permissions.PRODUCE, "GET", "POST")
def begin(request: HttpRequest) -> HttpResponse:
    """A new dataset."""
    producers = _producers(request)
    form = BeginForm(request.POST or None, producers=producers)
    if request.method == "POST" and form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        producer = next(each for each in producers if each.code == told["producer"])
        step = partial(
            datasets.begin_dataset,
            portal=portal_of(request),
            producer=producer,
            key=told["key"],
            title=told["title"],
            by=by,
            now=now,
        )
        if saved(request, form, step, said=_("The dataset was begun. Bring its file next.")):
            return to(request, "draft", key=told["key"])
    context = {"form": form, "producers": producers}
    return render(request, "open_data/begin.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.PRODUCE, "POST")
def begin_release(request: HttpRequest, key: str) -> HttpResponse:
    """The draft of the next release of a dataset."""
    dataset = dataset_of_desk(request, key)
    step = partial(datasets.begin_draft, dataset=dataset, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("A draft of the next release is open."))
    return to(request, "draft", key=key) if known.open_draft_of(dataset) else to(request, "desk")


@never_cache
@needs(permissions.DESK)
@leads_on
def draft_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One draft: what it holds, what is missing, who said what, and the next step of whoever looks."""
    draft = draft_here(request, key)
    return render(request, "open_data/draft.html", _detail(request, draft))


def _detail(request: HttpRequest, draft: Draft, **forms: Any) -> dict[str, Any]:
    viewer, tables = viewer_of(request), known.tables_of(draft)
    level = workflow.LEVELS.get(DraftState(draft.state))
    produces = permissions.role_in(viewer, permissions.PRODUCE, draft.dataset) is not None
    is_own = viewer.account is not None and draft.submitted_by_id == viewer.account.pk
    return {
        "draft": draft,
        "dataset": draft.dataset,
        "title": _title_of(draft),
        "is_first": not draft.dataset.releases.exists(),
        "tables": tables,
        "is_busy": any(table.is_busy for table in tables),
        "verdicts": gates.verdicts(draft),
        "returned": _last_return(draft),
        "history": history.history_of(datasets.DRAFT, str(draft.pk)),
        "writes": produces and draft.state in WRITABLE,
        "produces": produces,
        "may_take_back": produces and draft.state in {DraftState.SUBMITTED, DraftState.CHECKED},
        "may_check": level is not None
        and not is_own
        and draft.state != DraftState.READY
        and permissions.role_in(viewer, level[1], draft.dataset) is not None,
        "may_return": level is not None and permissions.role_in(viewer, level[1], draft.dataset) is not None,
        "waits_for_day": draft.release_on is not None and draft.release_on > clock.local_day(clock.now()),
        "may_publish": draft.state == DraftState.READY
        and not is_own
        and permissions.role_in(viewer, permissions.PUBLISH, draft.dataset) is not None,
        "is_own": is_own,
        "blocks": shape.blocks(),
        "choice_of": shape.choice_of,
        "words": shape.words,
        "place_name": regions.address_of,
        "file_form": FileForm(),
        "submit_form": SubmitForm(initial={"seen": draft.version, "note": draft.note, "release_on": draft.release_on}),
        "day_form": ReleaseDayForm(initial={"day": draft.release_on}),
        "return_form": ReturnForm(places=remarks.places_of(draft)),
        "may_classify": permissions.role_in(viewer, permissions.CHECK, draft.dataset) is not None,
        **forms,
    }


def _last_return(draft: Draft) -> tuple[Check, list[remarks.Marked]] | None:
    """The last time it was given back, with its remarks in words."""
    found = next((each for each in known.checks_of(draft) if each.verdict == Check.Verdict.RETURNED), None)
    return (found, remarks.told(draft, found.remarks.all())) if found else None


@needs(permissions.PRODUCE, "POST")
@leads_on
def submit(request: HttpRequest, key: str) -> HttpResponse:
    """Hand the draft to those who check."""
    draft = draft_here(request, key)
    form = SubmitForm(request.POST)
    if form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        step = partial(
            workflow.submit,
            draft=draft,
            seen=told["seen"],
            note=told["note"],
            release_on=told["release_on"],
            by=by,
            now=now,
        )
        if saved(request, form, step, said=_("The draft was handed in. You are told what becomes of it.")):
            return to(request, "draft", key=key)
    return render(request, "open_data/draft.html", _detail(request, draft, submit_form=form), status=UNPROCESSABLE)


@needs(permissions.PRODUCE, "POST")
@leads_on
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take the draft back to change it."""
    draft = draft_here(request, key)
    step = partial(workflow.take_back, draft=draft, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The draft is yours again."))
    return to(request, "draft", key=key)


@needs(permissions.PRODUCE, "POST")
@leads_on
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Give the draft up."""
    draft = draft_here(request, key)
    step = partial(datasets.discard_draft, draft=draft, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The draft was discarded. What was published stays."))
    return to(request, "desk")


@needs(permissions.DESK, "POST")
@leads_on
def pass_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the draft is right."""
    draft = draft_here(request, key)
    form = PassForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    draft.state = form.cleaned_data["state"] if form.is_valid() else draft.state
    step = partial(workflow.pass_draft, draft=draft, seen=seen, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Passed. It is on the next desk now."))
    return to(request, "desk")


@needs(permissions.DESK, "POST")
@leads_on
def return_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Give the draft back with reasons, in all and field by field."""
    draft = draft_here(request, key)
    form = ReturnForm(request.POST, places=remarks.places_of(draft))
    if form.is_valid():
        step = partial(
            workflow.return_draft,
            draft=draft,
            reason=form.cleaned_data["reason"],
            remarks=form.remarks(),
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("Returned. The producer reads your reasons.")):
            return to(request, "desk")
    return render(request, "open_data/draft.html", _detail(request, draft, return_form=form), status=UNPROCESSABLE)


@needs(permissions.PUBLISH, "POST")
@leads_on
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Publish the draft."""
    draft = draft_here(request, key)
    step = partial(publishing.publish, draft=draft, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Published. This release never changes."))
    return to(request, "draft", key=key) if known.open_draft_of(draft.dataset) else to(request, "dataset", key=key)


@needs(permissions.PUBLISH, "POST")
@leads_on
def move_release_day(request: HttpRequest, key: str) -> HttpResponse:
    """Another day for a draft that waits to be published."""
    draft = draft_here(request, key)
    form = ReleaseDayForm(request.POST)
    if form.is_valid():
        told, by = form.cleaned_data, viewer_of(request)
        step = partial(rescheduling.move_release_day, draft=draft, day=told["day"], by=by, now=clock.now())
        if saved(request, form, step, said=_("The release day was moved. Whoever handed the draft in is told.")):
            return to(request, "draft", key=key)
    return render(request, "open_data/draft.html", _detail(request, draft, day_form=form), status=UNPROCESSABLE)


def _producers(request: HttpRequest) -> list[Organisation]:
    """Agencies this person brings data for, in this portal's government."""
    found = [organisations.by_code(code) for code in permissions.producing_for(viewer_of(request))]
    return [each for each in found if each is not None and each.region_id == portal_of(request).region_id]


def _held_back(viewer: Viewer, place: str) -> list[tuple[Declaration, HeldBack]]:
    """Tables of services a gate stops right now, for those who can mend it."""
    if role_for(viewer, permissions.CHECK, Scope(region_code=place)) is None:
        return []
    found = versions.held_back_at([place])
    return [(registry.get(each.dataset_key), each) for each in found if registry.is_registered(each.dataset_key)]


def _title_of(draft: Draft) -> str:
    return shape.words(draft.metadata.get("dataset", {}).get("title")) or draft.dataset.key
