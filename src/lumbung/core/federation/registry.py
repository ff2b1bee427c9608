"""What parts publish for other installations."""

from collections.abc import Mapping
from typing import Any

from lumbung.core.base.declarations import Feed, Label
from lumbung.core.events import registry as events

_feeds: dict[str, Feed] = {}


def register(feed: Feed) -> None:
    """Add what one part publishes."""
    known = _feeds.get(feed.key)
    if known is not None and known is not feed:
        raise ValueError(f"feed {feed.key!r} is registered twice (feeds.key)")
    _feeds[feed.key] = feed


def find(key: str) -> Feed | None:
    """The feed of that key, if this version of the software knows it."""
    return _feeds.get(key)


def said_feed(key: str) -> Label:
    """What people call a feed, in a sentence of the log."""
    known = find(key)
    return (known.title if known else "") or events.part_title(key)


def said_item(told: Mapping[str, Any]) -> str:
    """What people call one thing of a feed."""
    known = find(str(told.get("feed", "")))
    return known.called(str(told["item"])) if known else str(told["item"])


def all_feeds() -> list[Feed]:
    """Every feed, by key."""
    return [_feeds[key] for key in sorted(_feeds)]
