"""Bodies that monitor a plan taken from a file of before, in which it was not said whose part they monitor."""

from django.db.models import QuerySet

from lumbung.modules.action_plan.models import Partner, Plan


def unnamed(plan: Plan | None = None) -> QuerySet[Partner]:
    """Those that monitor nobody's part until somebody says whose."""
    known = Partner.objects.filter(role=Partner.Role.MONITOR, member__isnull=True).select_related(
        "plan", "organisation"
    )
    return known.filter(plan=plan) if plan is not None else known


def unnamed_by_id(plan: Plan, partner_id: int) -> Partner | None:
    """One of them."""
    return unnamed(plan).filter(pk=partner_id).first()
