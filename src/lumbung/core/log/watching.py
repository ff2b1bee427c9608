"""Whether another log still begins with what it said before: from its checkpoint and its tiles, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.core.log import signing
from lumbung.core.log.remote import Remote
from lumbung.kernels import merkle, merkle_tiles, signed_notes
from lumbung.kernels.merkle import HASH_BYTES, ProofRejected
from lumbung.kernels.merkle_tiles import HEIGHT, WIDTH
from lumbung.kernels.signed_notes import Key, Note, NoteRejected


class Malformed(Exception):  # noqa: N818 - reads as a sentence
    """What was answered is not signed by that log, or its tiles do not lead to what it signed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint of another log, with the note as it was served."""

    size: int
    root: bytes
    text: str
    note: str


class Inconsistent(Exception):  # noqa: N818 - reads as a sentence
    """Both checkpoints are signed and do not fit together."""

    def __init__(self, earlier: Seen, later: Seen) -> None:
        super().__init__(f"{earlier.size} and {later.size}")
        self.earlier, self.later = earlier, later


class Smaller(Inconsistent):
    """It shows fewer entries than it has signed before."""


class TwoHistories(Inconsistent):
    """The newer tree does not begin with the older one: a fork."""


def look(remote: Remote, key: Key, before: Seen | None) -> Seen:
    """The newest checkpoint, once it is proven that it continues the one seen before.

    raises  Unreachable, Malformed, Smaller, TwoHistories
    """
    newest = read(remote.checkpoint(), key)
    if before is not None:
        _must_continue(remote, before, newest)
    return newest


def read(note: str, key: Key) -> Seen:
    """A checkpoint signed by that key; raises Malformed."""
    try:
        found: Note = signed_notes.read_note(note)
        signed_notes.check_signed(found, key, signing.is_signed_by)
        said = signed_notes.read_checkpoint(found.text)
    except NoteRejected as rejected:
        raise Malformed(str(rejected)) from rejected
    if said.origin != key.name:
        raise Malformed(f"this is the log {said.origin}")
    return Seen(said.size, said.root, found.text, note)


def fit(remote: Remote, one: Seen, other: Seen) -> None:
    """Whether the smaller of two checkpoints begins the larger; raises Unreachable, Malformed, TwoHistories."""
    smaller, larger = sorted((one, other), key=lambda seen: seen.size)
    _must_continue(remote, smaller, larger)


def _must_continue(remote: Remote, before: Seen, newest: Seen) -> None:
    if newest.size < before.size:
        raise Smaller(before, newest)
    if newest.size == before.size:
        if newest.root != before.root:
            raise TwoHistories(before, newest)
        return
    # Nothing signs a tile. Only what leads to the signed root counts; then the older root it holds is its own word.
    if before.size and _older_root(remote, before.size, newest) != before.root:
        raise TwoHistories(before, newest)


def _older_root(remote: Remote, size: int, newest: Seen) -> bytes:
    tree = _RemoteTree(remote, newest.size)
    try:
        older = merkle_tiles.root(size, tree.hashes)
        proof = merkle_tiles.consistency_proof(size, newest.size, tree.hashes)
        merkle.check_consistency(size, older, newest.size, newest.root, proof)
    except (ProofRejected, ValueError) as error:
        raise Malformed("its tiles do not lead to what it signed") from error
    return older


@dataclass(slots=True)
class _RemoteTree:
    remote: Remote
    size: int
    _tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        number, place = divmod(first, WIDTH)
        if (level, number) not in self._tiles:
            width = min(WIDTH, (self.size >> (HEIGHT * level)) - number * WIDTH)
            self._tiles[level, number] = self.remote.tile(level, number, width)
        tile = self._tiles[level, number]
        found = [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)][place : place + count]
        if len(found) != count or any(len(one) != HASH_BYTES for one in found):
            raise ValueError(f"tile {level}/{number} is incomplete")
        return found
