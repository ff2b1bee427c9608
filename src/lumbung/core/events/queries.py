"""Reading the log."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbung.core.events import registry
from lumbung.core.events.models import AccessEvent, EventRecord, Waiting


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a public history."""

    uid: str
    key: str
    on: date
    precision: str
    role: str
    organisation_code: str
    data: Mapping[str, Any]
    leaf_index: int | None

    @property
    def sentence(self) -> str:
        """The event told in the language active now."""
        return registry.told(self.key, self.data)


def history_of(subject_type: str, subject_id: str) -> list[HistoryEntry]:
    """The public history of one thing, oldest first."""
    rows = (
        EventRecord.objects.filter(subject_type=subject_type, subject_id=subject_id)
        .order_by("id")
        .values_list("uid", "key", "on", "body", "leaf__index")
    )
    return [_entry(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a receipt names: an event and the fingerprint of its bytes, from the moment it is stored."""

    uid: str
    leaf_hash: str


def trace_of(subject_type: str, subject_id: str, key: str) -> Trace | None:
    """The first event of a kind about one thing."""
    row = (
        EventRecord.objects.filter(subject_type=subject_type, subject_id=subject_id, key=key)
        .order_by("id")
        .values_list("uid", "leaf_hash")
        .first()
    )
    return Trace(str(row[0]), bytes(row[1]).hex()) if row else None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event and what it is about."""

    subject_type: str
    subject_id: str
    entry: HistoryEntry


def entry_by_id(event_id: str) -> FoundEvent | None:
    """One event by its id, for the job that reacts to it."""
    row = (
        EventRecord.objects.filter(uid=event_id)
        .values_list("subject_type", "subject_id", "uid", "key", "on", "body", "leaf__index")
        .first()
    )
    return FoundEvent(row[0], row[1], _entry(*row[2:])) if row else None


def _entry(uid: Any, key: str, on: date, body: bytes | memoryview, index: int | None) -> HistoryEntry:
    told = json.loads(bytes(body))
    return HistoryEntry(
        uid=str(uid),
        key=key,
        on=on,
        precision=told["precision"],
        role=told["actor"]["role"],
        organisation_code=told["actor"]["organisation"],
        data=told["data"],
        leaf_index=index,
    )


def access_history_of(subject_type: str, subject_id: str) -> list[AccessEvent]:
    """Who opened the hidden data of one thing, newest first; for the person concerned and the inspectorate."""
    return list(AccessEvent.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-id"))


@dataclass(frozen=True, slots=True)
class LogStanding:
    """How many events there are, how many wait for their place in the log, and how many of these wait too long."""

    events: int
    waiting: int
    late: int


def log_standing(*, today: date) -> LogStanding:
    """How the log stands. What waits for its day does so by right."""
    waiting = Waiting.objects.all()
    late = waiting.filter(event__on__lt=today).exclude(joins_log_on__gte=today)
    return LogStanding(EventRecord.objects.count(), waiting.count(), late.count())
