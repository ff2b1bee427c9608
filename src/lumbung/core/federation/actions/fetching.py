"""Taking over what another installation publishes: all of a feed that proves itself, or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as events
from lumbung.core.federation import feeds, queries, registry
from lumbung.core.federation.events import PeerFeedRefused
from lumbung.core.federation.feeds import Proven, Read, Refusal, Withdrawn
from lumbung.core.federation.models import PeerFeed, RemoteItem
from lumbung.core.jobs import actions as jobs
from lumbung.core.log import actions as log
from lumbung.core.log.models import Peer
from lumbung.core.log.remote import Remote, Unreachable
from lumbung.core.log.watching import Inconsistent, Malformed, Seen

FETCH = "federation.fetch_feed"
SUBJECT = "peer"
Trouble = PeerFeed.Trouble


def fetch_all(*, now: datetime) -> None:
    """Put the reading of every feed on the queue: one that hangs holds up no other."""
    for peer in queries.readable_peers(now):
        jobs.enqueue(FETCH, now=now, subject_id=str(peer.pk))


def fetch(*, peer: Peer, now: datetime) -> PeerFeed | None:
    """Read a peer's feed, prove every record in it, and keep them; on the first that does not fit, keep nothing.

    A peer whose log was never compared, or does not fit, is not asked.
    """
    if peer.pk not in {each.pk for each in queries.readable_peers(now)}:
        return queries.feed_of(peer)
    try:
        return _keep(peer, _read_and_prove(peer, now), now)
    except Unreachable:
        return _note(peer, Refusal(Trouble.UNREACHABLE), now)
    except Inconsistent:
        return _note(peer, Refusal(Trouble.INCONSISTENT), now)
    except Malformed:
        return _note(peer, Refusal(Trouble.MALFORMED), now)
    except Refusal as refusal:
        return _note(peer, refusal, now)


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed whose every record is proven."""

    seen: Seen
    proven: Sequence[Proven]
    withdrawn: Sequence[Withdrawn]

    @property
    def told(self) -> list[Proven | Withdrawn]:
        """Everything it names."""
        return [*self.proven, *self.withdrawn]


def _read_and_prove(peer: Peer, now: datetime) -> Reading:
    read = _page(peer, 1, 0)
    seen = log.compare(peer=peer, note=read.checkpoint, now=now)
    read = _with_other_pages(peer, read, seen)
    under: dict[str, Any] = {"origin": peer.origin, "size": seen.size, "root": seen.root}
    proven = [feeds.prove(each, **under) for each in read.items]
    reading = Reading(seen, proven, [feeds.prove_withdrawal(each, **under) for each in read.withdrawn])
    _must_name_each_once(reading)
    _must_be_shown_here(proven, read.items)
    _must_not_go_back(peer, reading)
    return reading


def _page(peer: Peer, page: int, size: int) -> Read:
    content = Remote(peer.address).document(feeds.page_name(page, size), most=feeds.MAX_BYTES)
    return feeds.read(content, origin=peer.origin)


def _with_other_pages(peer: Peer, first: Read, seen: Seen) -> Read:
    """Everything the pages hold together. Pages that do not belong together were read while they changed: it passes."""
    pages = [first, *(_page(peer, number, seen.size) for number in range(2, first.pages + 1))]
    items = tuple(each for page in pages for each in page.items)
    withdrawn = tuple(each for page in pages for each in page.withdrawn)
    texts = {page.checkpoint.partition("\n\n")[0] for page in pages}
    if len(texts) > 1 or first.count not in {None, len(items) + len(withdrawn)}:
        raise Unreachable("the feed changed while it was read")
    return Read(first.checkpoint, items, withdrawn, first.pages, first.count)


def _must_name_each_once(reading: Reading) -> None:
    names = [(each.feed, each.item) for each in reading.told]
    if len(set(names)) != len(names):
        raise Refusal(Trouble.MALFORMED)


def _must_be_shown_here(proven: Sequence[Proven], told: Sequence[object]) -> None:
    for each, answered in zip(proven, told, strict=True):
        feed = registry.find(each.feed)
        body = answered["record"]["body"] if isinstance(answered, dict) else None
        if feed is not None and not feed.is_readable(body):
            raise Refusal(Trouble.MALFORMED, f"{each.feed}/{each.item}")


def _must_not_go_back(peer: Peer, reading: Reading) -> None:
    before, kept = queries.feed_of(peer), queries.kept_indexes(peer)
    if before is not None and reading.seen.size < before.size:
        raise Refusal(Trouble.OLDER)
    for each in reading.told:
        if each.index < kept.get((each.feed, each.item), 0):
            raise Refusal(Trouble.OLDER, f"{each.feed}/{each.item}")


def _keep(peer: Peer, reading: Reading, now: datetime) -> PeerFeed:
    with transaction.atomic():
        current = Peer.objects.select_for_update().get(pk=peer.pk)
        # Another look may have found a second history while this one was reading.
        if current.ended_on is not None or current.trouble == Peer.Trouble.FORK:
            raise Refusal(Trouble.INCONSISTENT)
        for each in reading.proven:
            if registry.find(each.feed) is not None:
                _keep_one(peer, each, reading.seen, now)
        for gone in reading.withdrawn:
            _mark_withdrawn(peer, gone)
        _mark_missing(peer, reading, now)
        facts = {
            "size": reading.seen.size,
            "fetched_at": now,
            "looked_at": now,
            "trouble": "",
            "about": "",
            "since": None,
        }
        return PeerFeed.objects.update_or_create(peer=current, defaults=facts)[0]


def _keep_one(peer: Peer, each: Proven, seen: Seen, now: datetime) -> None:
    facts = {"record": each.record, "sha256": each.sha256, "index": each.index, "told_on": each.told_on}
    facts |= {"size": seen.size, "fetched_at": now, "missing_since": None}
    facts |= {"withdrawn_index": None, "withdrawn_on": None, "why_id": "", "why_en": ""}
    RemoteItem.objects.update_or_create(peer=peer, feed=each.feed, item=each.item, defaults=facts)


def _mark_withdrawn(peer: Peer, gone: Withdrawn) -> None:
    """What was taken over stays, and says that its installation withdrew it; what never was is not begun by it."""
    facts = {"withdrawn_index": gone.index, "withdrawn_on": gone.on, "why_id": gone.why_id, "why_en": gone.why_en}
    RemoteItem.objects.filter(peer=peer, feed=gone.feed, item=gone.item).update(**facts, missing_since=None)


def _mark_missing(peer: Peer, reading: Reading, now: datetime) -> None:
    named = {(each.feed, each.item) for each in reading.told}
    for row in RemoteItem.objects.filter(peer=peer, missing_since=None):
        if (row.feed, row.item) not in named:
            RemoteItem.objects.filter(pk=row.pk).update(missing_since=now)


def _note(peer: Peer, refusal: Refusal, now: datetime) -> PeerFeed:
    """Why nothing was taken over, since when; a fault of the peer is told in our log, once."""
    with transaction.atomic():
        Peer.objects.select_for_update().get(pk=peer.pk)
        before = queries.feed_of(peer)
        if before is not None and refusal.trouble == Trouble.UNREACHABLE and before.is_fault:
            # Falling silent lifts no doubt: what did not fit stays said until a feed fits again.
            PeerFeed.objects.filter(pk=before.pk).update(looked_at=now)
            return before
        is_new = before is None or before.trouble != refusal.trouble
        since = now if before is None or is_new or before.since is None else before.since
        facts = {"looked_at": now, "trouble": refusal.trouble, "about": refusal.about, "since": since}
        if is_new and refusal.trouble not in {Trouble.UNREACHABLE, Trouble.INCONSISTENT}:
            told = PeerFeedRefused(peer.origin, refusal.trouble, refusal.about)
            events.record(told, subject_type=SUBJECT, subject_id=str(peer.pk), actor=SYSTEM, now=now)
        return PeerFeed.objects.update_or_create(peer=peer, defaults=facts)[0]
