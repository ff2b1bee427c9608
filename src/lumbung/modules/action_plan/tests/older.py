"""An installation that was there before: its events say less."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import rfc8785

from lumbung.core.events.models import EventRecord
from lumbung.core.events.types import Event
from lumbung.kernels.merkle import leaf_hash
from lumbung.modules.action_plan.tests.enacted import superuser


@contextmanager
def as_first_version(kind: type[Event]) -> Iterator[None]:
    """Within it events of this kind are recorded as their first version."""
    newer = kind.v
    kind.v = 1
    try:
        yield
    finally:
        kind.v = newer


def told_as_before(kind: type[Event], *, without: tuple[str, ...]) -> None:
    """Every event of this kind as its first version told it: without some fields."""
    for told in EventRecord.objects.filter(key=kind.key):
        body = json.loads(bytes(told.body))
        for name in without:
            del body["data"][name]
        older = rfc8785.dumps(body | {"v": 1})
        with superuser("events_eventrecord"):
            EventRecord.objects.filter(pk=told.pk).update(body=older, leaf_hash=leaf_hash(older))
