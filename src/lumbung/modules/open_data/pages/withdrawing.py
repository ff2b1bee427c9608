"""What a steward does on the page of a dataset: publish a declared table now, withdraw a release."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.datasets import permissions as tables
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import declared, withdrawing
from lumbung.modules.open_data.forms.catalogue import ReasonForm
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.catalogue import WHOLE, dataset_here, detail, release_here, template_of
from lumbung.modules.open_data.queries import releases

UNPROCESSABLE = 422


@needs(tables.PUBLISH, "POST")
def publish_declared(request: HttpRequest, key: str) -> HttpResponse:
    """Publish a table of a service now; also the way on after a withdrawal."""
    dataset = dataset_here(request, key)
    step = partial(declared.publish_now, dataset=dataset, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The table was compared with its records. A change makes a new version."))
    return redirect("open_data:dataset", portal_slug=portal_of(request).slug, key=key)


@needs(permissions.WITHDRAW, "POST")
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one release; everybody reads why."""
    dataset = dataset_here(request, key)
    release = release_here(dataset, number)
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(withdrawing.withdraw_release, release=release, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The release was withdrawn.")):
            _name_holders(request, release)
            return redirect("open_data:dataset", portal_slug=portal_of(request).slug, key=key)
    context = detail(request, dataset, release) | {"form": form}
    return render(request, template_of(dataset), context, status=UNPROCESSABLE)


def _name_holders(request: HttpRequest, release: Release) -> None:
    """Whoever withdraws for somebody's sake has to know where the same file still stands."""
    numbers = releases.holders_of(release)
    if numbers:
        told = {"numbers": ", ".join(map(str, numbers))}
        sentence = _("The same file still stands in release %(numbers)s. Withdraw it there too if it harms somebody.")
        messages.warning(request, sentence % told)


@needs(permissions.WITHDRAW, "POST")
def withdraw_all(request: HttpRequest, key: str) -> HttpResponse:
    """Take a dataset its producer brought out of the catalogue; its releases stay at their addresses."""
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    if dataset.origin != Dataset.Origin.BROUGHT or release is None:
        raise Http404("dataset")
    form = ReasonForm(request.POST, prefix=WHOLE)
    if form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(withdrawing.withdraw_dataset, dataset=dataset, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The dataset was taken out of the catalogue.")):
            return redirect("open_data:list", portal_slug=portal_of(request).slug)
    context = detail(request, dataset, release) | {"whole_form": form}
    return render(request, template_of(dataset), context, status=UNPROCESSABLE)
