"""Retryable entry points of reports."""

from lumbung.core.base import clock
from lumbung.modules.reports.actions import deadlines, submission


def discard_drafts() -> None:
    """Destroy drafts past their seven days."""
    submission.discard_drafts(now=clock.now())


def recompute_deadlines(subject_id: str) -> None:
    """A day of the calendar changed: count every open deadline anew."""
    deadlines.recompute_open_deadlines(now=clock.now())
