"""Merkle trees as RFC 9162 has them: hashing, and checking the two kinds of proof.

This one file, with the reader of signed notes and Ed25519, is what the public downloads to check the log: it needs
nothing but Python's standard library. Building proofs lies beside it (`merkle_tiles`).

source    RFC 9162, sections 2.1.1 (tree), 2.1.3.2 (inclusion), 2.1.4.2 (consistency)
"""

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class ProofRejected(Exception):  # noqa: N818
    """A proof does not prove what it claims; the sentence says in what it fails."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry): 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right): 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, each 32 bytes; of nothing, the hash of nothing."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        pairs = [node_hash(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
        # A lone last hash goes up as it is: the same tree as splitting at the largest power of two.
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


class Frontier:
    """The right edge of a growing tree: the roots of the whole subtrees it is made of, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash, 32 bytes."""
        reached, size = leaf, self.size
        while size & 1:
            reached, size = node_hash(self._roots.pop(), reached), size >> 1
        self._roots.append(reached)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves added so far."""
        if not self._roots:
            return EMPTY_ROOT
        reached = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            reached = node_hash(left, reached)
        return reached


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Accept that a leaf hash stands at `index` in the tree of `size` leaves with this root, or raise.

    leaf, root  32 bytes each
    index       0 … size - 1
    proof       hashes from the leaf's sibling up to the child of the root
    raises      ProofRejected
    """
    if not 0 <= index < size:
        raise ProofRejected(f"entry {index} is not in a tree of {size}")
    if len(leaf) != HASH_BYTES:
        raise ProofRejected(f"the hash of the entry has {len(leaf)} bytes; expected {HASH_BYTES}")
    reached, rest = _climb(leaf, index, size - 1, proof)
    if rest:
        raise ProofRejected("the proof is too short")
    if reached != root:
        raise ProofRejected("the proof leads to another root")


def _climb(leaf: bytes, index: int, last: int, proof: Sequence[bytes]) -> tuple[bytes, int]:
    reached = leaf
    for sibling in proof:
        if last == 0 or len(sibling) != HASH_BYTES:
            raise ProofRejected("the proof is too long, or a hash in it has not 32 bytes")
        if index % 2 or index == last:
            reached = node_hash(sibling, reached)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        index, last = index >> 1, last >> 1
    return reached, last


def check_consistency(size1: int, root1: bytes, size2: int, root2: bytes, proof: Sequence[bytes]) -> None:
    """Accept that the tree of `size2` leaves begins with the whole tree of `size1`, or raise.

    size1   1 … size2; nothing is consistent with an empty tree, since it holds nothing to compare
    proof   as RFC 9162 gives it; empty when the sizes are equal
    raises  ProofRejected
    """
    if not 0 < size1 <= size2:
        raise ProofRejected(f"a tree of {size2} cannot be checked against one of {size1}")
    if size1 == size2:
        if proof or root1 != root2:
            raise ProofRejected("two trees of one size differ")
        return
    old, new = _climb_both(size1, size2, root1, proof)
    if old != root1:
        raise ProofRejected("the log no longer begins with what it said before")
    if new != root2:
        raise ProofRejected("the proof does not lead to the newer root")


def _climb_both(size1: int, size2: int, root1: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    path = list(proof)
    if size1 & (size1 - 1) == 0:  # a whole tree is its own first hash
        path.insert(0, root1)
    if not path or any(len(step) != HASH_BYTES for step in path):
        raise ProofRejected("the proof is empty, or a hash in it has not 32 bytes")
    index, last = size1 - 1, size2 - 1
    while index % 2:
        index, last = index >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            raise ProofRejected("the proof is too long")
        if index % 2 or index == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            new = node_hash(new, step)
        index, last = index >> 1, last >> 1
    if last:
        raise ProofRejected("the proof is too short")
    return old, new
