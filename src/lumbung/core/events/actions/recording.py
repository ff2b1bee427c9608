"""Recording events in the transaction of the change they tell of."""

from datetime import date, datetime, timedelta

import rfc8785
from django.db import connection

from lumbung.core.base import clock, ids
from lumbung.core.base.actors import Actor
from lumbung.core.events import registry
from lumbung.core.events.models import EventRecord, Waiting
from lumbung.core.events.types import MAX_BODY_BYTES, Event, Precision
from lumbung.core.jobs import actions as jobs
from lumbung.kernels.merkle import leaf_hash


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
        joins_log_on=_first_day_in_the_log(event, on, precision),
        body=body,
        leaf_hash=leaf_hash(body),
    )
    Waiting.objects.create(event=stored, joins_log_on=stored.joins_log_on)
    for job_name in registry.reactions_to(event.key):
        arguments = registry.arguments_for(job_name, event_key=event.key, event_id=str(uid), subject_id=subject_id)
        jobs.enqueue(job_name, key=f"{job_name}:{uid}", now=now, run_after=None, **arguments)
    return stored


def _first_day_in_the_log(event: Event, on: date, precision: Precision) -> date | None:
    if precision == "week":
        return clock.monday_after(on)
    return on + timedelta(days=1) if event.joins_log == "the day after" else None


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
