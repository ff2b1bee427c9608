"""Retryable entry points of files."""

from lumbung.core.base import clock
from lumbung.core.files import actions


def sweep_orphans() -> None:
    """Remove what nothing uses."""
    actions.sweep_orphans(now=clock.now())
