"""What happens in a public test: opened, commented, answered."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class ConsultationOpened(Event):
    """`version` is the number of the frozen drafts people are asked about."""

    key: ClassVar[str] = "action_plan.consultation_opened"
    plan: str
    member: str
    version: int
    opens_on: str
    closes_on: str


@dataclass(frozen=True, slots=True)
class CommentSent(Event):
    key: ClassVar[str] = "action_plan.comment_sent"
    joins_log: ClassVar[JoinsLog] = "the day after"
    plan: str
    number: str
    channel: str
    draft: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class CommentsAnswered(Event):
    """One published answer to one comment or to several alike.

    changed_in  the version of a draft that changed because of it, or ""; since version 2
    rewords     the parts of commitments that say something else because of it; since version 3
    """

    key: ClassVar[str] = "action_plan.comments_answered"
    v: ClassVar[int] = 3
    plan: str
    member: str
    comments: list[str]
    verdict: str
    reason_hash: str
    changed_in: str
    rewords: list[str]


@dataclass(frozen=True, slots=True)
class ConsultationProlonged(Event):
    """A public test stays open longer. The reason stands on its page."""

    key: ClassVar[str] = "action_plan.consultation_prolonged"
    plan: str
    member: str
    consultation: str
    before_on: str
    closes_on: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class AnswerCorrected(Event):
    """A published answer was replaced by another one; `corrects` is the one that stays readable beside it.

    reason_hash      of the new answer, as in CommentsAnswered; changed_in and rewords likewise
    correction_hash  of the reason why it was corrected
    """

    key: ClassVar[str] = "action_plan.answer_corrected"
    v: ClassVar[int] = 3
    plan: str
    member: str
    comments: list[str]
    corrects: str
    verdict: str
    reason_hash: str
    correction_hash: str
    changed_in: str
    rewords: list[str]
