"""What happens to words people sent, whether idea or comment: made public, hidden."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class WordsCleared(Event):
    """`words_hash` is of what the public reads from now on."""

    key: ClassVar[str] = "action_plan.words_cleared"
    plan: str
    number: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class PublicWordsChanged(Event):
    """What the public reads was changed after it was cleared: other parts of it are left out now."""

    key: ClassVar[str] = "action_plan.public_words_changed"
    plan: str
    number: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class WordsHidden(Event):
    """`hiding` is the id of its trace; since version 2."""

    key: ClassVar[str] = "action_plan.words_hidden"
    v: ClassVar[int] = 2
    plan: str
    number: str
    reason_hash: str
    hiding: str
