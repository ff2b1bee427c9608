"""The tree cut into tiles of 256 hashes, and the proofs read from them.

Tile (level, number) holds the roots of 256 neighbouring subtrees of 256**level leaves each: what C2SP's tlog-tiles
serves, so that any log tool can read the tree, and what lets a proof over a million entries touch three tiles.

source    C2SP tlog-tiles; RFC 9162, sections 2.1.3.1 and 2.1.4.1
"""

from collections.abc import Callable, Sequence

from lumbung.kernels import merkle

WIDTH = 256
HEIGHT = 8

# hashes(level, first, count) gives `count` neighbouring hashes of a tile level, beginning with number `first`;
# they all lie in one tile.
Hashes = Callable[[int, int, int], Sequence[bytes]]


def partial_width(level: int, size: int) -> int:
    """How many hashes the last, unfinished tile of a level has in a tree of `size` leaves: 0 … 255."""
    return int((size >> (HEIGHT * level)) % WIDTH)


def root(size: int, hashes: Hashes) -> bytes:
    """The root of the first `size` leaves: 32 bytes."""
    return _subtree(0, size, hashes) if size else merkle.EMPTY_ROOT


def inclusion_proof(index: int, size: int, hashes: Hashes) -> list[bytes]:
    """The hashes from the leaf's sibling up to the child of the root.

    raises  ValueError when the tree of `size` has no leaf `index`
    """
    if not 0 <= index < size:
        raise ValueError(f"index is {index}; expected 0 to {size - 1}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            proof.append(_subtree(middle, end, hashes))
            end = middle
        else:
            proof.append(_subtree(start, middle, hashes))
            start = middle
    return proof[::-1]


def consistency_proof(size1: int, size2: int, hashes: Hashes) -> list[bytes]:
    """What shows that the tree of `size2` leaves begins with the tree of `size1`.

    raises  ValueError unless 1 ≤ size1 ≤ size2
    """
    if not 1 <= size1 <= size2:
        raise ValueError(f"sizes are {size1} and {size2}; expected 1 or more, the older first")
    proof: list[bytes] = []
    start, end = 0, size2
    while size1 != end:
        middle = start + _largest_power_below(end - start)
        if size1 <= middle:
            proof.append(_subtree(middle, end, hashes))
            end = middle
        else:
            proof.append(_subtree(start, middle, hashes))
            start = middle
    if start:  # the last piece is not the old tree itself: who checks does not have it
        proof.append(_subtree(start, end, hashes))
    return proof[::-1]


def _subtree(start: int, end: int, hashes: Hashes) -> bytes:
    """The root over leaves start … end - 1, where start is a multiple of every power of two the length splits into."""
    length = end - start
    if length & (length - 1) == 0:
        return _whole(start, length.bit_length() - 1, hashes)
    middle = start + _largest_power_below(length)
    return merkle.node_hash(_subtree(start, middle, hashes), _subtree(middle, end, hashes))


def _whole(start: int, height: int, hashes: Hashes) -> bytes:
    level, above = divmod(height, HEIGHT)
    return merkle.root_of(hashes(level, start >> (HEIGHT * level), 1 << above))


def _largest_power_below(length: int) -> int:
    return 1 << ((length - 1).bit_length() - 1)


def path_of(number: int) -> str:
    """The number of a tile as tlog-tiles writes it: 1234067 is x001/x234/067."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


def number_of(path: str) -> int:
    """The number a tile path tells.

    raises  ValueError when it is not written the one way `path_of` writes it
    """
    digits = path.replace("/x", "").replace("/", "").removeprefix("x")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18 and path_of(int(digits)) == path):
        raise ValueError(f"{path!r} is not a tile number; expected groups of three digits such as x001/x234/067")
    return int(digits)


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries behind one another, each after its length in two bytes: an entry bundle of tlog-tiles.

    raises  OverflowError when an entry is longer than 65,535 bytes
    """
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
