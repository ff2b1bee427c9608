"""Receipts of what an officer entered for others: a sheet of slips to print, cut and hand out. Codes are shown once."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import ids
from lumbung.core.events import queries as events
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.events.consultation import CommentSent
from lumbung.modules.action_plan.models import Comment, Consultation, Plan
from lumbung.modules.action_plan.pages.consultation import test_here
from lumbung.modules.action_plan.pages.places import address_here
from lumbung.modules.action_plan.queries import consultations

SLIPS_KEY = "plan_slips"
# A sheet of the template holds so many rows; a page prints so many slips, the others follow with the next press.
MOST_KEPT, MOST_SHOWN = 500, 40


def keep_for_slips(request: HttpRequest, test: Consultation, done: Iterable[Sent]) -> None:
    """Hold the codes of what was entered now, until this browser has printed them."""
    codes = {**_kept(request, test), **{sent.item.number: sent.code for sent in done if sent.is_new}}
    _keep(request, test, dict(list(codes.items())[-MOST_KEPT:]))


def waiting_slips(request: HttpRequest, test: Consultation) -> int:
    """How many receipts were not printed yet."""
    return len(_kept(request, test))


def _kept(request: HttpRequest, test: Consultation) -> dict[str, str]:
    known: dict[str, str] = request.session.get(SLIPS_KEY, {}).get(str(test.pk), {})
    return known


def _keep(request: HttpRequest, test: Consultation, codes: dict[str, str]) -> None:
    request.session[SLIPS_KEY] = {**request.session.get(SLIPS_KEY, {}), str(test.pk): codes}


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def slips(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """Say how many wait; a press shows them, and from then on nobody sees these codes again."""
    plan, test = test_here(request, plan_key, test_id)
    permissions.required_in_member(viewer_of(request), permissions.CONSULT, test.member)
    codes = _kept(request, test)
    shown: list[dict[str, Any]] = []
    if request.method == "POST":
        now_shown = dict(list(codes.items())[:MOST_SHOWN])
        codes = {number: code for number, code in codes.items() if number not in now_shown}
        _keep(request, test, codes)
        shown = [_slip(request, plan, comment, now_shown[comment.number]) for comment in _comments(test, now_shown)]
    place = request.build_absolute_uri(address_here(request, "intake-code", plan_key=plan.pk))
    context = {"plan": plan, "test": test, "slips": shown, "waiting": len(codes), "most": MOST_SHOWN, "place": place}
    return render(request, "action_plan/slips.html", context)


def _comments(test: Consultation, numbers: Iterable[str]) -> Iterable[Comment]:
    return consultations.comments_of(test).filter(number__in=list(numbers)).order_by("number")


def _slip(request: HttpRequest, plan: Plan, comment: Comment, code: str) -> dict[str, Any]:
    return {
        "comment": comment,
        "code": ids.spaced_access_code(code),
        "link": request.build_absolute_uri(address_here(request, "intake-open", plan_key=plan.pk, code=code)),
        "trace": events.trace_of("comment", str(comment.pk), CommentSent.key),
    }
