"""The class of a dataset and its consequence test; announcing what waits for its day."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import classifying
from lumbung.modules.open_data.actions.classifying import Consequence
from lumbung.modules.open_data.forms.sharing import ClassForm
from lumbung.modules.open_data.letters.followers import name_of
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, dataset_of_desk, draft_here, leads_on, to


@never_cache
@needs(permissions.CHECK, "GET", "POST")
def classify(request: HttpRequest, key: str) -> HttpResponse:
    """Open, restricted or excluded."""
    dataset = dataset_of_desk(request, key)
    permissions.required_in(viewer_of(request), permissions.CHECK, dataset)
    form = ClassForm(request.POST if request.method == "POST" else None, initial={"access": dataset.access})
    if form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        access = Dataset.Access(told["access"])
        test = _consequence(told) if access == Dataset.Access.EXCLUDED else None
        step = partial(classifying.classify, dataset=dataset, access=access, test=test, by=by, now=now)
        if saved(request, form, step, said=_("The class was changed. It holds for releases to come.")):
            return to(request, "classify", key=key)
    tests = list(dataset.consequence_tests.all())
    context = {"dataset": dataset, "title": name_of(dataset), "form": form, "tests": tests}
    return render(request, "open_data/classify.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _consequence(told: dict[str, Any]) -> Consequence:
    names = ("harm", "law", "decided_by", "decided_on", "document", "until")
    return Consequence(**{name: told[name] for name in names})


@needs(permissions.PUBLISH, "POST")
@leads_on
def announce(request: HttpRequest, key: str) -> HttpResponse:
    """Describe in public what waits for its day."""
    draft = draft_here(request, key)
    step = partial(classifying.announce, draft=draft, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("It is announced. Its rows stay closed until its day."))
    return to(request, "draft", key=key)
