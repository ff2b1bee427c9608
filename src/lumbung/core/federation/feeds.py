"""The form of a feed, and proving one: every record stands, byte for byte, under the checkpoint its log has signed.

    {"v": 1, "origin": name of the log, "checkpoint": signed note, "pages": 1, "count": 2,
     "items": [{"feed", "id", "record": {…}, "sha256", "index", "entry": base64, "proof": [base64, …]}],
     "withdrawn": [the same]}

What does not fit on one page is told on several, all under the same checkpoint: `page_name` says where each stands.
`count` is how many records the pages hold together.

A record holds `v, origin, feed, id, title, government, path, body`. Its SHA-256 is taken over its RFC 8785 bytes and
stands in the entry, an event `federation.item_published`; the proof leads from the entry to the checkpoint. A record
among `withdrawn` holds `v, origin, feed, id, withdrawn: {on, reason}`, its entry is `federation.item_withdrawn`; a
reader that does not know the list finds that the thing is no longer among the items.
"""

import base64
import hashlib
import json
import re
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import rfc8785

from lumbung.core.base.declarations import FeedItem
from lumbung.core.federation.events import ItemPublished, ItemWithdrawn
from lumbung.core.federation.models import PeerFeed
from lumbung.kernels import merkle
from lumbung.kernels.merkle import ProofRejected

VERSION = 1
DOCUMENT = "umpan.json"
MAX_BYTES = 4 * 1024 * 1024
MAX_RECORD_BYTES = 1024 * 1024
MAX_ITEMS = 100
MAX_PAGES = 20
# Pages end here, so that the last record on one still fits.
FULL_PAGE_BYTES = 2 * 1024 * 1024
MAX_REASON = 300
PATH = re.compile(r"/[a-z0-9][a-z0-9/_.-]{0,199}")
FEED = re.compile(r"[a-z0-9_]{1,40}")
NAME = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,119}")
Trouble = PeerFeed.Trouble


class Refusal(Exception):  # noqa: N818 - reads as a sentence
    """A feed that is not taken over: why, and because of which record."""

    def __init__(self, trouble: PeerFeed.Trouble, about: str = "") -> None:
        super().__init__(f"{trouble} {about}")
        self.trouble, self.about = trouble, about


@dataclass(frozen=True, slots=True)
class Read:
    """A feed as it was answered, not proven yet."""

    checkpoint: str
    items: tuple[Mapping[str, Any], ...]
    withdrawn: tuple[Mapping[str, Any], ...] = ()
    pages: int = 1
    # None of an installation that does not tell it.
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Proven:
    """A record whose fingerprint stands in the log of its installation."""

    feed: str
    item: str
    record: bytes
    sha256: str
    index: int
    told_on: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a record is told no longer, as the log of its installation says."""

    feed: str
    item: str
    index: int
    on: date
    why_id: str
    why_en: str


def page_name(page: int, size: int) -> str:
    """Where a page of the feed stands, under the checkpoint of this size."""
    return DOCUMENT if page == 1 else f"{DOCUMENT}?halaman={page}&titik={size}"


def name_of(feed: str, item: str) -> str:
    """How a record is called in the log."""
    return f"item:{feed}/{item}"


def sha256_of(record: bytes) -> str:
    """The fingerprint of a record."""
    return hashlib.sha256(record).hexdigest()


def record_of(origin: str, feed: str, item: FeedItem) -> bytes:
    """The bytes of one record, the same for the same facts."""
    told: dict[str, Any] = {"v": VERSION, "origin": origin, "feed": feed, "id": item.id, "title": dict(item.title)}
    return rfc8785.dumps(told | {"government": item.government, "path": item.path, "body": dict(item.body)})


def withdrawal_of(origin: str, feed: str, item: str, *, on: date, why: Mapping[str, str]) -> bytes:
    """The bytes of the record that says a thing is told no longer."""
    gone: dict[str, Any] = {"on": on.isoformat(), "reason": {"id": why["id"], "en": why["en"]}}
    told: dict[str, Any] = {"v": VERSION, "origin": origin, "feed": feed, "id": item, "withdrawn": gone}
    return rfc8785.dumps(told)


def read(content: bytes, *, origin: str) -> Read:
    """A feed of that log; raises Refusal."""
    try:
        told = json.loads(content)
        found = Read(
            told["checkpoint"],
            tuple(told["items"]),
            tuple(told.get("withdrawn", ())),
            _number(told.get("pages", 1)),
            _number(told["count"]) if "count" in told else None,
        )
        fits = told["v"] == VERSION and isinstance(found.checkpoint, str)
        fits = fits and len(found.items) <= MAX_ITEMS and len(found.withdrawn) <= MAX_ITEMS
        fits = fits and 1 <= found.pages <= MAX_PAGES
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refusal(Trouble.MALFORMED) from error
    if not fits or not all(isinstance(each, dict) for each in (*found.items, *found.withdrawn)):
        raise Refusal(Trouble.MALFORMED)
    if told.get("origin") != origin:
        raise Refusal(Trouble.OTHER_ORIGIN)
    return found


def prove(told: Mapping[str, Any], *, origin: str, size: int, root: bytes) -> Proven:
    """One record, once its fingerprint and its place are proven; raises Refusal."""
    with _refusing(told):
        feed, item, content, on = _entered(told, ItemPublished.key, origin, size, root)
        _must_be_readable(told["record"])
        return Proven(feed, item, content, sha256_of(content), told["index"], on)


def prove_withdrawal(told: Mapping[str, Any], *, origin: str, size: int, root: bytes) -> Withdrawn:
    """That a record was withdrawn, once that and its place are proven; raises Refusal."""
    with _refusing(told):
        feed, item, _content, on = _entered(told, ItemWithdrawn.key, origin, size, root)
        reason = told["record"]["withdrawn"]["reason"]
        why_id, why_en = reason["id"], reason["en"]
        if not why_id or not all(isinstance(each, str) and len(each) <= MAX_REASON for each in (why_id, why_en)):
            raise ValueError("a withdrawal gives its reason in words that can be shown")
        return Withdrawn(feed, item, told["index"], on, why_id, why_en)


@contextmanager
def _refusing(told: Mapping[str, Any]) -> Iterator[None]:
    """Whatever does not fit is a refusal that names the record."""
    try:
        yield
    except ProofRejected as rejected:
        raise Refusal(Trouble.UNPROVEN, _about(told)) from rejected
    except (AttributeError, KeyError, TypeError, ValueError, NotBase64, RecursionError) as error:
        raise Refusal(Trouble.MALFORMED, _about(told)) from error


def _about(told: Mapping[str, Any]) -> str:
    """The name of a record, if what stands there is a name."""
    feed, item = told.get("feed"), told.get("id")
    return f"{feed}/{item}" if _are_names(feed, item) else ""


def _are_names(feed: Any, item: Any) -> bool:
    are_texts = isinstance(feed, str) and isinstance(item, str)
    return are_texts and bool(FEED.fullmatch(feed)) and bool(NAME.fullmatch(item))


def _entered(
    told: Mapping[str, Any], event_key: str, origin: str, size: int, root: bytes
) -> tuple[str, str, bytes, date]:
    """Feed, name, bytes and day of a record whose fingerprint stands in an entry of that kind under the checkpoint."""
    feed, item, record = told["feed"], told["id"], told["record"]
    entry = base64.b64decode(told["entry"], validate=True)
    proof = [base64.b64decode(step, validate=True) for step in told["proof"]]
    merkle.check_inclusion(merkle.leaf_hash(entry), _number(told["index"]), size, proof, root)
    content, event = rfc8785.dumps(record), json.loads(entry)
    if event["type"] != event_key or event["data"]["objects"].get(name_of(feed, item)) != sha256_of(content):
        raise Refusal(Trouble.ALTERED, _about(told))
    if (record["origin"], record["feed"], record["id"]) != (origin, feed, item):
        raise Refusal(Trouble.OTHER_ORIGIN, _about(told))
    if record["v"] != VERSION or len(content) > MAX_RECORD_BYTES or not _are_names(feed, item):
        raise ValueError("the record is not of the form this version reads")
    return feed, item, content, date.fromisoformat(event["on"])


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("the place of an entry is a number")
    return value


def _must_be_readable(record: Mapping[str, Any]) -> None:
    words = (record["title"]["id"], record["title"]["en"], record["government"])
    fits = "body" in record and all(isinstance(word, str) for word in words)
    if not fits or (record["path"] and not PATH.fullmatch(record["path"])):
        raise ValueError("the record is not of the form this version reads")
