"""Which topics can be stopped. Filled once at start by `site.manifests`."""

from lumbung.core.base.declarations import NoticeTopic

_topics: dict[str, NoticeTopic] = {}


def register(topic: NoticeTopic) -> None:
    """Add a topic."""
    _topics[topic.key] = topic


def topic(key: str) -> NoticeTopic:
    """The topic of that key."""
    if key not in _topics:
        raise LookupError(f"notice topic {key!r} is unknown; declared: {sorted(_topics)}")
    return _topics[key]


def all_topics() -> list[NoticeTopic]:
    """Every topic, by key."""
    return [_topics[key] for key in sorted(_topics)]
