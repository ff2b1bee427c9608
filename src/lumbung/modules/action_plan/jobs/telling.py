"""Retryable entry points of telling offices what waits for them."""

from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType, Reaction
from lumbung.modules.action_plan.actions import reminding, telling

TELL = "action_plan.tell_those_concerned"


def tell_those_concerned(event_id: str) -> None:
    """Tell whoever has to do something because of an event."""
    telling.tell_of_event(event_id=event_id, now=clock.now())


def watch_clocks() -> None:
    """Remind of what falls due."""
    reminding.watch(now=clock.now())


JOBS = (
    JobType(TELL, tell_those_concerned),
    JobType("action_plan.watch_clocks", watch_clocks, every_seconds=3600),
)
REACTIONS = tuple(Reaction(key, TELL, passes="event") for key in telling.CONCERNED)
