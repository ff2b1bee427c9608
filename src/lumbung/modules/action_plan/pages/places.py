"""Which plan and which track an address means, here in this portal."""

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from lumbung.core.portals.middleware import portal_of
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.queries import stages

SEE_OTHER, UNPROCESSABLE = 303, 422


def written_plan_here(request: HttpRequest, plan_key: str) -> Plan:
    """A plan drawn up here of which this portal's government is a member."""
    plan = stages.written_plan(plan_key)
    government = portal_of(request).government_id
    if plan is None or not plan.members.filter(organisation_id=government).exists():
        raise Http404("plan")
    return plan


def plan_here(request: HttpRequest, plan_key: str) -> Plan:
    """A plan of this portal's government, drawn up here or taken from public sources."""
    found = Plan.objects.filter(pk=plan_key, members__organisation_id=portal_of(request).government_id).first()
    if found is None:
        raise Http404("plan")
    return found


def member_here(plan: Plan, track: str) -> PlanMember | None:
    """The member of a track, None for the joint one."""
    try:
        return stages.member_of_track(plan, track)
    except PlanMember.DoesNotExist as error:
        raise Http404("track") from error


def members_of(plan: Plan) -> list[PlanMember]:
    """The governments that make the plan."""
    return list(plan.members.select_related("organisation"))


def address_here(request: HttpRequest, name: str, **kwargs: object) -> str:
    """The address of a page of this module in this portal."""
    return reverse(f"action_plan:{name}", kwargs={"portal_slug": portal_of(request).slug, **kwargs})


def to(request: HttpRequest, name: str, **kwargs: object) -> HttpResponseRedirect:
    """On to a page of this module in this portal."""
    return HttpResponseRedirect(address_here(request, name, **kwargs), status=SEE_OTHER)
