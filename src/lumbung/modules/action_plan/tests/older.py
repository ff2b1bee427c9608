"""An installation that was there before: its events say less."""

from collections.abc import Iterator
from contextlib import contextmanager

from lumbung.core.events.types import Event


@contextmanager
def as_first_version(kind: type[Event]) -> Iterator[None]:
    """Within it events of this kind are recorded as their first version."""
    newer = kind.v
    kind.v = 1
    try:
        yield
    finally:
        kind.v = newer
