"""The stored hashes of the tree, as the kernel asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.core.events.models import LogLeaf
from lumbung.core.log.models import Tile
from lumbung.kernels.merkle import HASH_BYTES
from lumbung.kernels.merkle_tiles import WIDTH


@dataclass(slots=True)
class StoredTree:
    """Hashes of full tiles from their rows, of the unfinished right edge from the level below. Reads each tile once."""

    _tiles: dict[tuple[int, int], list[bytes]] = field(default_factory=dict)

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """`count` neighbouring hashes of a level, all of one tile, beginning with hash number `first`."""
        number, place = divmod(first, WIDTH)
        found = self.tile(level, number)[place : place + count]
        if len(found) != count:
            raise LookupError(f"tile {level}/{number} has no {count} hashes from {place} on")
        return found

    def tile(self, level: int, number: int) -> list[bytes]:
        """All hashes stored so far of one tile."""
        key = (level, number)
        if key not in self._tiles:
            self._tiles[key] = _full(level, number) or _unfinished(level, number)
        return self._tiles[key]


def _full(level: int, number: int) -> list[bytes]:
    stored = Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
    if stored is None:
        return []
    joined = bytes(stored)
    return [joined[place : place + HASH_BYTES] for place in range(0, len(joined), HASH_BYTES)]


def _unfinished(level: int, number: int) -> list[bytes]:
    first, beyond = number * WIDTH, (number + 1) * WIDTH
    if level == 0:
        rows = LogLeaf.objects.filter(index__gte=first, index__lt=beyond).order_by("index")
        return [bytes(value) for value in rows.values_list("leaf_hash", flat=True)]
    below = Tile.objects.filter(level=level - 1, number__gte=first, number__lt=beyond).order_by("number")
    return [bytes(value) for value in below.values_list("root", flat=True)]
