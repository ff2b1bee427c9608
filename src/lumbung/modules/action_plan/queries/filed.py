"""Reports the monitoring body filed, and what OGP answered."""

from django.db.models import Q

from lumbung.modules.action_plan.models import Commitment, FiledReport, OgpAnswer, Plan


def filed_about(commitment: Commitment) -> list[FiledReport]:
    """Reports the monitoring body filed on this commitment, and on the part of the plan it belongs to."""
    about = Q(commitment=commitment) | Q(member=commitment.member_id, kind=FiledReport.Kind.INCEPTION)
    return list(FiledReport.objects.filter(about).select_related("organisation", "document"))


def filed_on(plan: Plan) -> list[FiledReport]:
    """Every report the monitoring body filed on a plan: first ones on its parts, last ones on commitments."""
    return list(FiledReport.objects.filter(plan=plan).select_related("organisation", "document"))


def answers_to(plan: Plan) -> list[OgpAnswer]:
    """What OGP answered to the submission of a plan, the oldest first."""
    return list(OgpAnswer.objects.filter(plan=plan).select_related("document"))
