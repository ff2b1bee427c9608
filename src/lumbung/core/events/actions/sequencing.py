"""Giving events their place in the log."""

from datetime import date

from django.db import transaction

from lumbung.core.events.models import EventRecord, LogLeaf


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
