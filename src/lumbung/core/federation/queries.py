"""What this installation tells others, and what others tell, with the doubt that belongs beside it."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from lumbung.core.federation import feeds
from lumbung.core.federation.models import PeerFeed, Published, RemoteItem
from lumbung.core.log import queries as log
from lumbung.core.log import signing
from lumbung.core.log.models import Checkpoint, Peer
from lumbung.core.log.queries import Entry, PeerState

# A feed that could not be read for this long is shown as out of date: it is asked every five minutes.
STALE_AFTER = timedelta(hours=3)
PATH_OF_LOG = "/log"

Standing = Literal["fresh", "stale", "refused", "inconsistent", "waiting"]


@dataclass(frozen=True, slots=True)
class Covered:
    """A published record with the entry that holds its fingerprint."""

    row: Published
    entry: Entry


def document(page: int = 1, size: int | None = None) -> dict[str, Any] | None:
    """One page of the feed as it is served; None before the first checkpoint, and beyond the last page.

    size  of the checkpoint under which the first page was told: pages read one after the other belong together
    """
    checkpoint = log.newest_checkpoint() if size is None else log.checkpoint_of(size)
    pages = _pages(covered(checkpoint)) if checkpoint else []
    if checkpoint is None or not 1 <= page <= len(pages):
        return None
    told = [(each.row.is_withdrawal, _told(each, checkpoint)) for each in pages[page - 1]]
    return {
        "v": feeds.VERSION,
        "origin": signing.origin(),
        "checkpoint": log.signed_note(checkpoint),
        "pages": len(pages),
        "count": sum(len(each) for each in pages),
        "items": [each for is_withdrawal, each in told if not is_withdrawal],
        "withdrawn": [each for is_withdrawal, each in told if is_withdrawal],
    }


def _pages(records: Sequence[Covered]) -> list[list[Covered]]:
    """The records in their order, as many on a page as a reader takes; what goes beyond the last page is not told."""
    pages: list[list[Covered]] = [[]]
    filled = 0
    for each in records:
        length = len(bytes(each.row.record))
        if pages[-1] and (len(pages[-1]) == feeds.MAX_ITEMS or filled + length > feeds.FULL_PAGE_BYTES):
            pages.append([])
            filled = 0
        pages[-1].append(each)
        filled += length
    return pages[: feeds.MAX_PAGES]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what this installation publishes fits into its feed."""

    records: int
    told: int
    pages: int

    @property
    def left_out(self) -> int:
        """Records nobody is told of, because there is no page for them."""
        return self.records - self.told

    @property
    def is_short(self) -> bool:
        """Whether four fifths of the pages are used."""
        return self.pages * 5 > feeds.MAX_PAGES * 4


def own() -> list[Covered]:
    """What this installation publishes now, with the entries that hold it."""
    checkpoint = log.newest_checkpoint()
    return covered(checkpoint) if checkpoint else []


def room(records: Sequence[Covered]) -> Room:
    """For the page that shows what is told, and the page of the state."""
    pages = _pages(records)
    return Room(len(records), sum(len(each) for each in pages), len(pages))


def covered(checkpoint: Checkpoint) -> list[Covered]:
    """The newest version of each record that the checkpoint covers."""
    rows = list(Published.objects.all())
    entries = log.entries_of(row.event_id for row in rows)
    newest: dict[tuple[str, str], Covered] = {}
    for row in rows:
        entry = entries.get(str(row.event_id))
        if entry is not None and entry.index < checkpoint.size:
            newest[row.feed, row.item] = Covered(row, entry)
    return list(newest.values())


def _told(found: Covered, checkpoint: Checkpoint) -> dict[str, Any]:
    proof = log.inclusion_proof(found.entry.index, checkpoint.size)
    return {
        "feed": found.row.feed,
        "id": found.row.item,
        "record": json.loads(bytes(found.row.record)),
        "sha256": found.row.sha256,
        "index": found.entry.index,
        "entry": base64.b64encode(found.entry.body).decode(),
        "proof": [base64.b64encode(step).decode() for step in proof],
    }


def newest_version(feed: str, item: str) -> Published | None:
    """What was last published of one thing, in the log or waiting for its place."""
    return Published.objects.filter(feed=feed, item=item).last()


def standing_items(feed: str) -> set[str]:
    """What a feed has told and not withdrawn since."""
    newest = dict(Published.objects.filter(feed=feed).order_by("pk").values_list("item", "is_withdrawal"))
    return {item for item, is_withdrawal in newest.items() if not is_withdrawal}


def fingerprint(data: Mapping[str, Any]) -> dict[str, str]:
    """What the tables say now of a published record, for whoever compares them with the log."""
    return _fingerprint(data, is_withdrawal=False)


def fingerprint_of_withdrawal(data: Mapping[str, Any]) -> dict[str, str]:
    """The same of a record that says something was withdrawn."""
    return _fingerprint(data, is_withdrawal=True)


def told_items() -> list[tuple[str, str]]:
    """Feed and item of every record that stands in the table."""
    return list(Published.objects.filter(is_withdrawal=False).values_list("feed", "item").distinct().order_by())


def withdrawn_items() -> list[tuple[str, str]]:
    """The same of records that say something was withdrawn."""
    return list(Published.objects.filter(is_withdrawal=True).values_list("feed", "item").distinct().order_by())


def _fingerprint(data: Mapping[str, Any], *, is_withdrawal: bool) -> dict[str, str]:
    row = Published.objects.filter(feed=data["feed"], item=data["item"], is_withdrawal=is_withdrawal).last()
    return {} if row is None else {feeds.name_of(row.feed, row.item): feeds.sha256_of(bytes(row.record))}


@dataclass(frozen=True, slots=True)
class Source:
    """A peer that publishes, and whether what we show of it can be relied on.

    standing  fresh: read within three hours. stale: not read or its log not compared for longer. refused: its feed
              does not prove what it says. inconsistent: its log does not fit. waiting: never read yet.
    since     the moment of the last reading that was in order, or since when it is not
    """

    peer: Peer
    standing: Standing
    since: datetime | None
    feed: PeerFeed | None = None

    @property
    def is_warning(self) -> bool:
        """Whether whoever shows anything of it must say so beside it."""
        return self.standing in {"stale", "refused", "inconsistent"}

    def address_of(self, path: str) -> str:
        """The whole address of a page of the peer."""
        root = self.peer.address.removesuffix(PATH_OF_LOG)
        return f"{root}{path}" if path else root


@dataclass(frozen=True, slots=True)
class Shown:
    """A proven record of a peer."""

    item: RemoteItem
    source: Source
    record: Mapping[str, Any]


def sources(now: datetime) -> list[Source]:
    """Every installation of today whose log was compared at least once."""
    states = log.verified_peers(now)
    known = PeerFeed.objects.in_bulk([state.peer.pk for state in states]) if states else {}
    return [_source(state, known.get(state.peer.pk), now) for state in states]


def _source(state: PeerState, feed: PeerFeed | None, now: datetime) -> Source:
    fetched_at = feed.fetched_at if feed else None
    if state.standing == "inconsistent":
        evidence = max((each.at for each in state.evidence), default=state.peer.looked_at)
        return Source(state.peer, "inconsistent", evidence, feed)
    if feed is not None and feed.is_fault:
        return Source(state.peer, "refused", feed.since, feed)
    if fetched_at is None:
        return Source(state.peer, "waiting", None, feed)
    if state.standing == "stale" or now - fetched_at > STALE_AFTER:
        return Source(state.peer, "stale", fetched_at, feed)
    return Source(state.peer, "fresh", fetched_at, feed)


def shown_items(feed: str, now: datetime) -> list[Shown]:
    """Every record of one feed that was taken over from an installation watched today, with its source."""
    known = {source.peer.pk: source for source in sources(now)}
    rows = RemoteItem.objects.filter(feed=feed, peer__in=list(known)) if known else ()
    return [Shown(row, known[row.peer_id], json.loads(bytes(row.record))) for row in rows]


def items_of(sources_known: Iterable[Source]) -> dict[int, list[RemoteItem]]:
    """The records taken over from each of these installations."""
    found: dict[int, list[RemoteItem]] = {source.peer.pk: [] for source in sources_known}
    for row in RemoteItem.objects.filter(peer__in=list(found)) if found else ():
        found[row.peer_id].append(row)
    return found


def readable_peers(now: datetime) -> Sequence[Peer]:
    """Those whose feed is asked: compared before, and no second history known."""
    return [state.peer for state in log.verified_peers(now) if state.standing != "inconsistent"]


def feed_of(peer: Peer) -> PeerFeed | None:
    """How far a peer's feed was read."""
    return PeerFeed.objects.filter(pk=peer.pk).first()


def kept_indexes(peer: Peer) -> dict[tuple[str, str], int]:
    """The place in the peer's log of what was last heard of each record taken over from it."""
    rows = RemoteItem.objects.filter(peer=peer).values_list("feed", "item", "index", "withdrawn_index")
    return {(feed, item): max(index, withdrawn or 0) for feed, item, index, withdrawn in rows}
