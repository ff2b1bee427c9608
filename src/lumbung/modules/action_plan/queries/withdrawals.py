"""Whether a plan can still be given up, and how it was."""

from lumbung.modules.action_plan.models import Enactment, Plan, PlanWithdrawal


def can_be_withdrawn(plan: Plan) -> bool:
    """Whether nothing of it was enacted, and nobody withdrew it yet."""
    written = plan.origin == Plan.Origin.WRITTEN and plan.submitted_on is None and plan.withdrawn_at is None
    return written and not Enactment.objects.filter(member__plan=plan).exists()


def withdrawals_of(plan: Plan) -> list[PlanWithdrawal]:
    """Every time it was asked for, declined ones too: for everybody."""
    return list(PlanWithdrawal.objects.filter(plan=plan))


def waiting_withdrawal(plan: Plan) -> PlanWithdrawal | None:
    """The one nobody has decided yet."""
    return PlanWithdrawal.objects.filter(plan=plan, decided_at__isnull=True).first()
