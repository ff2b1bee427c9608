"""Retryable entry points of reports."""

from lumbung.core.base import clock
from lumbung.modules.reports.actions import submission


def discard_drafts() -> None:
    """Destroy drafts past their seven days."""
    submission.discard_drafts(now=clock.now())
