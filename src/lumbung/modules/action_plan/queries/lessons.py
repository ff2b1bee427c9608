"""What a plan taught, and where the next one starts from."""

from dataclasses import dataclass
from datetime import datetime

from lumbung.modules.action_plan.models import Assessment, CommitmentFact, Lesson, Plan


@dataclass(frozen=True, slots=True)
class Learnt:
    """One lesson: recorded by the secretariat, or written by the monitoring body in an assessment."""

    words: str
    by: str
    about: str
    slug: str
    at: datetime


def lessons_of(plan: Plan) -> list[Learnt]:
    """Every lesson of a plan, the oldest first."""
    recorded = Lesson.objects.filter(plan=plan).select_related("organisation", "commitment")
    coded = Assessment.objects.filter(commitment__plan=plan).exclude(lessons="")
    found = [
        Learnt(
            each.words,
            each.organisation.name,
            each.commitment.short if each.commitment else "",
            each.commitment_id or "",
            each.written_at,
        )
        for each in recorded
    ]
    found += [
        Learnt(each.lessons, each.organisation.name, each.commitment.short, each.commitment_id, each.written_at)
        for each in coded.select_related("organisation", "commitment")
    ]
    return sorted(found, key=lambda lesson: lesson.at)


def lessons_before(plan: Plan) -> list[Learnt]:
    """The lessons of the plan this one follows: whoever drafts, and whoever reads, has them beside the text."""
    return lessons_of(plan.follows) if plan.follows else []


def findings_of(plan: Plan) -> list[CommitmentFact]:
    """What public sources found about its commitments."""
    known = CommitmentFact.objects.filter(commitment__plan=plan, kind=CommitmentFact.Kind.FINDING)
    return list(known.select_related("commitment"))
