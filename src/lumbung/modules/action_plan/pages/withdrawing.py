"""Giving a plan up before anything of it was enacted: asked for here, decided on its desk."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import withdrawing
from lumbung.modules.action_plan.forms.stages import WithdrawForm
from lumbung.modules.action_plan.models import Plan, PlanWithdrawal
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import withdrawals


def shown_withdrawal(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What the desk says about giving the plan up, and which buttons this person has."""
    viewer, waiting = viewer_of(request), withdrawals.waiting_withdrawal(plan)
    asked_self = bool(waiting and viewer.account and waiting.asked_by_id == viewer.account.pk)
    manages = permissions.role_in_plan(viewer, permissions.MANAGE, plan) is not None
    grants = waiting is not None and permissions.role_to_grant(viewer, waiting, plan, None) is not None
    return {
        "withdrawals": withdrawals.withdrawals_of(plan),
        "withdrawal_waits": waiting,
        "may_withdraw": waiting is None and manages and withdrawals.can_be_withdrawn(plan),
        "decides_withdrawal": grants and not asked_self,
    }


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def ask_withdrawal(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Ask to withdraw a plan, with a reason everybody reads."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(withdrawing.ask_withdrawal, plan=plan, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The withdrawal waits for a second person.")):
            return to(request, "plan-desk", plan_key=plan.pk)
    context = {"plan": plan, "form": form, "possible": withdrawals.can_be_withdrawn(plan)}
    return render(request, "action_plan/withdraw.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.APPROVE, "POST")
def decide_withdrawal(request: HttpRequest, plan_key: str, withdrawal_id: str) -> HttpResponse:
    """The second person agrees or declines."""
    plan = written_plan_here(request, plan_key)
    asked = PlanWithdrawal.objects.filter(plan=plan, pk=withdrawal_id).first()
    if asked is None:
        raise Http404("withdrawal")
    granted = request.POST.get("decision") == "grant"
    step = partial(
        withdrawing.decide_withdrawal, withdrawal=asked, granted=granted, by=viewer_of(request), now=clock.now()
    )
    pressed(request, step, said=_("Decided. The decision stands in the public log."))
    return to(request, "plan-desk", plan_key=plan.pk)
