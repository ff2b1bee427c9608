"""Requirements about the text as a promise: endorsed from outside government, and enacted."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models import Endorsement
from lumbung.modules.action_plan.queries import enactment
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing


def endorsed_by_non_government(case: Case) -> Iterator[Missing]:
    """At least one institution outside government stands behind the version that was frozen last."""
    for member in case.concerned:
        frozen = enactment.newest_freeze(member)
        if frozen is None or not Endorsement.objects.filter(freeze=frozen).exists():
            yield Missing(
                f"endorsed_by_non_government.{member.organisation_id}",
                _("No institution outside government stands behind the newest frozen text of %(member)s yet."),
                params={"member": member.organisation.name},
                route="enactment-desk",
            )


def plan_enacted(case: Case) -> Iterator[Missing]:
    """The head of region has enacted the member's part."""
    for member in case.concerned:
        if enactment.enactment_of(member) is None:
            yield Missing(
                f"plan_enacted.{member.organisation_id}",
                _("The head of region has not enacted the part of %(member)s yet."),
                params={"member": member.organisation.name},
                route="enactment-desk",
            )


def decrees_in_force(case: Case) -> Iterator[Missing]:
    """Each member has a decree in force that enacts its part."""
    for member in case.concerned:
        if not enactment.decrees_of(member):
            yield Missing(
                f"decrees_in_force.{member.organisation_id}",
                _("The decree by which %(member)s enacts the plan is not registered as in force yet."),
                params={"member": member.organisation.name},
                route="enactment-desk",
            )


CHECKS: Mapping[str, Check] = {
    "endorsed_by_non_government": endorsed_by_non_government,
    "plan_enacted": plan_enacted,
    "decrees_in_force": decrees_in_force,
}
