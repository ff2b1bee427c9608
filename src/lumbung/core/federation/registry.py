"""What parts publish for other installations."""

from lumbung.core.base.declarations import Feed

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


def all_feeds() -> list[Feed]:
    """Every feed, by key."""
    return [_feeds[key] for key in sorted(_feeds)]
