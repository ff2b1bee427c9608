"""Following a dataset or all data of a portal: by mail, with a feed reader, or with a program."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.core.web.pressing import pressed
from lumbung.modules.open_data.actions import following, hooks
from lumbung.modules.open_data.forms.following import FollowForm, HookForm
from lumbung.modules.open_data.letters import followers as letters
from lumbung.modules.open_data.models import Dataset, Hook
from lumbung.modules.open_data.pages import asking_limits
from lumbung.modules.open_data.pages.catalogue import dataset_here
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import followers


@never_cache
@public("GET", "POST")
def follow(request: HttpRequest, key: str = "") -> HttpResponse:
    """Type an address; its owner confirms by mail. The answer is the same for an address that follows already."""
    dataset = _dataset(request, key)
    form = FollowForm(request.POST or None)
    asked = form.is_valid()
    if asked:
        asking_limits.count(asking_limits.FOLLOW, request, now=clock.now())
        following.ask_to_follow(
            portal=portal_of(request),
            dataset=dataset,
            email=form.cleaned_data["email"],
            language=formatting.language_now(),
            now=clock.now(),
        )
    context = {"dataset": dataset, "title": letters.name_of(dataset), "form": None if asked else form}
    status = UNPROCESSABLE if form.is_bound and not asked else 200
    return render(request, "open_data/follow.html", context, status=status)


def _dataset(request: HttpRequest, key: str) -> Dataset | None:
    return dataset_here(request, key) if key else None


@never_cache
@public("GET", "POST")
def follow_by_program(request: HttpRequest, key: str = "") -> HttpResponse:
    """Register the address of a program."""
    dataset = _dataset(request, key)
    form = HookForm(request.POST or None)
    asked = form.is_valid() and _registered(request, form, dataset)
    context = {"dataset": dataset, "title": letters.name_of(dataset), "form": None if asked else form}
    status = UNPROCESSABLE if form.is_bound and not asked else 200
    return render(request, "open_data/follow_program.html", context, status=status)


def _registered(request: HttpRequest, form: HookForm, dataset: Dataset | None) -> bool:
    asking_limits.count(asking_limits.FOLLOW, request, now=clock.now())
    told, now = form.cleaned_data, clock.now()
    language = formatting.language_now()
    try:
        hooks.ask(
            portal=portal_of(request),
            dataset=dataset,
            address=told["address"].strip(),
            email=told["email"],
            language=language,
            now=now,
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


@never_cache
@public("GET", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: a page asks once more, since mail scanners open links; a post confirms or stops."""
    found = followers.by_token(token)
    if found is None or found.portal_id != portal_of(request).pk:
        return render(request, "open_data/follow_confirm.html", {"found": None}, status=404)
    secret = ""
    if request.method == "POST" and isinstance(found, Hook):
        if request.POST.get("step") == "stop":
            found = hooks.stop(token=token, now=clock.now())
        else:
            found, secret = hooks.confirm(token=token, now=clock.now())
    elif request.method == "POST":
        step = partial(following.confirm, token=token, now=clock.now())
        pressed(request, step, said=_("You follow it now. Each message has a link to stop."))
        return to(request, "dataset", key=found.dataset.key) if found.dataset else to(request, "list")
    context = {
        "found": found,
        "about": letters.about(found),
        "is_hook": isinstance(found, Hook),
        "secret": secret,
        "messages_sent": followers.last_messages(found) if isinstance(found, Hook) else [],
    }
    return render(request, "open_data/follow_confirm.html", context)
