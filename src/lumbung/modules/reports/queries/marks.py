"""Whether a report's two clocks were kept: worked out once, for the open data and for the monthly summary alike."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lumbung.core.base import clock
from lumbung.kernels.shares import KEPT, MISSED, RUNNING
from lumbung.modules.reports.states import State

# Promise of NTB Care since 16 October 2018, on the wall clock.
PROMISED = {"urgent": timedelta(hours=1), "important": timedelta(hours=24), "ordinary": timedelta(hours=48)}
ENDED_WELL = frozenset({State.FINISHED, State.CONFIRMED})


def deadline_mark(facts: Mapping[str, Any], day: date) -> str:
    """The legal deadline as it stands on a day; a paused clock does not run out."""
    if facts["state"] in ENDED_WELL:
        return KEPT if clock.local_day(facts["finished_at"]) <= facts["due_on"] else MISSED
    stands_still = facts["paused_since"] is not None
    return MISSED if facts["due_on"] < day and not stands_still else RUNNING


def promise_mark(facts: Mapping[str, Any], seen_at: datetime) -> str:
    """The promised first answer as seen at a moment; an anonymous report's answer counts once its moment is past."""
    until = facts["received_at"] + PROMISED[facts["urgency"]]
    answered = facts["first_answered_at"]
    if answered is not None and (answered < seen_at or not facts["is_anonymous"]):
        return KEPT if answered <= until else MISSED
    return MISSED if until < seen_at else RUNNING
