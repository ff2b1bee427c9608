"""Entries, tiles and proofs, as C2SP lays them out and as people read them."""

import base64
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.core.access import registry as access
from lumbung.core.base.actors import GUEST, SYSTEM
from lumbung.core.events import registry
from lumbung.core.events.models import EventRecord, LogLeaf
from lumbung.core.log.models import Checkpoint
from lumbung.core.log.queries.checkpoints import leaf_count, newest_checkpoint, signed_note
from lumbung.core.log.trees import StoredTree
from lumbung.kernels import merkle_tiles

RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FIELDS = ("index", "event__uid", "event__key", "event__on", "event__body", "event__leaf_hash")


def tile_bytes(level: int, number: int, width: int) -> bytes | None:
    """One tile of tlog-tiles, or None when the newest checkpoint does not reach it.

    width    1 … 256 hashes, from the first
    returns  width × 32 bytes
    """
    checkpoint = newest_checkpoint()
    covered = (checkpoint.size >> (merkle_tiles.HEIGHT * level)) if checkpoint else 0
    if number * merkle_tiles.WIDTH + width > covered:
        return None
    try:
        return b"".join(StoredTree().hashes(level, number * merkle_tiles.WIDTH, width))
    except LookupError:  # entries are gone below a checkpoint: the page says so, and nothing is invented here
        return None


def entry_bundle(number: int, width: int) -> bytes | None:
    """`width` neighbouring entries behind one another, each after its length; None when not covered yet."""
    first = number * merkle_tiles.WIDTH
    checkpoint = newest_checkpoint()
    if checkpoint is None or first + width > checkpoint.size:
        return None
    rows = LogLeaf.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
    return merkle_tiles.bundle([bytes(body) for body in rows.values_list("event__body", flat=True)])


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log and what happened, byte for byte."""

    index: int
    uid: str
    key: str
    on: date
    body: bytes
    leaf_hash: bytes


def entry_at(index: int) -> Entry | None:
    """The entry at one place."""
    return _entry(LogLeaf.objects.filter(index=index))


def entry_of(event_id: UUID) -> Entry | None:
    """The entry of one event; None while it waits for its place."""
    return _entry(LogLeaf.objects.filter(event__uid=event_id))


def entries_of(event_ids: Iterable[UUID]) -> dict[str, Entry]:
    """The entries of several events by the id of the event; those that wait are left out."""
    rows = LogLeaf.objects.filter(event__uid__in=list(event_ids)).values_list(*FIELDS)
    return {found.uid: found for found in map(_entry_from, rows)}


def entry_with_hash(leaf_hash: bytes) -> Entry | None:
    """The entry with one leaf hash, as a receipt names it."""
    return _entry(LogLeaf.objects.filter(event__leaf_hash=leaf_hash))


def _entry(leaves: QuerySet[LogLeaf]) -> Entry | None:
    row = leaves.values_list(*FIELDS).first()
    return _entry_from(row) if row else None


def _entry_from(row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], str(row[1]), row[2], row[3], bytes(row[4]), bytes(row[5]))


def waiting_event(event_id: UUID) -> EventRecord | None:
    """An event that has no place yet: only its day is told."""
    return EventRecord.objects.filter(uid=event_id, waiting__isnull=False).only("joins_log_on").first()


class NewestFirst(Sequence[LogLeaf]):
    """Every entry, the newest first. A page is found by its places: to count or pass over a million rows is slow."""

    def __init__(self) -> None:
        self._size = leaf_count()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, part: int) -> LogLeaf: ...

    @overload
    def __getitem__(self, part: slice) -> list[LogLeaf]: ...

    def __getitem__(self, part: int | slice) -> LogLeaf | list[LogLeaf]:
        """Some entries, or one, counted from the newest."""
        if isinstance(part, int):
            return LogLeaf.objects.select_related("event").get(index=self._size - 1 - part)
        first, beyond, _step = part.indices(self._size)
        rows = LogLeaf.objects.filter(index__gte=self._size - beyond, index__lt=self._size - first)
        return list(rows.select_related("event").order_by("-index"))


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as people read it."""

    index: int
    sentence: str
    on: date
    precision: str
    # The title of the role and, beside it in small, its key; of the part of the house likewise.
    role: str
    role_key: str
    organisation: str
    part: str
    # Empty where the thing has nothing but an id drawn at random; the entry itself, below, keeps it.
    subject: str
    # The number people know the thing by, such as NTB-2026-004512; empty when the entry tells none.
    number: str
    pretty: str


def told(leaves: Iterable[LogLeaf]) -> list[Told]:
    """Entries in words, in the language active now."""
    return [_told(leaf.index, bytes(leaf.event.body)) for leaf in leaves]


def tell(entry: Entry) -> Told:
    """One entry in words, in the language active now."""
    return _told(entry.index, entry.body)


def _told(index: int, body: bytes) -> Told:
    facts = json.loads(body)
    return Told(
        index=index,
        sentence=_sentence(facts),
        on=date.fromisoformat(facts["on"]),
        precision=facts["precision"],
        role=_role(facts["actor"]["role"]),
        role_key=facts["actor"]["role"],
        part=str(registry.part_title(facts["type"])),
        organisation=facts["actor"]["organisation"],
        number=number if isinstance(number := facts["data"].get("number"), str) else "",
        subject=_subject(facts["subject"]),
        pretty=json.dumps(facts, indent=2, ensure_ascii=False, sort_keys=True),
    )


def _subject(subject: dict[str, str]) -> str:
    """What the entry is about, as its own words for it; an id drawn at random says nothing to anybody."""
    return "" if RANDOM_ID.fullmatch(subject["id"]) else f"{subject['type']} {subject['id']}"


def _role(key: str) -> str:
    # A role may be gone from the software that wrote the entry: then its key is all there is.
    known = {GUEST.role: _("Resident"), SYSTEM.role: _("This installation, by itself")}
    try:
        return known.get(key) or str(access.role(key).title)
    except LookupError:
        return key


def names_in(language: str) -> dict[str, str]:
    """What roles and the parts that tell events are called in a language, by key."""
    with translation.override(language):
        roles = {each.key: str(each.title) for each in access.all_roles()}
        return {**registry.part_titles(), **roles, GUEST.role: _role(GUEST.role), SYSTEM.role: _role(SYSTEM.role)}


def _sentence(facts: dict[str, Any]) -> str:
    # An entry outlives the version of the software that wrote it: without a sentence its own words are shown.
    try:
        return registry.told(facts["type"], facts["data"])
    except (LookupError, TypeError, ValueError):
        return str(facts["type"])


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """The hashes that lead from an entry to the root of one size."""
    return merkle_tiles.inclusion_proof(index, size, StoredTree().hashes)


def consistency_proof(size1: int, size2: int) -> list[bytes]:
    """What shows that the log of one size begins with the log of a smaller one."""
    return merkle_tiles.consistency_proof(size1, size2, StoredTree().hashes)


def proof_text(entry: Entry, checkpoint: Checkpoint) -> str:
    """An inclusion proof with its entry and checkpoint, as C2SP tlog-proof writes it: checkable without us."""
    lines = ["c2sp.org/tlog-proof@v1", f"extra {base64.b64encode(entry.body).decode()}", f"index {entry.index}"]
    lines += [base64.b64encode(step).decode() for step in inclusion_proof(entry.index, checkpoint.size)]
    return "\n".join(lines) + "\n\n" + signed_note(checkpoint)
