"""What can be hidden of a plan, what was, and where it stood."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from lumbung.core.base import clock
from lumbung.modules.action_plan.models import (
    Assessment,
    Comment,
    Commitment,
    Decision,
    Endorsement,
    Evidence,
    Hiding,
    Lesson,
    Meeting,
    Note,
    Plan,
    PlanMember,
    PlanWithdrawal,
    RemarkAnswer,
    Reply,
    Response,
    ReviewNote,
    Seat,
    SelfReport,
    StageException,
)
from lumbung.modules.action_plan.models.words import MARK

Kind = Hiding.Kind


@dataclass(frozen=True, slots=True)
class Place:
    """Where words of a kind stand: the table, their columns, and the salts of their hashes."""

    model: type[Model]
    texts: tuple[str, ...]
    salts: tuple[str, ...] = ()


PLACES: Mapping[str, Place] = {
    Kind.SELF_REPORT: Place(SelfReport, ("words",), ("salt",)),
    Kind.ASSESSMENT: Place(Assessment, ("words", "lessons"), ("salt",)),
    Kind.NOTE: Place(Note, ("words",), ("salt",)),
    Kind.REPLY: Place(Reply, ("words",), ("salt",)),
    Kind.LESSON: Place(Lesson, ("words",), ("salt",)),
    Kind.MINUTES: Place(Meeting, ("minutes", "agenda", "cancelled_reason"), ("salt",)),
    Kind.INVITATION: Place(Meeting, ("invitation",), ("invitation_salt",)),
    Kind.DECISION: Place(Decision, ("text",), ("salt",)),
    Kind.EXCEPTION: Place(StageException, ("reason",), ("reason_salt",)),
    Kind.REVIEW_NOTE: Place(ReviewNote, ("text", "answer"), ("salt",)),
    Kind.SEAT: Place(Seat, ("note", "reason"), ("reason_salt",)),
    Kind.ENDORSEMENT: Place(Endorsement, ("note",), ("salt",)),
    Kind.RESPONSE: Place(Response, ("reason", "change", "correction_reason"), ("salt",)),
    Kind.REMARK_ANSWER: Place(RemarkAnswer, ("words",), ("salt",)),
    Kind.EVIDENCE: Place(Evidence, ("title", "url"), ("salt",)),
    Kind.WITHDRAWAL: Place(PlanWithdrawal, ("reason",), ("reason_salt",)),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Words as they stand: whose they are, how people call them, and the thing whose history tells of them."""

    kind: str
    row: Any
    plan: Plan
    member: PlanMember | None
    about: str
    told_of: tuple[str, str]

    @property
    def text(self) -> str:
        """All of it, one part a line."""
        parts = (getattr(self.row, name) for name in PLACES[self.kind].texts)
        return "\n".join(part for part in parts if part)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to hide."""
        return any(getattr(self.row, name) not in {"", MARK} for name in PLACES[self.kind].texts)

    @property
    def label(self) -> str:
        """What kind of words these are."""
        return str(Hiding.Kind(self.kind).label)


def standing(kind: str, row: Any) -> Standing:
    """Where these words belong."""
    plan, member, about, told_of = BELONGING[kind](row)
    return Standing(kind, row, plan, member, about[:60] or plan.pk, told_of or ("plan", plan.pk))


Belonging = tuple[Plan, PlanMember | None, str, tuple[str, str] | None]


def _to_commitment(commitment: Commitment) -> Belonging:
    return commitment.plan, commitment.member, commitment.pk, ("commitment", commitment.pk)


def _of_remark_answer(row: RemarkAnswer) -> Belonging:
    plan, member, _slug, _told_of = _to_commitment(row.remark.commitment)
    return plan, member, row.remark.number, ("remark", str(row.remark_id))


def _of_lesson(row: Lesson) -> Belonging:
    if row.commitment:
        return _to_commitment(row.commitment)
    return row.plan, row.plan.members.filter(organisation=row.organisation_id).first(), "", None


def _of_meeting(meeting: Meeting) -> Belonging:
    day = clock.local_day(meeting.starts_at).isoformat()
    return meeting.plan, meeting.member, day, ("meeting", str(meeting.pk))


def _of_response(row: Response) -> Belonging:
    first = row.comments.select_related("consultation__member").order_by("number").first()
    member = first.consultation.member if first and first.consultation else None
    return row.plan, member, first.number if first else "", None


BELONGING: Mapping[str, Callable[[Any], Belonging]] = {
    Kind.SELF_REPORT: lambda row: _to_commitment(row.commitment),
    Kind.ASSESSMENT: lambda row: _to_commitment(row.commitment),
    Kind.NOTE: lambda row: _to_commitment(row.commitment),
    Kind.REPLY: lambda row: _to_commitment((row.assessment or row.note).commitment),
    Kind.LESSON: _of_lesson,
    Kind.MINUTES: _of_meeting,
    Kind.INVITATION: _of_meeting,
    Kind.DECISION: lambda row: _of_meeting(row.meeting),
    Kind.EXCEPTION: lambda row: (row.plan, row.plan.members.filter(organisation=row.track).first(), row.stage, None),
    Kind.REVIEW_NOTE: lambda row: (row.plan, None, str(row.number), None),
    Kind.SEAT: lambda row: (row.plan, row.member, row.name, None),
    Kind.ENDORSEMENT: lambda row: (row.member.plan, row.member, row.name, None),
    Kind.RESPONSE: _of_response,
    Kind.REMARK_ANSWER: _of_remark_answer,
    Kind.EVIDENCE: lambda row: _to_commitment(row.commitment),
    Kind.WITHDRAWAL: lambda row: (row.plan, None, clock.local_day(row.asked_at).isoformat(), None),
}


def words_at(plan: Plan, kind: str, subject: str) -> Standing | None:
    """The words a page means, if they are of this plan and are for everybody to read."""
    known = next((each for each in rows_of(plan, kind) if str(each.pk) == subject), None) if kind in PLACES else None
    return standing(kind, known) if known is not None else None


def rows_of(plan: Plan, kind: str) -> list[Any]:
    """Every row of a kind whose words the public reads."""
    model: Any = PLACES[kind].model
    narrowed: Mapping[str, dict[str, Any]] = {
        Kind.SELF_REPORT: {"commitment__plan": plan},
        Kind.ASSESSMENT: {"commitment__plan": plan},
        Kind.NOTE: {"commitment__plan": plan},
        Kind.EVIDENCE: {"commitment__plan": plan},
        Kind.REMARK_ANSWER: {"remark__plan": plan},
        Kind.DECISION: {"meeting__plan": plan},
        Kind.ENDORSEMENT: {"member__plan": plan},
        Kind.RESPONSE: {"plan": plan, "published_at__isnull": False},
    }
    if kind == Kind.REPLY:
        return [
            *model.objects.filter(assessment__commitment__plan=plan),
            *model.objects.filter(note__commitment__plan=plan),
        ]
    return list(model.objects.filter(**narrowed.get(kind, {"plan": plan})))


def words_of_plan(plan: Plan) -> list[Standing]:
    """Everything that can be hidden, by kind; ideas and comments have a page of their own."""
    return [found for kind in PLACES for row in rows_of(plan, kind) if (found := standing(kind, row)).is_there]


def hidings_of(plan: Plan) -> list[Hiding]:
    """What was hidden of a plan, the newest first: for everybody."""
    return list(Hiding.objects.filter(plan=plan).select_related("member__organisation", "plan"))


def hiding_by_id(plan: Plan, hiding_id: str) -> Hiding | None:
    """One of them."""
    return Hiding.objects.filter(plan=plan, pk=hiding_id).select_related("plan", "member__organisation").first()


def waiting_for(kind: str, subject: object) -> Hiding | None:
    """The hiding of these words nobody has decided yet."""
    return Hiding.objects.filter(kind=kind, subject=str(subject), is_upheld__isnull=True).first()


def undecided_of(member: PlanMember) -> int:
    """How many comments of the public tests of a member one person alone has hidden."""
    alone = Hiding.objects.filter(plan=member.plan_id, kind=Kind.COMMENT, is_upheld__isnull=True)
    keys = list(alone.values_list("subject", flat=True))
    return Comment.objects.filter(pk__in=keys, consultation__member=member).count() if keys else 0
