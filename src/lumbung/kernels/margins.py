"""Tables with margins: every cell of crossed hierarchies, and what has to add up. Standard library only.

A hierarchy is a village within its district within its regency, or a topic within all topics.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Key = tuple[str, ...]
# Each code with the code it is a part of; "" for the whole. Exactly one code is the whole.
Hierarchy = Mapping[str, str]
# (whole, parts), as places in the list of cells: the whole is the sum of its parts.
Sum = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Every cell of a table with all its margins.

    keys  one code of each dimension; all crossings, in a fixed order
    sums  each whole with its parts, along one dimension at a time
    """

    keys: tuple[Key, ...]
    sums: tuple[Sum, ...]


def layout(hierarchies: Sequence[Hierarchy]) -> Layout:
    """The cells of these crossed dimensions, and what has to add up.

    raises  ValueError when a code is a part of none that is known, or more or less than one code is the whole
    """
    for hierarchy in hierarchies:
        _check(hierarchy)
    keys = tuple(product(*hierarchies))
    places = {key: place for place, key in enumerate(keys)}
    return Layout(keys, tuple(_sums(hierarchies, places)))


def whole_of(hierarchy: Hierarchy) -> str:
    """The code that stands for everything."""
    return next(code for code, above in hierarchy.items() if not above)


def filled(cells: Layout, hierarchies: Sequence[Hierarchy], counts: Mapping[Key, int]) -> tuple[int, ...]:
    """The number in each cell, from the counts of the finest ones; what is not counted is 0.

    counts  by key; a key with a code that has parts counts what is known no finer, and is refused
    """
    totals = dict.fromkeys(cells.keys, 0)
    lineages = [{code: tuple(_lineage(hierarchy, code)) for code in _finest(hierarchy)} for hierarchy in hierarchies]
    for key, count in counts.items():
        if any(code not in known for code, known in zip(key, lineages, strict=True)):
            raise ValueError(f"cell {key!r}: expected the finest codes of each dimension (margins.counts)")
        for above in product(*(known[code] for code, known in zip(key, lineages, strict=True))):
            totals[above] += count
    return tuple(totals[key] for key in cells.keys)


def _check(hierarchy: Hierarchy) -> None:
    wholes = [code for code, above in hierarchy.items() if not above]
    lost = sorted(code for code, above in hierarchy.items() if above and above not in hierarchy)
    if len(wholes) != 1 or lost:
        raise ValueError(f"hierarchy: {len(wholes)} codes are the whole, {lost[:3]} are parts of nothing known")
    for code in hierarchy:
        tuple(_lineage(hierarchy, code))


def _lineage(hierarchy: Hierarchy, code: str) -> Iterator[str]:
    """A code, what it is a part of, and so on up to the whole."""
    seen = set()
    while code:
        if code in seen:
            raise ValueError(f"hierarchy: {code!r} is a part of itself (margins.hierarchy)")
        seen.add(code)
        yield code
        code = hierarchy[code]


def _finest(hierarchy: Hierarchy) -> list[str]:
    return [code for code in hierarchy if code not in set(hierarchy.values())]


def _sums(hierarchies: Sequence[Hierarchy], places: Mapping[Key, int]) -> Iterator[Sum]:
    for dimension, hierarchy in enumerate(hierarchies):
        parts_of: dict[str, list[str]] = {}
        for code, above in hierarchy.items():
            parts_of.setdefault(above, []).append(code)
        others = [list(each) for each in hierarchies]
        for whole, parts in parts_of.items():
            if whole:
                others[dimension] = [whole]
                for key in product(*others):
                    yield places[key], tuple(places[_with(key, dimension, part)] for part in parts)


def _with(key: Key, dimension: int, code: str) -> Key:
    return (*key[:dimension], code, *key[dimension + 1 :])
