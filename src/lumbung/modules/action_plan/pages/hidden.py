"""Hidden words: the list everybody reads, and the desk where words are hidden, confirmed, shown again, erased."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import hiding
from lumbung.modules.action_plan.forms.intake import ReasonForm
from lumbung.modules.action_plan.models import Hiding, Plan
from lumbung.modules.action_plan.pages.making import title_of_role
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, plan_here, to
from lumbung.modules.action_plan.queries import hidden, intake

UPHOLD = "uphold"


@public()
def hidden_words(request: HttpRequest, plan_key: str) -> HttpResponse:
    """What was hidden of a plan: who did it, when and why, and what a second person decided."""
    plan = plan_here(request, plan_key)
    return render(request, "action_plan/hidden.html", {"plan": plan, "rows": _rows(plan)})


def _rows(plan: Plan) -> list[dict[str, object]]:
    found = hidden.hidings_of(plan)
    return [
        {"hiding": each, "by": title_of_role(each.hidden_role), "decided_by": _role(each.decided_role)}
        for each in found
    ]


def _role(key: str) -> object:
    return title_of_role(key) if key else ""


@never_cache
@needs(permissions.DESK)
def hidden_desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """What waits for a second person, what may be erased, and everything that can be hidden."""
    plan, viewer = plan_here(request, plan_key), viewer_of(request)
    account = viewer.account.pk if viewer.account else None

    def may(verb: str, each: Hiding) -> bool:
        return permissions.role_over_words(viewer, verb, plan, each.member) is not None

    rows = [
        row
        | {
            "decides": each.is_upheld is None and each.hidden_by_id != account and may(permissions.APPROVE, each),
            "erases": bool(each.is_upheld) and each.erased_at is None and may(permissions.CONSULT, each),
        }
        for row in _rows(plan)
        if isinstance(each := row["hiding"], Hiding)
    ]
    hides = permissions.role_over_words(viewer, permissions.CONSULT, plan, None) is not None
    context = {
        "plan": plan,
        "rows": rows,
        "words": hidden.words_of_plan(plan) if hides else [],
        "items": intake.public_items(plan) if hides else [],
        "hides": hides,
    }
    return render(request, "action_plan/hidden_desk.html", context)


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def hide(request: HttpRequest, plan_key: str, text_kind: str, subject: str) -> HttpResponse:
    """The words as they stand, and the reason why nobody is to read them."""
    plan = plan_here(request, plan_key)
    words = hidden.words_at(plan, text_kind, subject)
    if words is None or not words.is_there:
        raise Http404("words")
    permissions.required_over_words(viewer_of(request), permissions.CONSULT, plan, words.member)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(hiding.hide_text, words=words, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("Hidden. A second person confirms it, or shows the words again.")):
            return to(request, "hidden-desk", plan_key=plan.pk)
    context = {"plan": plan, "words": words, "form": form}
    return render(request, "action_plan/hide.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.APPROVE, "POST")
def decide(request: HttpRequest, plan_key: str, hiding_id: str) -> HttpResponse:
    """The second person keeps words hidden, or shows them again."""
    found = _found(request, plan_key, hiding_id)
    upheld = request.POST.get("decision") == UPHOLD
    step = partial(hiding.decide_hiding, hiding=found, upheld=upheld, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Decided. The decision stands in the public log."))
    return to(request, "hidden-desk", plan_key=found.plan_id)


@needs(permissions.CONSULT, "POST")
def erase(request: HttpRequest, plan_key: str, hiding_id: str) -> HttpResponse:
    """Destroy words that two persons hid."""
    found = _found(request, plan_key, hiding_id)
    step = partial(hiding.erase_hidden, hiding=found, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The words are erased. That they stood there and why they went stays public."))
    return to(request, "hidden-desk", plan_key=found.plan_id)


def _found(request: HttpRequest, plan_key: str, hiding_id: str) -> Hiding:
    found = hidden.hiding_by_id(plan_here(request, plan_key), hiding_id)
    if found is None:
        raise Http404("hiding")
    return found
