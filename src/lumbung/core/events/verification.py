"""Whether the record of who opened what still says what was written. The public log is verified by `core/log`."""

from collections.abc import Iterator

from lumbung.core.events import actions
from lumbung.core.events.models import EventRecord


def event_count() -> int:
    """How many events are stored."""
    return EventRecord.objects.count()


def access_faults() -> Iterator[str]:
    """Where the chain of access events is broken; nothing when it holds."""
    broken = actions.first_broken_access_event()
    if broken is not None:
        yield f"access event {broken.pk} does not follow the one before it"
