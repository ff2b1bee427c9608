"""Retryable entry points of the log."""

from lumbung.core.base import clock
from lumbung.core.events import actions


def sequence_log() -> None:
    """Give every waiting event its place in the log."""
    actions.sequence(today=clock.local_day(clock.now()))
