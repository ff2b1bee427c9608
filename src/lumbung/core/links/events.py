"""What can happen to a tie between things."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class Linked(Event):
    key: ClassVar[str] = "links.linked"
    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Unlinked(Event):
    key: ClassVar[str] = "links.unlinked"
    kind: str
    source: str
    target: str
