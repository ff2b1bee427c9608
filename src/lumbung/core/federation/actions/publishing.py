"""Publishing: the fingerprint of each record goes into our own log before anybody is served the record."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import FeedItem
from lumbung.core.events import actions as events
from lumbung.core.federation import feeds, queries, registry
from lumbung.core.federation.events import ItemPublished
from lumbung.core.federation.models import Published
from lumbung.core.log import queries as log
from lumbung.core.log import signing

SUBJECT = "feed_item"


def publish_all(*, now: datetime) -> int:
    """Publish what differs from what was said last; returns how many records that were."""
    told = [(feed.key, item) for feed in registry.all_feeds() for item in feed.items(now)]
    return sum(_publish(key, item, now) for key, item in told)


def _publish(feed: str, item: FeedItem, now: datetime) -> bool:
    record = feeds.record_of(signing.origin(), feed, item)
    if len(record) > feeds.MAX_RECORD_BYTES:
        raise ValueError(f"{feeds.name_of(feed, item.id)} has {len(record)} bytes; at most {feeds.MAX_RECORD_BYTES}")
    sha256 = feeds.sha256_of(record)
    with transaction.atomic():
        before = queries.newest_version(feed, item.id)
        if before is not None and before.sha256 == sha256:
            return False
        _forget_what_was_replaced(feed, item.id)
        said = events.record(
            ItemPublished(feed, item.id, {feeds.name_of(feed, item.id): sha256}),
            subject_type=SUBJECT,
            subject_id=f"{feed}/{item.id}",
            actor=SYSTEM,
            now=now,
        )
        Published.objects.create(
            feed=feed, item=item.id, record=record, sha256=sha256, event_id=said.uid, published_at=now
        )
    return True


def _forget_what_was_replaced(feed: str, item: str) -> None:
    """Versions older than the one that is served: nobody asks for them again, and the log keeps their fingerprints."""
    checkpoint = log.newest_checkpoint()
    if checkpoint is None:
        return
    for served in queries.covered(checkpoint):
        if (served.row.feed, served.row.item) == (feed, item):
            Published.objects.filter(feed=feed, item=item, pk__lt=served.row.pk).delete()
