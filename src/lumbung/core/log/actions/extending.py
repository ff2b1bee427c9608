"""Giving events their place, closing tiles, and signing what the log has become."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.events import actions as events
from lumbung.core.log import memory, queries, signing
from lumbung.core.log.models import Checkpoint, Tile
from lumbung.core.log.trees import StoredTree
from lumbung.kernels import merkle, merkle_tiles, signed_notes

# A backlog (an import, a demonstration) is taken in pieces: a transaction stays short.
EVENTS_AT_ONCE = 5000


class LogForked(Exception):  # noqa: N818 - reads as a sentence
    """The stored log no longer begins with what its last checkpoint said: nothing may be signed."""


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
    if size == (last.size if last else 0):
        return None
    tree = StoredTree()
    root = merkle_tiles.root(size, tree.hashes)
    if last is not None:
        _must_continue(last, size, root, tree)
    _must_hold_what_was_signed(size, tree)
    note = signing.signed(signed_notes.Checkpoint(signing.origin(), size, root))
    memory.remember(size, root)
    return Checkpoint.objects.create(size=size, root=root, signed_at=now, note=str(note))


def _must_hold_what_was_signed(size: int, tree: StoredTree) -> None:
    signed = memory.signed_last()
    if signed and (signed.size > size or merkle_tiles.root(signed.size, tree.hashes) != signed.root):
        raise LogForked(
            f"log-signing.key has signed {signed.size} entries that do not all stand here: this database is older, or "
            "another one. Restore a newer backup, see docs/howto/backup-and-restore.md"
        )


def _must_continue(last: Checkpoint, size: int, root: bytes, tree: StoredTree) -> None:
    note = signed_notes.read_note(last.note)
    known = signed_notes.read_checkpoint(note.text)
    if known.origin != signing.origin():
        raise LogForked(
            f"this log is {known.origin!r} and its name may not change to {signing.origin()!r} (LUMBUNG_LOG_ORIGIN)"
        )
    _must_be_our_key(last, note)
    try:
        proof = merkle_tiles.consistency_proof(last.size, size, tree.hashes)
        merkle.check_consistency(last.size, bytes(last.root), size, root, proof)
    except (LookupError, ValueError, merkle.ProofRejected) as error:
        raise LogForked(f"the log no longer begins with checkpoint {last.size}; run: lumbung verify") from error


def _must_be_our_key(last: Checkpoint, note: signed_notes.Note) -> None:
    # Keys are no part of a backup: a key made anew would sign a second history under the same name.
    try:
        signed_notes.check_signed(note, signing.log_key(), signing.is_signed_by)
    except signed_notes.NoteRejected as rejected:
        raise LogForked(
            f"log-signing.key is not the key that signed checkpoint {last.size}; put the old one back (LUMBUNG_KEYS)"
        ) from rejected
