"""The desk for what people ask: the inbox, and one of them with every step open to whoever looks."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted
from lumbung.core.organisations import queries as organisations
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import saved
from lumbung.kernels import personal_data
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import asking_answers, asking_clearing
from lumbung.modules.open_data.actions.asking_answers import Answer
from lumbung.modules.open_data.forms.askings import (
    AnswerForm,
    ClearForm,
    HandForm,
    PublicReasonForm,
    ReleaseForm,
    WithdrawForm,
)
from lumbung.modules.open_data.models import Asking
from lumbung.modules.open_data.pages.askings import title_of
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import asking_clocks, askings
from lumbung.modules.open_data.queries.askings import Words

SAID = {
    "clear": gettext_lazy("%(number)s is public now."),
    "hide": gettext_lazy("%(number)s is hidden. It stays counted."),
    "hand": gettext_lazy("%(number)s was handed over."),
    "extend": gettext_lazy("The time limit of %(number)s was extended."),
    "answer": gettext_lazy("%(number)s is answered."),
    "withdraw": gettext_lazy("The release was withdrawn and %(number)s is answered."),
    "mend": gettext_lazy("It is told beside the dataset."),
}


@never_cache
@needs(permissions.ANSWER)
def asking_desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person, what harms somebody first, then what is due first."""
    portal, viewer = portal_of(request), viewer_of(request)
    waiting = askings.waiting_for(viewer, portal)
    context = {
        "waiting": waiting,
        "days_left": asking_clocks.days_left(waiting, clock.local_day(clock.now())),
        "answered": askings.answered_lately(portal),
        "title_of": title_of,
    }
    return render(request, "open_data/asking_desk.html", context)


@never_cache
@needs(permissions.ANSWER, "GET", "POST")
def asking_work(request: HttpRequest, asking_number: str) -> HttpResponse:
    """One thing somebody asked: look through, hand over, extend, answer, withdraw."""
    found = askings.by_number(portal_of(request), asking_number)
    if found is None:
        raise Http404("asking")
    viewer = viewer_of(request)
    is_steward = permissions.sees_whole_desk(viewer, found.portal.region_id)
    if asking_answers.answering_role(viewer, found) is None or (not is_steward and found.clearing == "waiting"):
        raise NotPermitted(
            "asking-not-yours", _("Another agency answers this. Ask the data steward to hand it to you.")
        )
    step = request.POST.get("step", "")
    words = _words(request, found) if is_steward else None
    told = _forms(request, found, words, step)
    if step in told and told[step].is_valid():
        done = _steps(request, found, told)[step]
        if saved(request, told[step], done, said=SAID[step] % {"number": found.number}):
            return to(request, "asking-work", asking_number=found.number)
    context = {
        "asking": found,
        "words": words,
        "pieces": personal_data.pieces(words.text) if words else [],
        "public": askings.public_words(found),
        "title": title_of(found.dataset) if found.dataset else "",
        "forms": told,
        "step": step,
        "is_steward": is_steward,
        "may_extend": asking_clocks.may_be_extended(found),
        "days_left": asking_clocks.days_left([found], clock.local_day(clock.now())).get(found.number),
    }
    return render(request, "open_data/asking_work.html", context, status=UNPROCESSABLE if step else 200)


def _words(request: HttpRequest, found: Asking) -> Words | None:
    """The sealed words, each opening of them written down."""
    if request.method == "POST":
        return askings.words_of(found)
    return asking_clearing.open_words(found=found, by=viewer_of(request), now=clock.now())


def _forms(request: HttpRequest, found: Asking, words: Words | None, step: str) -> dict[str, forms.Form]:
    """One form a step; only the one that was sent is bound."""

    def sent(name: str) -> Any:
        return request.POST if step == name else None

    agencies = organisations.agencies_of(found.portal.region_id, day=clock.local_day(clock.now()))
    proposed = {name: personal_data.mask_with_names(getattr(words, name)) for name in ("text", "why", "where") if words}
    told: dict[str, forms.Form] = {
        "clear": ClearForm(sent("clear"), initial=proposed),
        "hide": PublicReasonForm(sent("hide"), prefix="hide"),
        "hand": HandForm(sent("hand"), agencies=agencies, prefix="hand"),
        "extend": PublicReasonForm(sent("extend"), prefix="extend"),
        "answer": AnswerForm(sent("answer"), found=found, prefix="answer"),
    }
    for name in ("where", "why"):
        if words is not None and not getattr(words, name):
            del told["clear"].fields[name]
    if found.dataset is not None:
        told["withdraw"] = WithdrawForm(sent("withdraw"), found=found, prefix="withdraw")
        told["mend"] = ReleaseForm(sent("mend"), found=found, prefix="mend")
    return told


def _steps(request: HttpRequest, found: Asking, told: dict[str, forms.Form]) -> dict[str, Callable[[], object]]:
    """What each form does, with what was typed in it."""
    by, now = viewer_of(request), clock.now()

    def typed(name: str) -> dict[str, Any]:
        return getattr(told[name], "cleaned_data", {})

    return {
        "clear": lambda: asking_clearing.clear(found=found, words=Words(**typed("clear")), by=by, now=now),
        "hide": lambda: asking_clearing.hide(found=found, by=by, now=now, **typed("hide")),
        "hand": lambda: asking_answers.hand_to(found=found, by=by, now=now, **typed("hand")),
        "extend": lambda: asking_answers.extend(found=found, by=by, now=now, **typed("extend")),
        "answer": lambda: asking_answers.give_answer(found=found, answer=_answer(typed("answer")), by=by, now=now),
        "withdraw": lambda: asking_answers.withdraw_and_answer(found=found, by=by, now=now, **typed("withdraw")),
        "mend": lambda: asking_answers.mark_mended(found=found, by=by, now=now, **typed("mend")),
    }


def _answer(typed: dict[str, Any]) -> Answer:
    return Answer(Asking.Outcome(typed["outcome"]), typed["text"], typed.get("legal_basis", ""), typed.get("given"))
