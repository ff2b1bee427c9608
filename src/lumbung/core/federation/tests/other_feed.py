"""What another installation publishes, of which every answer can be chosen."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import rfc8785

from lumbung.core.base.declarations import FeedItem
from lumbung.core.federation import feeds
from lumbung.core.log.tests.other_log import KEY, Log
from lumbung.kernels import merkle, merkle_tiles

ADDRESS = f"/log/{feeds.DOCUMENT}"
FEED = "stones"


def wall(item: str = "wall", *, stones: int = 3) -> FeedItem:
    return FeedItem(item, {"id": "Tembok", "en": "Wall"}, "ksb", "/ksb/tembok/", {"stones": stones})


def event_of(record: bytes, item: str, kind: str = "item_published") -> bytes:
    """The entry that says the fingerprint of a record."""
    data = {"feed": FEED, "item": item, "objects": {feeds.name_of(FEED, item): feeds.sha256_of(record)}}
    return rfc8785.dumps({"type": f"federation.{kind}", "on": "2026-03-05", "data": data})


@dataclass
class Neighbour:
    """An installation with a log of fewer than 256 entries and what it has told."""

    log: Log
    entries: list[bytes] = field(default_factory=lambda: [bytes([number]) for number in range(9)])
    told: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    gone: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def tells(self, item: FeedItem, *, origin: str = KEY.name) -> None:
        """A record whose fingerprint is in its log."""
        record = feeds.record_of(origin, FEED, item)
        self.entries.append(event_of(record, item.id))
        self.told[item.id] = (len(self.entries) - 1, record)

    def withdraws(self, item: str, *, why: str = "Tembok dibongkar.", kind: str = "item_withdrawn") -> None:
        """Say in its log that it tells a record no longer."""
        words = {"id": why, "en": "The wall was taken down."}
        record = feeds.withdrawal_of(KEY.name, FEED, item, on=date(2026, 3, 5), why=words)
        self.entries.append(event_of(record, item, kind))
        self.told.pop(item, None)
        self.gone[item] = (len(self.entries) - 1, record)

    def answers(self, **other: Any) -> None:
        """Sign the log as it is and serve the feed; some of it replaced."""
        self.log.says(self.leaves)
        self.serves(self.document() | other)

    def serves(self, document: Any) -> None:
        """Serve any document as the feed."""
        self.log.pages[ADDRESS] = json.dumps(document).encode()

    @property
    def leaves(self) -> list[bytes]:
        """Its log as hashes."""
        return [merkle.leaf_hash(entry) for entry in self.entries]

    def document(self) -> dict[str, Any]:
        """The feed as it should be."""
        items = [self.item(item, index, record) for item, (index, record) in self.told.items()]
        gone = [self.item(item, index, record) for item, (index, record) in self.gone.items()]
        checkpoint = self.log.pages["/log/checkpoint"].decode()
        return {"v": 1, "origin": KEY.name, "checkpoint": checkpoint, "items": items, "withdrawn": gone}

    def item(self, item: str, index: int, record: bytes) -> dict[str, Any]:
        """One record with its proof."""
        leaves = self.leaves

        def hashes(level: int, first: int, count: int) -> Sequence[bytes]:
            assert level == 0
            return leaves[first : first + count]

        proof = merkle_tiles.inclusion_proof(index, len(leaves), hashes)
        return {
            "feed": FEED,
            "id": item,
            "record": json.loads(record),
            "sha256": feeds.sha256_of(record),
            "index": index,
            "entry": base64.b64encode(self.entries[index]).decode(),
            "proof": [base64.b64encode(step).decode() for step in proof],
        }
