"""What happens to ideas. Every reason stands on the page of the idea; the log holds its salted hash."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class IdeaSent(Event):
    key: ClassVar[str] = "action_plan.idea_sent"
    joins_log: ClassVar[JoinsLog] = "the day after"
    plan: str
    number: str
    channel: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class IdeaMerged(Event):
    key: ClassVar[str] = "action_plan.idea_merged"
    plan: str
    number: str
    into: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class IdeaSplit(Event):
    """`parts_hash` are those of the parts, in the order of `into`.

    `public_hashes` are of what the public reads of each; since version 2.
    """

    key: ClassVar[str] = "action_plan.idea_split"
    v: ClassVar[int] = 2
    plan: str
    number: str
    into: list[str]
    parts_hash: list[str]
    reason_hash: str
    public_hashes: list[str]


@dataclass(frozen=True, slots=True)
class IdeaAdopted(Event):
    key: ClassVar[str] = "action_plan.idea_adopted"
    plan: str
    number: str
    draft: str
    reason_hash: str


@dataclass(frozen=True, slots=True)
class IdeaDeclined(Event):
    key: ClassVar[str] = "action_plan.idea_declined"
    plan: str
    number: str
    reason_hash: str
