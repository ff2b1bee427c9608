"""Asking something of the data desk: the forms, the receipt, the page of each, and the list everybody reads."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.middleware import OPENED_KEY
from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock, ids
from lumbung.core.base.errors import Refused, TooMany
from lumbung.core.events import queries as events
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.modules.open_data.actions import asking
from lumbung.modules.open_data.actions.asking import Sender, Sent
from lumbung.modules.open_data.events.askings import AskingSent
from lumbung.modules.open_data.forms.askings import AboutForm, CodeForm, RequestForm
from lumbung.modules.open_data.models import Asking, Dataset
from lumbung.modules.open_data.pages import asking_limits
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import asking_clocks, askings, catalogue, releases
from lumbung.modules.open_data.queries.askings import Words

PAGE_SIZE = 20
CODES_KEY = "data_codes"
KEPT_CODES = 10


@public()
def asking_list(request: HttpRequest) -> HttpResponse:
    """What was asked and what was answered, without who asked."""
    portal = portal_of(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Asking.Kind.values else ""
    found = askings.public_askings(portal, kind=kind)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": Asking.Kind.choices,
        "base": f"kind={kind}" if kind else "",
        "statistics": askings.statistics(portal, clock.local_day(clock.now()).year),
        "title_of": title_of,
    }
    return render(request, "open_data/askings.html", context)


def title_of(dataset: Dataset) -> str:
    """What a dataset is called in its newest release; its address where there is none."""
    listing = getattr(dataset, "listing", None)
    if listing is None:
        return dataset.key
    english = formatting.language_now() == "en"
    return str((listing.title_en if english else "") or listing.title_id)


@never_cache
@public("GET", "POST")
def send(request: HttpRequest) -> HttpResponse:
    """Ask for data, without an account; from a dataset that is not open, with its name."""
    portal = portal_of(request)
    key = request.POST.get("dataset") or request.GET.get("dataset", "")
    dataset = _known(request, key) if key else None
    form = RequestForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "dataset": dataset, "title": title_of(dataset) if dataset else ""}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        step = partial(
            asking.send,
            portal=portal,
            kind=Asking.Kind.DATA,
            dataset=dataset,
            words=Words(told["text"], told["why"]),
            sender=Sender(told["email"], formatting.language_now()),
            draft_key=told["draft_key"],
            now=clock.now(),
        )
        return _sent(request, form, step) or _again(request, "open_data/asking_send.html", context, form)
    return _again(request, "open_data/asking_send.html", context, form)


@never_cache
@public("GET", "POST")
def about(request: HttpRequest, key: str) -> HttpResponse:
    """Say that something is wrong in a dataset, ask to withdraw it, or ask its producer."""
    dataset = _known(request, key)
    kind = request.GET.get("kind", "")
    form = AboutForm(request.POST if request.method == "POST" else None, initial={"kind": kind or None})
    context: dict[str, Any] = {"form": form, "dataset": dataset, "title": title_of(dataset)}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        step = partial(
            asking.send,
            portal=portal_of(request),
            kind=Asking.Kind(told["kind"]),
            dataset=dataset,
            words=Words(told["text"], where=told["where"]),
            sender=Sender(told["email"], formatting.language_now()),
            draft_key=told["draft_key"],
            now=clock.now(),
        )
        return _sent(request, form, step) or _again(request, "open_data/asking_about.html", context, form)
    return _again(request, "open_data/asking_about.html", context, form)


def _known(request: HttpRequest, key: str) -> Dataset:
    dataset = catalogue.dataset_at(portal_of(request), key)
    if dataset is None or releases.last_of(dataset) is None:
        raise Http404("dataset")
    return dataset


def _again(request: HttpRequest, template: str, context: dict[str, Any], form: forms.Form) -> HttpResponse:
    return render(request, template, context, status=getattr(form, "status", UNPROCESSABLE) if form.is_bound else 200)


def _sent(request: HttpRequest, form: forms.Form, step: Callable[[], Sent]) -> HttpResponse | None:
    """Send what a valid form holds: on to the receipt, or back to the form with its sentence and all typed."""
    try:
        asking_limits.count(asking_limits.SEND, request, now=clock.now())
        done = step()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        form.status = refused.status if isinstance(refused, TooMany) else UNPROCESSABLE  # type: ignore[attr-defined]
        return None
    number = done.asking.number
    codes = {known: code for known, code in request.session.get(CODES_KEY, {}).items() if known != number}
    request.session[CODES_KEY] = dict(list({**codes, number: done.code}.items())[-KEPT_CODES:])
    _open_in_session(request, done.asking)
    return to(request, "asking-receipt", asking_number=number)


def _open_in_session(request: HttpRequest, found: Asking) -> None:
    opened = [key for key in request.session.get(OPENED_KEY, []) if key != str(found.pk)]
    request.session[OPENED_KEY] = [*opened, str(found.pk)][-20:]


@never_cache
@public()
def receipt(request: HttpRequest, asking_number: str) -> HttpResponse:
    """Number, code and fingerprint, for the browser that sent it; to be printed or kept."""
    codes = request.session.get(CODES_KEY, {})
    found = askings.by_number(portal_of(request), asking_number) if asking_number in codes else None
    if found is None:
        return to(request, "asking-code")
    code = codes[asking_number]
    context = {
        "asking": found,
        "code": ids.spaced_access_code(code),
        "link": request.build_absolute_uri(to(request, "asking-open", asking_code=code).url),
        "trace": events.trace_of(askings.SUBJECT, str(found.pk), AskingSent.key),
    }
    return render(request, "open_data/asking_receipt.html", context)


@public()
def asking_page(request: HttpRequest, asking_number: str) -> HttpResponse:
    """One thing somebody asked, and what became of it. Not looked through yet: its state only, but for its holder."""
    found = askings.by_number(portal_of(request), asking_number)
    if found is None:
        raise Http404("asking")
    holds_code = str(found.pk) in viewer_of(request).opened
    is_told = found.clearing == Asking.Clearing.PUBLIC and not (found.kind == Asking.Kind.TAKEDOWN and found.is_open)
    today = clock.local_day(clock.now())
    history = events.history_of(askings.SUBJECT, str(found.pk))
    context = {
        "asking": found,
        "is_told": is_told,
        "words": askings.public_words(found) if is_told else None,
        "own_words": askings.words_of(found) if holds_code else None,
        "title": title_of(found.dataset) if found.dataset and (is_told or holds_code) else "",
        "given_title": title_of(found.given) if found.given else "",
        "deadlines": asking_clocks.deadlines_of(found),
        "days_left": asking_clocks.days_left([found], today).get(found.number),
        "objection_until": asking_clocks.objection_until(found),
        "history": [{"at": entry.on, "title": entry.sentence} for entry in reversed(history)],
        "shows_all": is_told or holds_code or found.clearing == Asking.Clearing.HIDDEN,
    }
    return render(request, "open_data/asking.html", context)


@never_cache
@public("GET", "POST")
def open_with_code(request: HttpRequest, asking_code: str = "") -> HttpResponse:
    """Exchange a code for this session, so that it leaves the address at once."""
    typed = asking_code or request.POST.get("code")
    form = CodeForm({"code": typed} if typed is not None else None)
    if form.is_valid():
        asking_limits.count(asking_limits.GUESS_CODE, request, now=clock.now())
        found = askings.by_code(portal_of(request), form.cleaned_data["code"])
        if found is not None:
            asking_limits.was_no_guess(request, now=clock.now())
            request.session.cycle_key()
            _open_in_session(request, found)
            return to(request, "asking", asking_number=found.number)
        form.add_error("code", _("Nothing here has this access code. Check the letters on your receipt."))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "open_data/asking_code.html", {"form": form}, status=status)
