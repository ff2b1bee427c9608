"""Retryable entry points of the log."""

from lumbung.core.base import clock
from lumbung.core.log import actions


def extend() -> None:
    """Give every waiting event its place and sign what the log has become."""
    actions.extend(now=clock.now())


def examine() -> None:
    """Compute the whole log anew from the stored bytes."""
    actions.examine(now=clock.now())
