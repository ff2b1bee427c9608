"""Publishing: the fingerprint of each record goes into our own log before anybody is served the record."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import Feed, FeedItem
from lumbung.core.events import actions as events
from lumbung.core.federation import feeds, queries, registry
from lumbung.core.federation.events import ItemPublished, ItemWithdrawn
from lumbung.core.federation.models import Published
from lumbung.core.log import queries as log
from lumbung.core.log import signing

SUBJECT = "feed_item"


def publish_all(*, now: datetime) -> int:
    """Publish what differs from what was said last, withdraw what is no longer told; returns how many that were."""
    return sum(_publish_feed(feed, now) for feed in registry.all_feeds())


def _publish_feed(feed: Feed, now: datetime) -> int:
    told = list(feed.items(now))
    count = sum(_publish(feed.key, item, now) for item in told)
    gone = queries.standing_items(feed.key) - {item.id for item in told}
    return count + sum(_withdraw(feed, item, now) for item in sorted(gone))


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
        said = ItemPublished(feed, item.id, {feeds.name_of(feed, item.id): sha256})
        _tell(said, Published(feed=feed, item=item.id, record=record, sha256=sha256, published_at=now), now)
    return True


def _withdraw(feed: Feed, item: str, now: datetime) -> bool:
    """Tell in the log, and to those who took it over, that it is told no longer and why."""
    why, on = feed.why_gone(item), clock.local_day(now)
    record = feeds.withdrawal_of(signing.origin(), feed.key, item, on=on, why=why)
    sha256 = feeds.sha256_of(record)
    with transaction.atomic():
        newest = queries.newest_version(feed.key, item)
        if newest is None or newest.is_withdrawal:
            return False
        said = ItemWithdrawn(feed.key, item, {feeds.name_of(feed.key, item): sha256})
        row = Published(feed=feed.key, item=item, record=record, sha256=sha256, published_at=now, is_withdrawal=True)
        _tell(said, row, now)
    return True


def _tell(said: ItemPublished | ItemWithdrawn, row: Published, now: datetime) -> None:
    recorded = events.record(said, subject_type=SUBJECT, subject_id=f"{row.feed}/{row.item}", actor=SYSTEM, now=now)
    row.event_id = recorded.uid
    row.save(force_insert=True)


def _forget_what_was_replaced(feed: str, item: str) -> None:
    """Versions older than the one that is served: nobody asks for them again, and the log keeps their fingerprints."""
    checkpoint = log.newest_checkpoint()
    if checkpoint is None:
        return
    for served in queries.covered(checkpoint):
        if (served.row.feed, served.row.item) == (feed, item):
            older = Published.objects.filter(feed=feed, item=item, pk__lt=served.row.pk)
            older.filter(is_withdrawal=False).delete()  # a withdrawal is a claim of its own and stays
