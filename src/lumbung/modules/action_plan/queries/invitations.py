"""Which governments were asked to make a plan together, and what they answered."""

from django.db.models import QuerySet

from lumbung.modules.action_plan.models import Enactment, Plan, PlanInvitation


def can_be_joined(plan: Plan) -> bool:
    """Whether a government may still join: a plan drawn up here of which nothing is enacted."""
    is_open = plan.origin == Plan.Origin.WRITTEN and plan.submitted_on is None and plan.withdrawn_at is None
    return is_open and not Enactment.objects.filter(member__plan=plan).exists()


def waiting(plan: Plan, government: str) -> PlanInvitation | None:
    """The invitation of a government that nobody has answered yet."""
    return _waiting().filter(plan=plan, organisation=government).first()


def waiting_here(government: str, plan_key: str) -> PlanInvitation | None:
    """The same by the short name of the plan, while the plan can be joined."""
    found = _waiting().filter(plan=plan_key, organisation=government).first()
    return found if found and can_be_joined(found.plan) else None


def waiting_for(government: str) -> list[PlanInvitation]:
    """Everything a government is asked to join and can still."""
    return [each for each in _waiting().filter(organisation=government) if can_be_joined(each.plan)]


def invitations_to(plan: Plan) -> list[PlanInvitation]:
    """Every government that was asked, declined ones too: for everybody."""
    return list(PlanInvitation.objects.filter(plan=plan).select_related("organisation"))


def _waiting() -> QuerySet[PlanInvitation]:
    known = PlanInvitation.objects.filter(decided_at__isnull=True)
    return known.select_related("organisation", "plan")
