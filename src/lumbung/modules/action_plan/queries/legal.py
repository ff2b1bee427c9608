"""Reading legal products."""

from uuid import UUID

from django.db.models import QuerySet

from lumbung.modules.action_plan.models import LegalProduct, Plan, PlanMember


def legal_products(plan: Plan) -> QuerySet[LegalProduct]:
    """The register of a plan, by member and date."""
    known = LegalProduct.objects.filter(plan=plan).select_related("member__organisation", "document")
    return known.order_by("member__position", "dated_on", "added_at")


def legal_product_in(plan: Plan, product_id: UUID) -> LegalProduct | None:
    """One of them."""
    return legal_products(plan).filter(pk=product_id).first()


def decrees_of(member: PlanMember) -> QuerySet[LegalProduct]:
    """What this member has enacted: a seat is given by one of them."""
    return LegalProduct.objects.filter(member=member).exclude(state=LegalProduct.State.DRAFT)


def registered(member: PlanMember, about: str) -> QuerySet[LegalProduct]:
    """What this member enacted about something, with the signed paper here."""
    return decrees_of(member).filter(about=about, document__isnull=False)
