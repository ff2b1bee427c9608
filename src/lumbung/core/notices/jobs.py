"""Retryable entry points of notices."""

from lumbung.core.base import clock
from lumbung.core.notices import actions


def send(message_id: str) -> None:
    """Hand one message to the mail transport."""
    actions.deliver(message_id=message_id, now=clock.now())


def purge() -> None:
    """Destroy what was told long ago."""
    actions.purge(now=clock.now())
