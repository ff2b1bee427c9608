"""Retryable entry points of the limits."""

from lumbung.core.base import clock
from lumbung.core.limits import actions


def purge() -> None:
    """Forget buckets that are full again."""
    actions.purge(now=clock.now())
