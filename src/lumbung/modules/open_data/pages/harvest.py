"""The portals a steward harvests: which there are, what their runs found, a look before anything is kept."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import queries as history
from lumbung.core.files.fetching import NotFetched
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import visitor_of
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import harvest_sources, withdrawing
from lumbung.modules.open_data.forms.catalogue import ReasonForm
from lumbung.modules.open_data.forms.harvest import EndForm, SourceForm
from lumbung.modules.open_data.models import Dataset, HarvestRun, HarvestSource
from lumbung.modules.open_data.pages.catalogue import dataset_here, detail
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import harvest_words, harvests, releases, remote_pages
from lumbung.modules.open_data.remote.records import Unreadable

# Each look asks somebody else's portal, and somebody waits for it.
LOOKS = Limit("open_data.harvest_look", 20, 600)
LOOK_SECONDS = 15.0


@never_cache
@needs(permissions.HARVEST)
def sources(request: HttpRequest) -> HttpResponse:
    """Every portal that is harvested, with its last run in words."""
    found = harvests.sources_of(portal_of(request))
    runs = harvests.newest_runs(found)
    entries = [(source, runs.get(source.pk), _told(runs.get(source.pk))) for source in found]
    return render(request, "open_data/harvest_sources.html", {"entries": entries})


@never_cache
@needs(permissions.HARVEST, "GET", "POST")
def source_new(request: HttpRequest) -> HttpResponse:
    """Another portal: first a look at what would come, then it is kept."""
    portal = portal_of(request)
    producers = harvests.producers_for(portal)
    form = SourceForm(request.POST or None, producers=producers)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "keep":
            told = dict(form.cleaned_data)
            code = told.pop("producer")
            producer = next(each for each in producers if each.code == code)
            keep = partial(harvest_sources.begin_source, portal=portal, producer=producer, **told)
            step = partial(keep, by=viewer_of(request), now=clock.now())
            if saved(request, form, step, said=_("The portal is harvested from now on. The first run has begun.")):
                return to(request, "source", source_key=form.cleaned_data["key"])
        else:
            context |= _looked(request, form)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "open_data/harvest_source_new.html", context, status=status)


def _looked(request: HttpRequest, form: SourceForm) -> dict[str, Any]:
    """The first ten datasets that would come; what is wrong stands in the form."""
    told = form.cleaned_data
    try:
        limits.take(LOOKS, visitor_of(request), now=clock.now())
        harvest_sources.refuse_key(told["key"])
        base = remote_pages.base_of(told["kind"], told["address"])
        harvest_sources.refuse_address(base)
        first = remote_pages.first_address(told["kind"], base)
        page = remote_pages.ask(told["kind"], base, first, seconds=LOOK_SECONDS).page
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return {}
    except NotFetched as error:
        form.add_error("address", harvest_words.why(remote_pages.reason_of(told["kind"], error)))
        return {}
    except Unreadable as error:
        form.add_error("address", harvest_words.why(error.code))
        return {}
    count = page.total if page.total is not None else len(page.records)
    refused_ones = [(each, harvest_words.why(each.why)) for each in page.refused[: harvests.SAMPLE]]
    return {
        "looked": True,
        "sample": page.records[: harvests.SAMPLE],
        "count": count,
        "has_more": bool(page.next) and page.total is None,
        "refused": refused_ones,
    }


@never_cache
@needs(permissions.HARVEST)
def source_detail(request: HttpRequest, source_key: str) -> HttpResponse:
    """One source: its runs in plain words, what was not taken, what is missing."""
    return render(request, "open_data/harvest_source.html", _detail(source_here(request, source_key)))


def _detail(source: HarvestSource, **more: Any) -> dict[str, Any]:
    runs = harvests.runs_of(source)
    not_taken = harvests.not_taken(source)
    return {
        "source": source,
        "runs": [(run, _told(run)) for run in runs],
        "asks": runs[0] if runs and runs[0].state == HarvestRun.State.ASKS else None,
        "is_running": bool(runs) and runs[0].state == HarvestRun.State.OPEN,
        "not_taken": [(item, harvest_words.why(item.why)) for item in not_taken[: harvests.NOT_TAKEN_SHOWN]],
        "not_taken_count": not_taken.count(),
        "missing": list(harvests.missing(source)[: harvests.NOT_TAKEN_SHOWN]),
        "history": history.history_of(harvest_sources.SOURCE, str(source.pk))[-harvests.NOT_TAKEN_SHOWN :],
        "end_form": EndForm(),
        **more,
    }


@needs(permissions.HARVEST, "POST")
def source_run(request: HttpRequest, source_key: str) -> HttpResponse:
    """Harvest it now."""
    step = partial(harvest_sources.run_now, source=source_here(request, source_key))
    return _pressed(request, source_key, step, _("The run has begun. Its report appears here."))


@needs(permissions.HARVEST, "POST")
def source_pause(request: HttpRequest, source_key: str) -> HttpResponse:
    """Ask it no longer."""
    step = partial(harvest_sources.pause, source=source_here(request, source_key))
    return _pressed(request, source_key, step, _("Paused. What is shown stays."))


@needs(permissions.HARVEST, "POST")
def source_resume(request: HttpRequest, source_key: str) -> HttpResponse:
    """Ask it again."""
    step = partial(harvest_sources.resume, source=source_here(request, source_key))
    return _pressed(request, source_key, step, _("Resumed. A run has begun."))


@needs(permissions.HARVEST, "POST")
def source_confirm(request: HttpRequest, source_key: str, run_number: int) -> HttpResponse:
    """Say that what is missing really is gone."""
    run = source_here(request, source_key).runs.filter(number=run_number).first()
    if run is None:
        raise Http404("run")
    step = partial(harvest_sources.confirm_gone, run=run)
    return _pressed(request, source_key, step, _("The run goes on and takes out what is gone."))


@needs(permissions.HARVEST, "POST")
def source_end(request: HttpRequest, source_key: str) -> HttpResponse:
    """Harvest it no more."""
    source = source_here(request, source_key)
    form = EndForm(request.POST)
    if form.is_valid():
        step = partial(harvest_sources.end_source, source=source, **form.cleaned_data)
        now = partial(step, by=viewer_of(request), now=clock.now())
        if saved(request, form, now, said=_("Ended. Its datasets are taken out; the reason stays at each address.")):
            return to(request, "sources")
    context = _detail(source, end_form=form)
    return render(request, "open_data/harvest_source.html", context, status=UNPROCESSABLE)


@needs(permissions.WITHDRAW, "POST")
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    """Take one harvested dataset out for good; the next run leaves it out, too."""
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    if dataset.origin != Dataset.Origin.HARVESTED or release is None:
        raise Http404("dataset")
    form = ReasonForm(request.POST)
    if form.is_valid():
        step = partial(withdrawing.withdraw_dataset, dataset=dataset, reason=form.cleaned_data["reason"])
        now = partial(step, by=viewer_of(request), now=clock.now())
        if saved(request, form, now, said=_("Taken out. It is not shown again, whatever the other portal says.")):
            return to(request, "list")
    context = detail(request, dataset, release) | {"form": form}
    return render(request, "open_data/dataset_harvested.html", context, status=UNPROCESSABLE)


def source_here(request: HttpRequest, source_key: str) -> HarvestSource:
    """A source of this portal."""
    source = harvests.source_at(portal_of(request), source_key)
    if source is None:
        raise Http404("source")
    return source


def _pressed(request: HttpRequest, source_key: str, step: Any, said: str) -> HttpResponse:
    pressed(request, partial(step, by=viewer_of(request), now=clock.now()), said=said)
    return to(request, "source", source_key=source_key)


def _told(run: HarvestRun | None) -> list[str]:
    return list(harvest_words.report(run)) if run else []
