"""What members of the forum do to drafts."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class DraftCommented(Event):
    """`field` is empty for a comment on the draft as a whole; the words stand here as a salted hash only."""

    key: ClassVar[str] = "action_plan.draft_commented"
    plan: str
    draft: str
    version: int
    number: str
    field: str
    words_hash: str
