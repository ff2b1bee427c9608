"""Writing down who opened what, each entry chained to the one before."""

import hashlib
from datetime import UTC, datetime

import rfc8785
from django.db import connection, transaction

from lumbung.core.events.models import AccessEvent

NO_HASH = bytes(32)


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
