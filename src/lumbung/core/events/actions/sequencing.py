"""Giving events their place in the log."""

from datetime import date

from django.db import transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from lumbung.core.events.models import LogLeaf, Waiting

IDS_AT_ONCE = 500  # in one statement
FACTS = ("event_id", "event__leaf_hash")


def sequence(*, today: date, limit: int = 5000) -> int:
    """Give every event without a place in the log the next one; returns how many.

    By day, and within it in the order they were stored, but for those that wait for a day: what is told by the week
    enters on the Monday after, a citizen's act the day after, each among the others of its day in the order of their
    random ids. One sequencer at a time: the index is the primary key, so a second one fails and tries again.
    """
    with transaction.atomic():
        last = LogLeaf.objects.order_by("-index").first()
        start = 0 if last is None else last.index + 1
        waiting = _waiting(today, limit)
        LogLeaf.objects.bulk_create(
            LogLeaf(index=start + offset, event_id=event_id, leaf_hash=leaf_hash)
            for offset, (event_id, leaf_hash) in enumerate(waiting)
        )
        ids = [event_id for event_id, _leaf_hash in waiting]
        for first in range(0, len(ids), IDS_AT_ONCE):
            Waiting.objects.filter(event_id__in=ids[first : first + IDS_AT_ONCE]).delete()
    return len(waiting)


def _waiting(today: date, limit: int) -> list[tuple[int, bytes]]:
    due = Waiting.objects.filter(Q(joins_log_on=None) | Q(joins_log_on__lte=today))
    first_day = Coalesce("joins_log_on", "event__on")
    # Only those that waited for their day stand in the order of their random ids.
    random_place = Case(When(joins_log_on__isnull=False, then=F("event__uid")), default=None)
    in_order = due.order_by(first_day, random_place.asc(nulls_last=True), "event_id")[:limit]
    return [(event_id, bytes(leaf_hash)) for event_id, leaf_hash in in_order.values_list(*FACTS)]
