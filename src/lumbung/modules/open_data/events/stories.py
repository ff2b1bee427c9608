"""What happens to stories. Public facts only: addresses, numbers, hashes."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class StoryBegun(Event):
    key: ClassVar[str] = "open_data.story_begun"
    portal: str
    story: str


@dataclass(frozen=True, slots=True)
class StorySubmitted(Event):
    key: ClassVar[str] = "open_data.story_submitted"
    portal: str
    story: str


@dataclass(frozen=True, slots=True)
class StoryReturned(Event):
    """The reason stays inside."""

    key: ClassVar[str] = "open_data.story_returned"
    portal: str
    story: str


@dataclass(frozen=True, slots=True)
class StoryTakenBack(Event):
    key: ClassVar[str] = "open_data.story_taken_back"
    portal: str
    story: str


@dataclass(frozen=True, slots=True)
class StoryPublished(Event):
    """`sha256` is that of title, summary and body as RFC 8785."""

    key: ClassVar[str] = "open_data.story_published"
    portal: str
    story: str
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoryWithdrawn(Event):
    key: ClassVar[str] = "open_data.story_withdrawn"
    portal: str
    story: str
