"""What happens to what installations tell each other."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class ItemPublished(Event):
    """`objects` maps the name of the record ("item:action_plan/ntb-ksb-2021-2023") to its SHA-256."""

    key: ClassVar[str] = "federation.item_published"
    feed: str
    item: str
    objects: dict[str, str]


@dataclass(frozen=True, slots=True)
class ItemWithdrawn(Event):
    """It is told no longer; `objects` holds the SHA-256 of the record that says so and why."""

    key: ClassVar[str] = "federation.item_withdrawn"
    feed: str
    item: str
    objects: dict[str, str]


@dataclass(frozen=True, slots=True)
class PeerFeedRefused(Event):
    key: ClassVar[str] = "federation.peer_feed_refused"
    peer: str
    kind: str
    item: str
