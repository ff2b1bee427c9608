"""What is different between two releases, in words; all of it as CSV; and the way back to an older one."""

from functools import partial
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.files import sending
from lumbung.core.files.ranges import Streamed
from lumbung.core.regions import queries as regions
from lumbung.core.web.pressing import saved
from lumbung.modules.open_data import permissions, shape
from lumbung.modules.open_data.actions import restoring
from lumbung.modules.open_data.forms.askings import PublicReasonForm
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages import asking_limits
from lumbung.modules.open_data.pages.catalogue import dataset_here, release_here
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import differences, releases

GONE = 410


@public()
def difference(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """This release beside an earlier one: the one before, or the one asked for."""
    dataset, new, old = _pair(request, key, number)
    asking_limits.count(asking_limits.COMPARE, request, now=clock.now())
    context = {
        "dataset": dataset,
        "release": new,
        "old": old,
        "earlier": differences.earlier(dataset, new),
        "title": shape.words(releases.metadata_of(new)["dataset"]["title"]),
        "described": differences.described(old, new) if old else [],
        "tables": differences.between(old, new) if old else [],
        "first": differences.FIRST,
        "choice_of": shape.choice_of,
        "words": shape.words,
        "place_name": regions.address_of,
    }
    return render(request, "open_data/difference.html", context)


def _pair(request: HttpRequest, key: str, number: int) -> tuple[Dataset, Release, Release | None]:
    dataset = dataset_here(request, key)
    new = release_here(dataset, number)
    if dataset.withdrawn_at is not None or new.withdrawn_at is not None:
        raise Http404("withdrawn")
    asked = request.GET.get("dari", "")
    known = differences.earlier(dataset, new)
    if asked:
        old = next((each for each in known if str(each.number) == asked), None)
        if old is None:
            raise Http404("release")
        return dataset, new, old
    return dataset, new, known[0] if known else None


@public()
def difference_file(request: HttpRequest, key: str, number: int, resource: str) -> HttpResponse:
    """Every difference of one table as CSV, a line for each cell."""
    dataset, new, old = _pair(request, key, number)
    if old is None:
        raise Http404("release")
    asking_limits.count(asking_limits.COMPARE, request, now=clock.now())
    name = f"{dataset.key}-v{old.number}-v{new.number}-{resource}.csv"
    with sending.place() as place, differences.written(old, new, resource) as path:
        # Opened here and read while it is sent; the name is gone by then.
        response = Streamed(place.until_sent(path.open("rb")), as_attachment=True, filename=name)
        response["Content-Length"] = str(path.stat().st_size)
    response["Content-Type"] = "text/csv; charset=utf-8"
    return cast(HttpResponse, response)


@needs(permissions.PUBLISH, "GET", "POST")
def restore(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make an older release the newest again, as a release of its own."""
    dataset = dataset_here(request, key)
    release = release_here(dataset, number)
    permissions.required_in(viewer_of(request), permissions.PUBLISH, dataset)
    form = PublicReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(restoring.restore, release=release, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The older release stands again, as a release of its own.")):
            return to(request, "dataset", key=key)
    context = {"dataset": dataset, "release": release, "form": form, "newest": releases.newest_of(dataset)}
    context["title"] = shape.words(releases.metadata_of(release)["dataset"]["title"])
    return render(request, "open_data/restore.html", context, status=UNPROCESSABLE if form.is_bound else 200)
