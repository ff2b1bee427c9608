"""Recording events, giving them their place in the log, and recording who opened what."""

import hashlib
from datetime import UTC, date, datetime

import rfc8785
from django.db import connection, transaction

from lumbung.core.base import clock, ids
from lumbung.core.base.actors import Actor
from lumbung.core.events import registry
from lumbung.core.events.models import AccessEvent, EventRecord, LogLeaf
from lumbung.core.events.types import MAX_BODY_BYTES, Event, Precision
from lumbung.core.jobs import actions as jobs

NO_HASH = bytes(32)


def record(
    event: Event, *, subject_type: str, subject_id: str, actor: Actor, now: datetime, precision: Precision = "day"
) -> EventRecord:
    """Write one event in the caller's transaction and enqueue what reacts to it.

    The public time is the day in WITA, or the Monday of its week; the minute would name the writer.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{event.key}: record() must run in the transaction of the change it tells of")
    registry.get(event.key)
    on = public_day(now, precision)
    uid = ids.uuid7_of_day(on)
    body = canonical_body(
        event, uid=str(uid), on=on, precision=precision, subject=(subject_type, subject_id), actor=actor
    )
    stored = EventRecord.objects.create(
        uid=uid,
        key=event.key,
        subject_type=subject_type,
        subject_id=subject_id,
        on=on,
        joins_log_on=clock.monday_after(on) if precision == "week" else None,
        body=body,
        leaf_hash=leaf_hash(body),
    )
    for job_name in registry.reactions_to(event.key):
        arguments = registry.arguments_for(job_name, event_key=event.key, event_id=str(uid), subject_id=subject_id)
        jobs.enqueue(job_name, key=f"{job_name}:{uid}", now=now, run_after=None, **arguments)
    return stored


def public_day(moment: datetime, precision: Precision) -> date:
    """The day an event shows: the local day, or the Monday of its week."""
    day = clock.local_day(moment)
    return clock.monday_of(day) if precision == "week" else day


def canonical_body(
    event: Event, *, uid: str, on: date, precision: Precision, subject: tuple[str, str], actor: Actor
) -> bytes:
    """RFC 8785 bytes of an event; these bytes, and only these, are hashed and published."""
    body = rfc8785.dumps(
        {
            "id": uid,
            "type": event.key,
            "v": event.v,
            "on": on.isoformat(),
            "precision": precision,
            "subject": {"type": subject[0], "id": subject[1]},
            "actor": actor.as_payload(),
            "data": event.as_payload(),
        }
    )
    if len(body) > MAX_BODY_BYTES:
        raise ValueError(f"{event.key}: {len(body)} bytes; at most {MAX_BODY_BYTES} (events.body)")
    return body


def leaf_hash(body: bytes) -> bytes:
    """RFC 9162 leaf: SHA-256(0x00 ‖ bytes)."""
    return hashlib.sha256(b"\x00" + body).digest()


def sequence(*, today: date, limit: int = 5000) -> int:
    """Give every event without a place in the log the next one; returns how many.

    In the order they were stored, but for events told by the week: those enter on the Monday after, among themselves in
    the order of their random ids. One sequencer at a time: the index is the primary key, so a second one fails and
    tries again.
    """
    with transaction.atomic():
        last = LogLeaf.objects.order_by("-index").first()
        start = 0 if last is None else last.index + 1
        leaves = [
            LogLeaf(index=start + offset, event=event, leaf_hash=event.leaf_hash)
            for offset, event in enumerate(_waiting(today, limit))
        ]
        LogLeaf.objects.bulk_create(leaves)
    return len(leaves)


def _waiting(today: date, limit: int) -> list[EventRecord]:
    waiting = EventRecord.objects.filter(leaf__isnull=True).only("id", "leaf_hash")
    weekly = list(waiting.filter(joins_log_on__lte=today).order_by("joins_log_on", "uid")[:limit])
    return [*weekly, *waiting.filter(joins_log_on__isnull=True).order_by("id")[: limit - len(weekly)]]


def record_access(
    *,
    account_id: str,
    role: str,
    subject_type: str,
    subject_id: str,
    fields: tuple[str, ...],
    channel: str,
    reason: str,
    now: datetime,
) -> AccessEvent:
    """Write down that somebody opened a person's data, chained to the entry before it."""
    with transaction.atomic():
        _keep_other_writers_out()
        last = AccessEvent.objects.order_by("-id").first()
        entry = AccessEvent(
            at=now,
            account_id=account_id,
            role=role,
            subject_type=subject_type,
            subject_id=subject_id,
            fields=",".join(fields),
            channel=channel,
            reason=reason,
            previous_hash=NO_HASH if last is None else bytes(last.hash),
        )
        entry.hash = chain_hash(entry)
        entry.save(force_insert=True)
        return entry


def _keep_other_writers_out() -> None:
    # Locking the last row is not enough on PostgreSQL: who waited for it would still chain to it and fork the chain.
    # SQLite lets one writer in at a time anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE events_accessevent IN EXCLUSIVE MODE")


def chain_hash(entry: AccessEvent) -> bytes:
    """SHA-256 of the hash before it and the entry's own facts."""
    facts = {
        "at": entry.at.astimezone(UTC).isoformat(),
        "account": entry.account_id,
        "role": entry.role,
        "subject": [entry.subject_type, entry.subject_id],
        "fields": entry.fields.split(","),
        "channel": entry.channel,
        "reason": entry.reason,
    }
    return hashlib.sha256(bytes(entry.previous_hash) + rfc8785.dumps(facts)).digest()


def first_broken_access_event() -> AccessEvent | None:
    """The first entry that was altered, or whose predecessor is missing; None when the chain holds."""
    previous = NO_HASH
    for entry in AccessEvent.objects.order_by("id").iterator():
        if bytes(entry.previous_hash) != previous or bytes(entry.hash) != chain_hash(entry):
            return entry
        previous = bytes(entry.hash)
    return None
