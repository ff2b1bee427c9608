"""Whether the log still says what was written: after a restore, and whenever somebody doubts."""

from collections.abc import Iterator

from lumbung.core.events import actions
from lumbung.core.events.models import EventRecord, LogLeaf
from lumbung.kernels import merkle


def event_count() -> int:
    """How many events are stored."""
    return EventRecord.objects.count()


def faults() -> Iterator[str]:
    """Everything that does not add up, in the order of the log; nothing when all is well."""
    yield from _altered_events()
    yield from _broken_order()
    yield from _broken_access_chain()


def _altered_events() -> Iterator[str]:
    for key, uid, body, stored in EventRecord.objects.values_list("key", "uid", "body", "leaf_hash").iterator():
        if merkle.leaf_hash(bytes(body)) != bytes(stored):
            yield f"{key} {uid}: body and hash differ"


def _broken_order() -> Iterator[str]:
    rows = LogLeaf.objects.order_by("index").values_list("index", "leaf_hash", "event__leaf_hash")
    for expected, (index, leaf, event) in enumerate(rows.iterator()):
        if index != expected:
            yield f"leaf {expected} is missing"
            return
        if bytes(leaf) != bytes(event):
            yield f"leaf {index} is not the hash of its event"


def _broken_access_chain() -> Iterator[str]:
    broken = actions.first_broken_access_event()
    if broken is not None:
        yield f"access event {broken.pk} does not follow the one before it"
