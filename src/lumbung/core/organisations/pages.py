"""Organisations: a public page of each, and the pages of the administrator."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.organisations import actions, forms, queries
from lumbung.core.organisations.models import Organisation
from lumbung.core.organisations.permissions import EDIT

PAGE_SIZE = 100
SEE_OTHER, UNPROCESSABLE = 303, 422


@public()
def public_list(request: HttpRequest) -> HttpResponse:
    """Who does what in a portal's region."""
    found = queries.listed_in(_region_of(request), day=clock.local_day(clock.now()))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "organisations/public_list.html", {"page": page})


@public()
def public_page(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: what it is, what it belongs to, since when, and its history."""
    found = _organisation(code)
    region = _region_of(request)
    if found.region_id != region and not found.region_id.startswith(f"{region}."):
        raise Http404("organisation")
    return render(request, "organisations/public_page.html", _told(found))


def _region_of(request: HttpRequest) -> str:
    # Portals stand above organisations: the middleware has put the portal on the request.
    return str(request.portal.region_id)  # type: ignore[attr-defined]


def _organisation(code: str) -> Organisation:
    found = queries.by_code(code)
    if found is None:
        raise Http404("organisation")
    return found


def _told(organisation: Organisation) -> dict[str, Any]:
    history = events.history_of("organisation", organisation.pk)
    return {
        "organisation": organisation,
        "children": queries.organisations_on(clock.local_day(clock.now())).filter(parent=organisation),
        "history": [(entry.on, entry.sentence) for entry in reversed(history)],
    }


@needs(EDIT)
def manage(request: HttpRequest) -> HttpResponse:
    """Every organisation, also those that ended."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    page = Paginator(queries.all_for(viewer_of(request), words=words), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "organisations/manage.html", {"page": page, "words": words})


@needs(EDIT)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation as its editor sees it."""
    return render(request, "organisations/detail.html", _told(_organisation(code)))


@needs(EDIT, "GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    form = forms.AddForm(request.POST or None, today=clock.local_day(clock.now()))

    def step() -> Organisation:
        data = form.cleaned_data
        return actions.add_organisation(
            code=data["code"],
            region_code=data["region"].pk,
            since=data["since"],
            facts=form.facts,
            by=viewer_of(request),
            now=clock.now(),
        )

    return _saved(request, form, step) or _form_page(request, form, "organisations/add.html")


@needs(EDIT, "GET", "POST")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an organisation."""
    found = _organisation(code)
    names = ("name_id", "name_en", "kind", "agency_kind", "parent")
    initial = {name: getattr(found, name) for name in names}
    initial["seen"] = queries.mark_of(found)
    form = forms.ChangeForm(request.POST or None, initial=initial, today=clock.local_day(clock.now()))

    def step() -> Organisation:
        seen, by = form.cleaned_data["seen"], viewer_of(request)
        try:
            return actions.change_organisation(organisation=found, facts=form.facts, seen=seen, by=by, now=clock.now())
        except Refused:
            form.show_again(seen=queries.mark_of(_organisation(code)))
            raise

    return _saved(request, form, step) or _form_page(request, form, "organisations/change.html", found)


@needs(EDIT, "GET", "POST")
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Give an organisation its last day."""
    found = _organisation(code)
    form = forms.EndForm(request.POST or None)

    def step() -> Organisation:
        return actions.close_organisation(
            organisation=found, on=form.cleaned_data["on"], by=viewer_of(request), now=clock.now()
        )

    return _saved(request, form, step) or _form_page(request, form, "organisations/end.html", found)


def _saved(
    request: HttpRequest, form: django_forms.Form, step: Callable[[], Organisation]
) -> HttpResponseRedirect | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        changed = step()
    except NotPermitted:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    messages.success(request, _("Saved. The change stands in the history."))
    address = reverse("organisations:detail", kwargs={"code": changed.pk})
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _form_page(
    request: HttpRequest, form: django_forms.Form, template: str, organisation: Organisation | None = None
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form, "organisation": organisation}, status=status)
