"""Asking another government to make a plan together, and its answer."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.portals import queries as portals
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import inviting
from lumbung.modules.action_plan.forms.stages import InviteForm, JoinForm
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import invitations, plans, standing_behind


def shown_invitations(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What the desk of a plan says of the governments that were asked, and whether this person may ask another."""
    manages = permissions.role_in_plan(viewer_of(request), permissions.MANAGE, plan) is not None
    return {
        "invitations": [standing_behind.invitation(each) for each in invitations.invitations_to(plan)],
        "may_invite": manages and invitations.can_be_joined(plan) and plans.governments_to_ask(plan).exists(),
    }


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def invite(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Ask a government that has a portal here."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    form = InviteForm(request.POST or None, partners=plans.governments_to_ask(plan))
    if request.method == "POST" and form.is_valid():
        step = partial(inviting.invite, plan=plan, by=viewer_of(request), now=clock.now(), **form.cleaned_data)
        if saved(request, form, step, said=_("Asked. It joins once it says so itself.")):
            return to(request, "plan-desk", plan_key=plan.pk)
    context = {"plan": plan, "form": form, "possible": invitations.can_be_joined(plan)}
    return render(request, "action_plan/invite.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def answer(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The invited government reads what it is asked, and answers."""
    asked = invitations.waiting_here(portal_of(request).government_id, plan_key)
    if asked is None:
        raise Http404("invitation")
    form = JoinForm(request.POST or None, initial={"template": asked.template})
    if request.method == "POST" and form.is_valid():
        step = partial(
            inviting.answer_invitation,
            invitation=asked,
            accepted=request.POST.get("decision") == "accept",
            template=form.cleaned_data["template"],
            by=viewer_of(request),
            now=clock.now(),
        )
        pressed(request, step, said=_("Answered. The answer stands in the public log."))
        return to(request, "desk")
    lead = asked.plan.members.select_related("organisation").get(is_lead=True).organisation
    context = {
        "plan": asked.plan,
        "asked": asked,
        "lead": lead,
        "lead_portal": portals.portal_for_region(lead.region_id or ""),
        "form": form,
        "answers": permissions.role_to_join(viewer_of(request), asked.organisation) is not None,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "action_plan/invitation.html", context, status=status)
