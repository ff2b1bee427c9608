"""Reading drafts: what each says now."""

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Draft, DraftVersion, Enactment, Plan, PlanMember, StagePassage

# The stages in which a member enacts its text.
ENACTING = ("enactment", "plan_input")


def drafts_of(plan: Plan) -> QuerySet[Draft]:
    """The drafts of a plan that were not withdrawn: the narrative first, then commitments by member and number."""
    known = Draft.objects.filter(plan=plan, withdrawn_at__isnull=True).select_related("member__organisation")
    return known.order_by("-kind", "member__position", "number")


def newest_versions(member: PlanMember) -> list[DraftVersion]:
    """What each draft of this member says now; the lead also answers for the plan's narrative."""
    mine = Q(draft__member=member)
    if member.is_lead:
        mine |= Q(draft__plan=member.plan_id, draft__kind=Draft.Kind.PLAN)
    return list(_newest().filter(mine))


def newest_version(draft: Draft) -> DraftVersion | None:
    """What a draft says now."""
    return _newest().filter(draft=draft).first()


def _newest() -> QuerySet[DraftVersion]:
    newest = DraftVersion.objects.filter(draft=OuterRef("draft")).order_by("-number").values("number")[:1]
    return (
        DraftVersion.objects.filter(number=Subquery(newest), draft__withdrawn_at__isnull=True)
        .select_related("draft__member__organisation")
        .order_by("-draft__kind", "draft__member__position", "draft__number")
    )


def newest_of_plan(plan: Plan) -> list[DraftVersion]:
    """What every draft of the plan says now: the narrative, then commitments by member and number."""
    return list(_newest().filter(draft__plan=plan))


def is_enacted(plan: Plan, member: PlanMember | None) -> bool:
    """Whether the member's text is enacted; for the narrative (no member), whether the lead's is."""
    of = member or plan.members.select_related("organisation").get(is_lead=True)
    if Enactment.objects.filter(member=of).exists():
        return True
    return StagePassage.objects.filter(plan=plan, track=of.organisation_id, stage__in=ENACTING).exists()


def next_number(member: PlanMember) -> int:
    """The number the member's next commitment gets."""
    return (Draft.objects.filter(member=member).aggregate(most=Max("number"))["most"] or 0) + 1


def count_commitments(plan: Plan) -> int:
    """How many commitments the plan holds now."""
    return drafts_of(plan).filter(kind=Draft.Kind.COMMITMENT).count()


def institutions_in(member: PlanMember) -> set[str]:
    """Codes of the organisations that this member's drafts name as carrying a commitment."""
    return {str(each["code"]) for version in newest_versions(member) for each in version.body.get("institutions") or ()}


def title_of(version: DraftVersion) -> str:
    """How a draft is called in a sentence."""
    return shape.words(version.body, "short") or shape.words(version.body, "title") or str(version.draft)
