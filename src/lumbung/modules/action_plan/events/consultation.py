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
    """One published answer to one comment or to several alike."""

    key: ClassVar[str] = "action_plan.comments_answered"
    plan: str
    member: str
    comments: list[str]
    verdict: str
    reason_hash: str
