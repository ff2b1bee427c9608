"""Retryable entry points of federation."""

from lumbung.core.base import clock
from lumbung.core.federation import actions
from lumbung.core.log import queries as log


def publish() -> None:
    """Publish what has changed since it was last said."""
    actions.publish_all(now=clock.now())


def fetch_feeds() -> None:
    """Read what every installation we watch publishes, each in a job of its own."""
    actions.fetch_all(now=clock.now())


def fetch_feed(subject_id: str) -> None:
    """Read what one installation publishes."""
    peer = log.peer(int(subject_id))
    if peer is not None:
        actions.fetch(peer=peer, now=clock.now())
