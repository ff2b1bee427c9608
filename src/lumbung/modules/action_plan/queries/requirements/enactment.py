"""Requirements about the text as a promise: endorsed from outside government, and enacted."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models import Endorsement
from lumbung.modules.action_plan.queries import drafts, enactment, rewordings
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


def rewording_answered(case: Case) -> Iterator[Missing]:
    """What a tested commitment says anew is named by a published answer, or two people let it pass."""
    for member in case.concerned:
        if drafts.is_enacted(case.plan, member):
            continue
        for each in rewordings.unanswered(member):
            yield Missing(
                each.code,
                _(
                    "“%(title)s”: this part says something else than in the public test, and no answer names it:"
                    " %(part)s."
                ),
                params={"title": each.title, "part": each.field.label},
                route="consultation-desk",
            )


def plan_enacted(case: Case) -> Iterator[Missing]:
    """The head of region has enacted the member's part."""
    enacted = enactment.members_enacted(case.plan)
    for member in case.concerned:
        if member.pk not in enacted:
            yield Missing(
                f"plan_enacted.{member.organisation_id}",
                _("The head of region has not enacted the part of %(member)s yet."),
                params={"member": member.organisation.name},
                route="enactment-desk",
            )


def decrees_in_force(case: Case) -> Iterator[Missing]:
    """Each member has a decree in force that enacts its part."""
    decreed = enactment.members_with_decree(case.plan)
    for member in case.concerned:
        if member.pk not in decreed:
            yield Missing(
                f"decrees_in_force.{member.organisation_id}",
                _("The decree by which %(member)s enacts the plan is not registered as in force yet."),
                params={"member": member.organisation.name},
                route="enactment-desk",
            )


CHECKS: Mapping[str, Check] = {
    "endorsed_by_non_government": endorsed_by_non_government,
    "rewording_answered": rewording_answered,
    "plan_enacted": plan_enacted,
    "decrees_in_force": decrees_in_force,
}
