"""What a steward does on the page of a dataset: publish a declared table now, withdraw a release."""

from functools import partial

from django.http import HttpRequest, HttpResponse
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
from lumbung.modules.open_data.pages.catalogue import dataset_here, detail, release_here, template_of

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
            return redirect("open_data:dataset", portal_slug=portal_of(request).slug, key=key)
    context = detail(request, dataset, release) | {"form": form}
    return render(request, template_of(dataset), context, status=UNPROCESSABLE)
