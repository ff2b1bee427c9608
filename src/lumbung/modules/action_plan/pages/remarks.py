"""The public discussion of a commitment: sending a remark, its page, and the agency's answer."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.action_plan import permissions, queries
from lumbung.modules.action_plan.actions import remarks as actions
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.forms.intake import RemarkForm
from lumbung.modules.action_plan.forms.monitoring import WordsForm
from lumbung.modules.action_plan.models import Clearing, Commitment, Remark
from lumbung.modules.action_plan.pages import receipts
from lumbung.modules.action_plan.pages.monitoring import commitment_here
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, plan_here
from lumbung.modules.action_plan.pages.sayings import form_page
from lumbung.modules.action_plan.queries import remarks
from lumbung.modules.action_plan.queries.intake import Words


@never_cache
@public("GET", "POST")
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something about a commitment, without an account."""
    commitment = queries.public_commitment(portal_of(request), slug)
    if commitment is None:
        raise Http404("commitment")
    form = RemarkForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        answer = receipts.sent(request, form, partial(_send, commitment, form))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {"plan": commitment.plan, "commitment": commitment, "form": form}
    return render(request, "action_plan/remark_send.html", context, status=status)


def _send(commitment: Commitment, form: RemarkForm) -> Sent:
    told = form.cleaned_data
    words = Words(told["text"], institution=told["institution"])
    key, now = told["draft_key"], clock.now()
    return actions.send_remark(commitment=commitment, words=words, draft_key=key, by=NOBODY, now=now)


def _remark_or_404(request: HttpRequest, plan_key: str, number: str) -> Remark:
    found = remarks.remark_in(plan_here(request, plan_key), number)
    if found is None:
        raise Http404("remark")
    return found


@public()
def remark_page(request: HttpRequest, plan_key: str, remark_number: str) -> HttpResponse:
    """One remark and every answer to it."""
    remark = _remark_or_404(request, plan_key, remark_number)
    history = events.history_of("remark", str(remark.pk))
    context = {
        "plan": remark.plan,
        "remark": remark,
        "commitment": remark.commitment,
        "is_public": remark.clearing == Clearing.PUBLIC,
        "history": [{"at": entry.on, "title": entry.sentence} for entry in reversed(history)],
        "own_words": receipts.own_words(request, remark),
    }
    return render(request, "action_plan/remark.html", context)


@never_cache
@needs(permissions.APPROVE_REPORT, "GET", "POST")
def answer(request: HttpRequest, monitored: str, slug: str, remark_number: str) -> HttpResponse:
    """The agency in charge answers a remark."""
    commitment = commitment_here(request, monitored, slug)
    permissions.required_in_charge(viewer_of(request), permissions.APPROVE_REPORT, commitment)
    remark = _remark_or_404(request, monitored, remark_number)
    if remark.commitment_id != commitment.pk or remark.clearing != Clearing.PUBLIC:
        raise Http404("remark")
    hint = _("Everybody reads it beside the remark, and it stays. Name nobody.")
    form = WordsForm(request.POST or None, label=_("Answer"), hint=hint)

    def step() -> object:
        words = form.cleaned_data["words"]
        return actions.answer_remark(remark=remark, words=words, by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("Answer the remark %(number)s") % {"number": remark.number},
        "explained": _("You answer for your agency."),
        "about": remark.public_text,
        "pressing": _("Publish the answer"),
        "said": _("The answer is public."),
    }
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)
