"""Requirements about all members together: before one submission both are through, and the plan holds not too much."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import StagePassage, StageWord
from lumbung.modules.action_plan.queries import drafts
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing, track_of

WORD = "every_members_word"


def members_ready(case: Case) -> Iterator[Missing]:
    """Every member has left every stage of its own."""
    passed = set(StagePassage.objects.filter(plan=case.plan).values_list("track", "stage"))
    for member in case.plan.members.select_related("organisation"):
        template = states.templates()[member.template]
        ahead = [stage for stage in template.stages if (track_of(member), stage.key) not in passed]
        if ahead:
            yield Missing(
                f"members_ready.{member.organisation_id}.{ahead[0].key}",
                ngettext_lazy(
                    "%(member)s has %(count)s stage of its own to go; it stands in “%(stage)s”.",
                    "%(member)s has %(count)s stages of its own to go; it stands in “%(stage)s”.",
                    "count",
                ),
                params={"member": member.organisation.name, "count": len(ahead), "stage": ahead[0].title},
                route="plan-desk",
            )


def caps_kept(case: Case) -> Iterator[Missing]:
    """The plan holds no more commitments than OGP accepts for its number of members."""
    members = case.plan.members.count()
    most, count = states.rules().most_commitments(members), drafts.count_commitments(case.plan)
    if count > most:
        yield Missing(
            "caps_kept",
            _("A plan of %(members)s members may hold at most %(most)s commitments; this one has %(count)s."),
            params={"members": members, "most": most, "count": count},
            route="drafts",
        )


def every_members_word(case: Case) -> Iterator[Missing]:
    """Where several governments pass a stage together, each of them says that it may be left."""
    members = case.concerned
    if len(members) == 1:
        return
    given = set(StageWord.objects.filter(plan=case.plan, stage=case.stage).values_list("member", flat=True))
    for member in members:
        if member.pk not in given:
            yield Missing(
                f"{WORD}.{member.organisation_id}",
                _("%(member)s has not agreed yet to leave this stage; each government says so once the rest is there."),
                params={"member": member.organisation.name},
                route="plan-desk",
            )


CHECKS: Mapping[str, Check] = {"members_ready": members_ready, "caps_kept": caps_kept, WORD: every_members_word}
