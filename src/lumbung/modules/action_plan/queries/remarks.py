"""Reading what people say about commitments."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from lumbung.modules.action_plan.models import Clearing, Commitment, Plan, Remark, RemarkAnswer


@dataclass(frozen=True, slots=True)
class Discussion:
    """What everybody may read of a commitment, the newest first, and how much waits or is hidden."""

    remarks: tuple[Remark, ...]
    waiting: int
    hidden: int


def discussion_of(commitment: Commitment) -> Discussion:
    """The public discussion of one commitment; what is hidden stays counted."""
    mine = Remark.objects.filter(commitment=commitment)
    counted = dict(mine.order_by().values_list("clearing").annotate(count=Count("pk")))
    public = tuple(_with_answers(mine.filter(clearing=Clearing.PUBLIC))) if counted.get(Clearing.PUBLIC) else ()
    return Discussion(public, counted.get(Clearing.WAITING, 0), counted.get(Clearing.HIDDEN, 0))


def _with_answers(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    answers = RemarkAnswer.objects.select_related("organisation")
    return remarks.prefetch_related(Prefetch("answers", answers)).order_by("-received_on", "-number")


def remark_in(plan: Plan, number: str) -> Remark | None:
    """One remark, with what its page needs."""
    found = _with_answers(Remark.objects.filter(plan=plan, number=number))
    return found.select_related("plan", "commitment__member__organisation").first()


def unanswered(commitment: Commitment) -> list[Remark]:
    """Public remarks without an answer, the oldest first."""
    mine = Remark.objects.filter(commitment=commitment, clearing=Clearing.PUBLIC, answers__isnull=True)
    return list(mine.order_by("received_on", "number"))
