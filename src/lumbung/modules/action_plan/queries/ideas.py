"""Reading ideas: the public list, and whether they are still taken."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lumbung.modules.action_plan.models import Clearing, Idea, Plan, PlanMember, StagePassage

CLOSES_WITH = "public_test"
# An idea that can still be merged, split, adopted or declined.
OPEN = frozenset({Idea.State.RECEIVED, Idea.State.ADOPTED})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many ideas there are: all of them, those the public reads, those that wait, those hidden."""

    total: int
    public: int
    waiting: int
    hidden: int


def takes_ideas(plan: Plan, member: PlanMember | None = None) -> bool:
    """Whether ideas are taken: until the member, or the last of all members, has left its public test."""
    passed = set(StagePassage.objects.filter(plan=plan, stage=CLOSES_WITH).values_list("track", flat=True))
    members = [member] if member else list(plan.members.all())
    if plan.submitted_on is not None or plan.withdrawn_at is not None:
        return False
    return any(each.organisation_id not in passed for each in members)


def public_ideas(plan: Plan, *, words: str = "", member: str = "", state: str = "") -> QuerySet[Idea]:
    """The ideas everybody may read, the newest first."""
    found = Idea.objects.filter(plan=plan, clearing=Clearing.PUBLIC).select_related("member__organisation")
    for word in words.split():
        found = found.filter(Q(public_title__icontains=word) | Q(public_text__icontains=word) | Q(number__iexact=word))
    if member:
        found = found.filter(Q(member__organisation_id=member) | Q(member__isnull=True))
    if state:
        found = found.filter(state=state)
    return found.order_by("-number")


def every_idea(plan: Plan, *, state: str = "") -> QuerySet[Idea]:
    """Every idea with how it stands, for those who work on them."""
    found = Idea.objects.filter(plan=plan).select_related("member__organisation").order_by("-number")
    return found.filter(state=state) if state else found


def idea_counts(plan: Plan) -> Counts:
    """How many there are; hidden ones are counted for ever."""
    counted = dict(
        Idea.objects.filter(plan=plan).values_list("clearing").annotate(count=Count("pk")).order_by("clearing")
    )
    names = (Clearing.PUBLIC, Clearing.WAITING, Clearing.HIDDEN)
    return Counts(sum(counted.values()), *(counted.get(name, 0) for name in names))


def idea_by_number(plan: Plan, number: str) -> Idea | None:
    """One idea."""
    return Idea.objects.select_related("plan", "member__organisation").filter(plan=plan, number=number).first()


def open_ideas(plan: Plan, *, but: Idea) -> QuerySet[Idea]:
    """Ideas another one may be merged into."""
    found = Idea.objects.filter(plan=plan, clearing=Clearing.PUBLIC, state__in=OPEN).exclude(pk=but.pk)
    return found.order_by("number")
