"""Reading partnerships."""

from uuid import UUID

from django.db.models import QuerySet

from lumbung.modules.action_plan.models import Partnership, Plan


def partnerships_of(plan: Plan) -> QuerySet[Partnership]:
    """The register of a plan, the newest first, with what each brought."""
    known = Partnership.objects.filter(plan=plan).select_related("member__organisation", "organisation", "document")
    return known.prefetch_related("realisations").order_by("member__position", "-starts_on", "added_at")


def partnership_in(plan: Plan, partnership_id: UUID) -> Partnership | None:
    """One of them."""
    return partnerships_of(plan).filter(pk=partnership_id).first()
