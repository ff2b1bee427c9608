"""Giving events their place, closing tiles, and signing what the log has become."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.events import actions as events
from lumbung.core.log import eras, faults, memory, queries, signing
from lumbung.core.log.actions import sending
from lumbung.core.log.faults import Fault
from lumbung.core.log.models import Beginning, Checkpoint, Tile
from lumbung.core.log.trees import StoredTree
from lumbung.kernels import merkle, merkle_tiles, signed_notes

# A backlog (an import, a demonstration) is taken in pieces: a transaction stays short.
EVENTS_AT_ONCE = 5000


class LogForked(Exception):  # noqa: N818 - reads as a sentence
    """The stored log no longer begins with what its last checkpoint said: nothing may be signed."""

    def __init__(self, code: str, where: str) -> None:
        self.fault = Fault(code, where)
        super().__init__(str(self.fault))


def extend(*, now: datetime) -> Checkpoint | None:
    """Take in every waiting event and sign the new size; None when nothing came."""
    while events.sequence(today=clock.local_day(now), limit=EVENTS_AT_ONCE) == EVENTS_AT_ONCE:
        pass
    with transaction.atomic():
        _close_tiles()
    with transaction.atomic():
        return _sign(now)


def _close_tiles() -> None:
    available = queries.leaf_count()
    level = 0
    while available := available // merkle_tiles.WIDTH:
        _close_tiles_of(level, available)
        level += 1


def _close_tiles_of(level: int, available: int) -> None:
    tree = StoredTree()
    for number in range(Tile.objects.filter(level=level).count(), available):
        hashes = tree.tile(level, number)
        Tile.objects.create(level=level, number=number, hashes=b"".join(hashes), root=merkle.root_of(hashes))


def _sign(now: datetime) -> Checkpoint | None:
    # The checkpoint first: another worker may sign a larger size in between, and that is no shrinking.
    last = queries.newest_checkpoint()
    size = queries.leaf_count()
    begun = eras.newest_beginning()
    if begun:
        _must_be_called(begun)
        if last is not None and last.size <= begun.boundary:  # nothing is signed under the new name yet
            return _sign_first(last.size, size, now)
    if last is None and size == 0:
        return None
    tree = StoredTree()
    root = merkle_tiles.root(size, tree.hashes)
    if last is not None:
        _must_continue(last, size, root, tree)
    _must_hold_what_was_signed(size, tree)
    return None if last and last.size == size else _signed(size, root, now)


def _sign_first(old: int, size: int, now: datetime) -> Checkpoint | None:
    # A size is signed once: where entries are gone, the new log waits until it has grown beyond the old signatures.
    return _signed(size, merkle_tiles.root(size, StoredTree().hashes), now) if size > old else None


def _signed(size: int, root: bytes, now: datetime) -> Checkpoint:
    note = signing.signed(signed_notes.Checkpoint(signing.origin(), size, root))
    memory.remember(size, root)
    checkpoint = Checkpoint.objects.create(size=size, root=root, signed_at=now, note=str(note))
    sending.send_to_all(now=now)
    return checkpoint


def _must_be_called(begun: Beginning) -> None:
    if signing.origin() != begun.origin:
        raise LogForked(faults.RENAMED, f"{begun.origin} → {signing.origin()}")
    if signing.log_key().text != begun.key:
        raise LogForked(faults.ANOTHER_KEY, begun.origin)


def _must_hold_what_was_signed(size: int, tree: StoredTree) -> None:
    signed = memory.signed_last()
    if signed and (signed.size > size or merkle_tiles.root(signed.size, tree.hashes) != signed.root):
        raise LogForked(faults.SIGNED_MORE, f"checkpoint {signed.size}")


def _must_continue(last: Checkpoint, size: int, root: bytes, tree: StoredTree) -> None:
    note = signed_notes.read_note(last.note)
    known = signed_notes.read_checkpoint(note.text)
    if known.origin != signing.origin():
        raise LogForked(faults.RENAMED, f"{known.origin} → {signing.origin()}")
    _must_be_our_key(last, note)
    try:
        proof = merkle_tiles.consistency_proof(last.size, size, tree.hashes)
        merkle.check_consistency(last.size, bytes(last.root), size, root, proof)
    except (LookupError, ValueError, merkle.ProofRejected) as error:
        raise LogForked(faults.NOT_CONTINUED, f"checkpoint {last.size}") from error


def _must_be_our_key(last: Checkpoint, note: signed_notes.Note) -> None:
    # Keys are no part of a backup: a key made anew would sign a second history under the same name.
    try:
        signed_notes.check_signed(note, signing.log_key(), signing.is_signed_by)
    except signed_notes.NoteRejected as rejected:
        raise LogForked(faults.ANOTHER_KEY, f"checkpoint {last.size}") from rejected
