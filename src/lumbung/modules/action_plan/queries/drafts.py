"""Reading drafts: what each says now."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from lumbung.core.web import languages
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import (
    Clearing,
    Comment,
    Commitment,
    Draft,
    DraftVersion,
    Enactment,
    Freeze,
    Plan,
    PlanMember,
    StagePassage,
)
from lumbung.modules.action_plan.names import NARRATIVE

# The stages in which a member enacts its text.
ENACTING = ("enactment", "plan_input")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list: what it says now, what it lacks, how many public comments it has."""

    version: DraftVersion
    gaps: list[str]
    comments: int

    @property
    def name(self) -> str:
        """How addresses call it."""
        return self.version.draft.slug or NARRATIVE

    @property
    def title(self) -> str:
        """How it is called in a sentence."""
        return shown_title(self.version)


def drafts_of(plan: Plan) -> QuerySet[Draft]:
    """The drafts of a plan that were not withdrawn: the narrative first, then commitments by member and number."""
    known = Draft.objects.filter(plan=plan, withdrawn_at__isnull=True).select_related("member__organisation")
    return known.order_by("-kind", "member__position", "number")


def draft_called(plan: Plan, name: str) -> Draft | None:
    """The draft of that name in addresses, withdrawn ones too."""
    known = Draft.objects.filter(plan=plan).select_related("member__organisation", "plan")
    wanted = Q(kind=Draft.Kind.PLAN) if name == NARRATIVE else Q(slug=name)
    return known.filter(wanted).first()


def commitments_of(member: PlanMember) -> QuerySet[Draft]:
    """The commitments of a member that were not withdrawn, by number."""
    return Draft.objects.filter(member=member, withdrawn_at__isnull=True).order_by("number")


def newest_versions(member: PlanMember) -> list[DraftVersion]:
    """What each draft of this member says now; the lead also answers for the plan's narrative."""
    mine = Q(draft__member=member)
    if member.is_lead:
        mine |= Q(draft__plan=member.plan_id, draft__kind=Draft.Kind.PLAN)
    return list(_newest().filter(mine))


def newest_version(draft: Draft) -> DraftVersion | None:
    """What a draft says now."""
    return _newest().filter(draft=draft).first()


def last_version(draft: Draft) -> DraftVersion | None:
    """The newest version, also of a withdrawn draft."""
    known = DraftVersion.objects.filter(draft=draft).select_related("draft__member__organisation", "draft__plan")
    return known.order_by("-number").first()


def versions_of(draft: Draft) -> list[DraftVersion]:
    """Every version, the newest first, with the frozen sets it stands in."""
    return list(draft.versions.prefetch_related("freezes__member__organisation").order_by("-number"))


def freezes_of(plan: Plan) -> list[Freeze]:
    """Frozen drafts of every member, by member and number."""
    known = Freeze.objects.filter(member__plan=plan).select_related("member__organisation")
    return list(known.order_by("member__position", "number"))


def withdrawn_of(plan: Plan) -> list[Draft]:
    """Drafts that were taken out of the plan, with their reasons."""
    known = Draft.objects.filter(plan=plan, withdrawn_at__isnull=False).select_related("member__organisation")
    return list(known.order_by("withdrawn_at"))


def rows_of(plan: Plan) -> list[DraftRow]:
    """Every draft of the plan as a list shows it."""
    counts = Comment.objects.filter(draft__plan=plan, clearing=Clearing.PUBLIC).values("draft")
    comments = dict(counts.annotate(count=Count("pk")).order_by().values_list("draft", "count"))
    return [DraftRow(each, gaps_of(each), comments.get(each.draft_id, 0)) for each in newest_of_plan(plan)]


def gaps_of(version: DraftVersion) -> list[str]:
    """What a version lacks, in words."""
    told = shape.missing(version.draft.kind, version.body)
    return list(dict.fromkeys(f"{label} ({part})" if part else str(label) for label, part in told))


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
    """Codes of the organisations that this member's drafts name as carrying a commitment or a milestone of it."""
    return {code for version in newest_versions(member) for code in shape.carriers_in(version.body)}


def institutions_enacted(member: PlanMember) -> set[str]:
    """Codes of the organisations that carry this member's commitments now, as enacted and amended since."""
    known = Commitment.objects.filter(member=member).select_related("plan")
    carried = known.prefetch_related("institutions", "amendments", "milestones")
    return {code for commitment in carried for code in commitment.carrying}


def hash_of(versions: Iterable[DraftVersion]) -> str:
    """The hash of versions together, in their order."""
    return hashlib.sha256("".join(version.sha256 for version in versions).encode()).hexdigest()


def shown_title(version: DraftVersion) -> str:
    """The same on a page: in English where there is any, else marked as Indonesian."""
    english = (version.body.get("short") or {}).get("en") or (version.body.get("title") or {}).get("en") or ""
    return languages.chosen(title_of(version), str(english))


def title_of(version: DraftVersion) -> str:
    """How a draft is called in a sentence."""
    return shape.words(version.body, "short") or shape.words(version.body, "title") or str(version.draft)
