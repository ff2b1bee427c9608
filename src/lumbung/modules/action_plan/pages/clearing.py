"""Clearing what people sent: what waits, one after the other, with personal data marked where it stands."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import saved
from lumbung.kernels import personal_data
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import clearing
from lumbung.modules.action_plan.forms.intake import ClearingForm, ReasonForm
from lumbung.modules.action_plan.models import Comment, Idea, Plan
from lumbung.modules.action_plan.pages.places import SEE_OTHER, UNPROCESSABLE, address_here, plan_here, to
from lumbung.modules.action_plan.queries import intake
from lumbung.modules.action_plan.queries.intake import Item, Words

HIDE = "hide"
KINDS = {"idea": gettext_lazy("Idea"), "comment": gettext_lazy("Comment"), "remark": gettext_lazy("Remark")}


@never_cache
@needs(permissions.CONSULT)
def clearing_queue(request: HttpRequest, plan_key: str) -> HttpResponse:
    """What nobody has cleared yet, of the governments this officer works for."""
    plan = plan_here(request, plan_key)
    permissions.required_over_words(viewer_of(request), permissions.CONSULT, plan, None)
    context = {"plan": plan, "rows": [(item, KINDS[intake.kind_of(item)]) for item in _mine(request, plan)]}
    return render(request, "action_plan/clearing.html", context)


def _mine(request: HttpRequest, plan: Plan) -> list[Item]:
    viewer, found = viewer_of(request), []
    for item in intake.waiting_items(plan):
        member = intake.member_of(item)
        if member is None or permissions.role_over_words(viewer, permissions.CONSULT, plan, member):
            found.append(item)
    return found


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def clear_item(request: HttpRequest, plan_key: str, item_number: str) -> HttpResponse:
    """The words as sent beside what the public will read; clear them, or hide them with a reason."""
    plan = plan_here(request, plan_key)
    item = intake.item_by_number(plan, item_number)
    if item is None:
        raise Http404("item")
    viewer = viewer_of(request)
    permissions.required_over_words(viewer, permissions.CONSULT, plan, intake.member_of(item))
    hides = request.method == "POST" and request.POST.get("step") == HIDE
    clears = request.method == "POST" and not hides
    hide_form = ReasonForm(request.POST if hides else None, prefix="hide")
    words = clearing.open_words(item=item, by=viewer, now=clock.now()) if not request.POST else intake.words_of(item)
    form = ClearingForm(request.POST if clears else None, initial=_proposed(item, words))
    if not isinstance(item, Idea):
        del form.fields["title"]
    if clears and form.is_valid() and _cleared(request, item, form):
        return _onward(request, plan)
    if hides and hide_form.is_valid() and _hidden(request, item, hide_form):
        return _onward(request, plan)
    context = {
        "plan": plan,
        "item": item,
        "is_idea": isinstance(item, Idea),
        "has_quote": isinstance(item, Comment),
        "words": words,
        "pieces": personal_data.pieces(words.text) if words else [],
        "form": form,
        "hide_form": hide_form,
        "hides": hides,
        "answered": intake.is_answered(item),
    }
    return render(request, "action_plan/clearing_item.html", context, status=UNPROCESSABLE if request.POST else 200)


def _proposed(item: Item, words: Words | None) -> dict[str, str]:
    """What is public already, or the words as sent without what was found in them."""
    if item.public_text:
        title = item.public_title if isinstance(item, Idea) else ""
        return {"title": title, "text": item.public_text, "institution": item.institution}
    if words is None:
        return {}
    fields = ("title", "text", "institution")
    return {field: personal_data.mask_with_names(getattr(words, field)) for field in fields}


def _cleared(request: HttpRequest, item: Item, form: ClearingForm) -> bool:
    told = form.cleaned_data
    words = Words(told["text"], told.get("title", ""), told["institution"])
    step = partial(clearing.clear_words, item=item, words=words, by=viewer_of(request), now=clock.now())
    return saved(request, form, step, said=_("%(number)s is public now.") % {"number": item.number})


def _hidden(request: HttpRequest, item: Item, form: ReasonForm) -> bool:
    reason = form.cleaned_data["reason"]
    step = partial(clearing.hide_words, item=item, reason=reason, by=viewer_of(request), now=clock.now())
    return saved(request, form, step, said=_("%(number)s is hidden. It stays counted.") % {"number": item.number})


def _onward(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The next one that waits, or the empty queue."""
    waiting = _mine(request, plan)
    if not waiting:
        return to(request, "clearing", plan_key=plan.pk)
    address = address_here(request, "clearing-item", plan_key=plan.pk, item_number=waiting[0].number)
    return HttpResponseRedirect(address, status=SEE_OTHER)
