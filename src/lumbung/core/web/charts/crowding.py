"""Marks on a map that never cover each other: those that would are put together, and names find room between them.

Everything is in pixels of the drawing, y downwards. Pure.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lumbung.kernels import geometry

# Points nearer than that are one from the start: no reader tells them apart. Coarser where they are very many.
GRAIN, MOST_GRAINS = 6.0, 600
GAPS = (2.0, 8.0, 16.0, 24.0, 36.0, 54.0, 80.0)
LETTER, LINE = 7.2, 15.0
STEPS = ((0, 0), (0, -15), (0, 15), (0, -30), (0, 30), (-36, 0), (36, 0), (-36, -20), (36, -20), (-36, 20), (36, 20))
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Places put together: their middle weighed by what they count, and which of them they are."""

    x: float
    y: float
    count: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles share anything."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def apart(points: Sequence[tuple[float, float, int]], radius: Callable[[int], float], *, most: int) -> list[Mark]:
    """The same counts as at most so many marks, none of which touches another; the largest first.

    points  x, y and what each counts
    radius  how large the mark of a count is drawn
    """
    grain = GRAIN
    grained = _grained(points, grain)
    while len(grained) > MOST_GRAINS:
        grain *= 1.5
        grained = _grained(points, grain)
    found = grained
    for gap in GAPS:
        found = _merged(found, radius, gap)
        if len(found) <= most:
            break
    return found


def _grained(points: Sequence[tuple[float, float, int]], grain: float) -> list[Mark]:
    cells: dict[tuple[int, int], list[Mark]] = {}
    for place, (x, y, count) in enumerate(points):
        cells.setdefault((int(x // grain), int(y // grain)), []).append(Mark(x, y, count, (place,)))
    return [_together(some) for _cell, some in sorted(cells.items())]


def _merged(marks: Sequence[Mark], radius: Callable[[int], float], gap: float) -> list[Mark]:
    """Puts together what touches until nothing does: each round leaves fewer."""
    found = list(marks)
    while True:
        kept: list[Mark] = []
        sizes: list[float] = []
        for mark in sorted(found, key=_order):
            size = radius(mark.count) + gap
            near = next((at for at, each in enumerate(kept) if _touch(each, mark, sizes[at] + size)), None)
            if near is None:
                kept.append(mark)
                sizes.append(size - gap)
            else:
                kept[near] = _together((kept[near], mark))
                sizes[near] = radius(kept[near].count)
        if len(kept) == len(found):
            return sorted(kept, key=_order)
        found = kept


def _order(mark: Mark) -> tuple[int, float, float]:
    """The largest first, then from left to right."""
    return (-mark.count, mark.x, mark.y)


def _touch(one: Mark, other: Mark, room: float) -> bool:
    across = one.x - other.x
    return abs(across) < room and across * across + (one.y - other.y) ** 2 < room * room


def _together(some: Sequence[Mark]) -> Mark:
    count = sum(each.count for each in some)
    x = sum(each.x * each.count for each in some) / count
    y = sum(each.y * each.count for each in some) / count
    return Mark(x, y, count, tuple(sorted(place for each in some for place in each.members)))


def clipped(ring: Ring, width: float, height: float) -> list[tuple[float, float]]:
    """The part of a ring within 0..width, 0..height (Sutherland and Hodgman); empty where there is none."""
    found = list(ring)
    for axis, edge, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        found = list(_cut(found, axis, edge, sign)) if found else []
    return found


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Iterator[tuple[float, float]]:
    before = ring[-1]
    for here in ring:
        inside, was_inside = (here[axis] - edge) * sign >= 0, (before[axis] - edge) * sign >= 0
        if inside != was_inside:
            part = (edge - before[axis]) / (here[axis] - before[axis])
            yield (before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1]))
        if inside:
            yield here
        before = here


def middle_of(ring: Ring) -> tuple[float, float, float]:
    """The centre of gravity of a ring, and its area."""
    area = x = y = 0.0
    for (left, top), (right, bottom) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = left * bottom - right * top
        area, x, y = area + cross, x + (left + right) * cross, y + (top + bottom) * cross
    if abs(area) < 1e-9:
        return (ring[0][0], ring[0][1], 0.0)
    return (x / (3 * area), y / (3 * area), abs(area) / 2)


def names_placed(
    names: Sequence[tuple[str, Sequence[Ring]]], taken: Sequence[Box], width: float, height: float
) -> list[tuple[float, float] | None]:
    """Where each name is written, the largest area first: on its own area or at sea, on nothing that is taken.

    names  what an area is called, and its rings within the drawing
    taken  what no name may cover
    """
    rooms = [max((middle_of(ring) for ring in rings), key=lambda each: each[2], default=None) for _name, rings in names]
    found: list[tuple[float, float] | None] = [None] * len(names)
    used = list(taken)
    for place in sorted(range(len(names)), key=lambda at: -(rooms[at] or (0, 0, 0))[2]):
        room = rooms[place]
        if room is None:
            continue
        for x, y in _tried(names[place], room):
            box = _box_of(names[place][0], x, y)
            is_inside = box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            if is_inside and not any(box.meets(each) for each in used) and _is_own(names, place, x, y):
                found[place] = (round(x, 1), round(y, 1))
                used.append(box)
                break
    return found


def _tried(name: tuple[str, Sequence[Ring]], room: tuple[float, float, float]) -> Iterator[tuple[float, float]]:
    """The middle, then around it, then at sea above and below."""
    yield from ((room[0] + x, room[1] + y) for x, y in STEPS)
    levels = [y for ring in name[1] for _x, y in ring]
    yield from ((room[0], level) for level in (min(levels) - 9, max(levels) + 11))


def _box_of(name: str, x: float, y: float) -> Box:
    half = len(name) * LETTER / 2
    return Box(x - half, y - LINE / 2, x + half, y + LINE / 2)


def _is_own(names: Sequence[tuple[str, Sequence[Ring]]], place: int, x: float, y: float) -> bool:
    """Whether a name there is read as that of its own area: not within another one."""
    within = [at for at, (_name, rings) in enumerate(names) if any(geometry.ring_contains(r, y, x) for r in rings)]
    return not within or within == [place]
