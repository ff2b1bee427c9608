"""A log to build, and a witness to sign under it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import EventType
from lumbung.core.events import actions as events
from lumbung.core.events import registry
from lumbung.core.events.models import EventRecord
from lumbung.core.events.types import Event
from lumbung.core.log import actions, queries
from lumbung.core.log.models import Checkpoint
from lumbung.core.log.standalone import lumbung_witness
from lumbung.core.log.tests.other_log import Log, answering
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, Key, Note, Signature

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoneLaid(Event):
    key: ClassVar[str] = "tests.stone_laid"
    number: int


@dataclass(frozen=True)
class Laptop:
    """A witness with a key of its own, outside the installation."""

    name: str
    seed: bytes

    @property
    def key(self) -> Key:
        return Key(self.name, COSIGNATURE_KEY, lumbung_witness.public_key(self.seed))

    def cosigned(self, text: str, *, at: datetime) -> str:
        """The note with this witness's line under it."""
        note = signed_notes.read_note(text)
        seconds = int(at.timestamp())
        value = lumbung_witness.sign(self.seed, signed_notes.cosigned_message(note.text, seconds))
        line = Signature(self.name, self.key.key_id, seconds.to_bytes(8, "big") + value)
        return str(Note(note.text, (*note.signatures, line)))


@pytest.fixture
def a_stone_is_an_event() -> Iterator[None]:
    before = dict(registry._types)
    registry.register(EventType(StoneLaid, "Stone %(number)s was laid"))
    yield
    registry._types.clear()
    registry._types.update(before)


@pytest.fixture
def grow(a_stone_is_an_event: None, db: None) -> Callable[[int], Checkpoint | None]:
    """Add entries until the log has so many, and sign. What the house was built with stands first: say 100 or more."""

    def up_to(size: int) -> Checkpoint | None:
        with transaction.atomic():
            for number in range(EventRecord.objects.count(), size):
                events.record(StoneLaid(number), subject_type="wall", subject_id="w1", actor=SYSTEM, now=NOW)
        signed = actions.extend(now=NOW)
        assert queries.leaf_count() == size
        return signed

    return up_to


@pytest.fixture
def laptop() -> Laptop:
    return Laptop("saksi.example", b"s" * 32)


@pytest.fixture
def log() -> Iterator[Log]:
    """Another log, of which every answer can be chosen."""
    with answering() as told:
        yield told


@pytest.fixture
def unguarded() -> Callable[..., Any]:
    """Within it the triggers of some tables are gone: what a superuser of the database can do."""
    return without_triggers


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    """Take the triggers off and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")  # ALTER TABLE would wait for deferred keys
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        found = [trigger for table in tables for trigger in _triggers_of(cursor, table)]
        for name, _text in found:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, text in found:
            cursor.execute(text)


def _triggers_of(cursor: Any, table: str) -> list[tuple[str, str]]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    return list(cursor.fetchall())
