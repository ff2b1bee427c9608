"""The receipt of an idea or comment, and what its code opens."""

import uuid
from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.middleware import OPENED_KEY
from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock, ids, sealing
from lumbung.core.base.errors import NotPermitted, Refused, TooMany
from lumbung.core.events import queries as events
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.events.consultation import CommentSent
from lumbung.modules.action_plan.events.ideas import IdeaSent
from lumbung.modules.action_plan.events.remarks import RemarkSent
from lumbung.modules.action_plan.forms.intake import CodeForm
from lumbung.modules.action_plan.models import Channel, Idea, Remark
from lumbung.modules.action_plan.pages import intake_limits
from lumbung.modules.action_plan.pages.places import SEE_OTHER, UNPROCESSABLE, address_here, plan_here, to
from lumbung.modules.action_plan.queries import intake
from lumbung.modules.action_plan.queries.intake import Item, Words

CODES_KEY = "plan_codes"
KEPT_CODES = 10
# Keyed fingerprints of what this browser sent, with the key of the form it was sent by.
SENT_KEY = "plan_sent"


def give_receipt(request: HttpRequest, sent: Sent) -> HttpResponse:
    """On to the receipt. What was entered for somebody else is shown once and never opened in this browser."""
    codes = {number: code for number, code in request.session.get(CODES_KEY, {}).items() if number != sent.item.number}
    request.session[CODES_KEY] = dict(list({**codes, sent.item.number: sent.code}.items())[-KEPT_CODES:])
    if sent.item.channel == Channel.ONLINE:
        open_in_session(request, sent.item)
    return to(request, "intake-receipt", plan_key=sent.item.plan_id, item_number=sent.item.number)


def sent(request: HttpRequest, form: forms.Form, step: Callable[[], Sent]) -> HttpResponse | int:
    """Send what a valid form holds: on to the receipt, or the status of the form with its sentence and all typed."""
    try:
        intake_limits.count_sending(request, now=clock.now())
        known = _sent_before(request, form)
        done = step()
    except NotPermitted:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return refused.status if isinstance(refused, TooMany) else UNPROCESSABLE
    request.session[SENT_KEY] = dict(list({**known, _digest(request, form): str(done.item.draft_key)}.items())[-10:])
    return give_receipt(request, done)


def _sent_before(request: HttpRequest, form: forms.Form) -> dict[str, str]:
    """Whoever goes back and presses again sends the same thing: the key of this browser's first press counts.

    An officer enters what others brought, and two people may bring the same words: there each press is its own.
    """
    known: dict[str, str] = request.session.get(SENT_KEY, {})
    first = known.get(_digest(request, form))
    if first and "channel" not in form.fields:
        form.cleaned_data["draft_key"] = uuid.UUID(first)
    return known


def _digest(request: HttpRequest, form: forms.Form) -> str:
    told = "\n".join(f"{name}={value}" for name, value in form.cleaned_data.items() if name != "draft_key")
    return sealing.blind_index(f"{request.path}\n{told}", purpose="plan-sent")


def open_in_session(request: HttpRequest, item: Item) -> None:
    """Remember that this browser showed the code."""
    opened = [key for key in request.session.get(OPENED_KEY, []) if key != str(item.pk)]
    request.session[OPENED_KEY] = [*opened, str(item.pk)][-20:]


def holds_code(request: HttpRequest, item: Item) -> bool:
    """Whether this browser showed its code."""
    return str(item.pk) in viewer_of(request).opened


def own_words(request: HttpRequest, item: Item) -> Words | None:
    """The words as sent, for whoever holds the code."""
    return intake.words_of(item) if holds_code(request, item) else None


@never_cache
@public()
def receipt(request: HttpRequest, plan_key: str, item_number: str) -> HttpResponse:
    """Number, code, QR and fingerprint, for the browser that sent it; to be printed or kept."""
    plan = plan_here(request, plan_key)
    codes = request.session.get(CODES_KEY, {})
    item = intake.item_by_number(plan, item_number) if item_number in codes else None
    if item is None:
        return to(request, "intake-code", plan_key=plan.pk)
    code = codes[item_number]
    if item.channel != Channel.ONLINE:
        request.session[CODES_KEY] = {number: kept for number, kept in codes.items() if number != item_number}
    link = request.build_absolute_uri(address_here(request, "intake-open", plan_key=plan.pk, code=code))
    context = {
        "plan": plan,
        "item": item,
        "is_idea": isinstance(item, Idea),
        "is_remark": isinstance(item, Remark),
        "code": ids.spaced_access_code(code),
        "link": link,
        "trace": events.trace_of(intake.kind_of(item), str(item.pk), _sent_key(item)),
        "page_url": page_of(request, item),
        "is_handed_over": item.channel != Channel.ONLINE,
    }
    return render(request, "action_plan/intake_receipt.html", context)


def _sent_key(item: Item) -> str:
    if isinstance(item, Remark):
        return RemarkSent.key
    return IdeaSent.key if isinstance(item, Idea) else CommentSent.key


def page_of(request: HttpRequest, item: Item) -> str:
    """The public page of an idea, comment or remark."""
    if isinstance(item, Remark):
        return address_here(request, "remark", plan_key=item.plan_id, remark_number=item.number)
    if isinstance(item, Idea):
        return address_here(request, "idea", plan_key=item.plan_id, idea_number=item.number)
    return address_here(request, "comment", plan_key=item.plan_id, comment_number=item.number)


@never_cache
@public("GET", "POST")
def open_with_code(request: HttpRequest, plan_key: str, code: str = "") -> HttpResponse:
    """Exchange a code for this session, so that it leaves the address at once."""
    plan = plan_here(request, plan_key)
    typed = code or request.POST.get("code")
    form = CodeForm({"code": typed} if typed is not None else None)
    if form.is_valid():
        intake_limits.count_guess(request, now=clock.now())
        item = intake.item_by_code(plan, form.cleaned_data["code"])
        if item is not None:
            intake_limits.was_no_guess(request, now=clock.now())
            request.session.cycle_key()
            open_in_session(request, item)
            return HttpResponseRedirect(page_of(request, item), status=SEE_OTHER)
        form.add_error("code", _("Nothing in this plan has this access code. Check the letters on your receipt."))
    context = {"plan": plan, "form": form}
    return render(request, "action_plan/intake_code.html", context, status=UNPROCESSABLE if form.is_bound else 200)
