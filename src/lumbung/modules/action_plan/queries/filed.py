"""Reports the monitoring body filed, and what OGP answered."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q

from lumbung.modules.action_plan.models import Commitment, FiledReport, OgpAnswer, Plan
from lumbung.modules.action_plan.queries import addresses
from lumbung.modules.action_plan.queries.addresses import Kind

Row = TypeVar("Row", FiledReport, OgpAnswer)


def filed_about(commitment: Commitment) -> list[FiledReport]:
    """Reports the monitoring body filed on this commitment, and on the part of the plan it belongs to."""
    about = Q(commitment=commitment) | Q(member=commitment.member_id, kind=FiledReport.Kind.INCEPTION)
    return _looked(Kind.REPORT, FiledReport.objects.filter(about).select_related("organisation", "document"))


def filed_on(plan: Plan) -> list[FiledReport]:
    """Every report the monitoring body filed on a plan: first ones on its parts, last ones on commitments."""
    return _looked(Kind.REPORT, FiledReport.objects.filter(plan=plan).select_related("organisation", "document"))


def answers_to(plan: Plan) -> list[OgpAnswer]:
    """What OGP answered to the submission of a plan, the oldest first."""
    return _looked(Kind.ANSWER, OgpAnswer.objects.filter(plan=plan).select_related("document"))


def _looked(kind: str, rows: Iterable[Row]) -> list[Row]:
    """The rows, each with what was found at its address."""
    found = list(rows)
    known = addresses.looked_at(kind, found)
    for row in found:
        row.looked = known.get(str(row.pk))
    return found
