"""Retryable entry points of telling people, and of forgetting where they are told."""

from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType, Reaction
from lumbung.modules.action_plan.actions import reminding, seats, telling

TELL = "action_plan.tell_those_concerned"


def tell_those_concerned(event_id: str) -> None:
    """Tell whoever has to do something because of an event."""
    telling.tell_of_event(event_id=event_id, now=clock.now())


def watch_clocks() -> None:
    """Remind of what falls due."""
    reminding.watch(now=clock.now())


def forget_contacts() -> None:
    """Erase addresses of those who asked to join a forum and were never answered."""
    seats.forget_contacts(now=clock.now())


JOBS = (
    JobType("action_plan.forget_contacts", forget_contacts, every_seconds=3600),
    JobType(TELL, tell_those_concerned),
    JobType("action_plan.watch_clocks", watch_clocks, every_seconds=3600),
)
REACTIONS = tuple(Reaction(key, TELL, passes="event") for key in telling.CONCERNED)
