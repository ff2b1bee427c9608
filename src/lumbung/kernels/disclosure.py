"""Hiding small counts of a table with margins, so that nobody can work out what was hidden.

First what is small is hidden (primary), then more, so that no subtraction brings it back (secondary). What to hide
besides is proposed from outside; whatever was proposed, the attack of `recovery` judges it, and cells are added until
nothing is recovered. All hidden cells carry one mark: whether a cell is small itself or protects another is not told.

source  A. Hundepool et al., Statistical Disclosure Control (2012), chapters 4 and 5
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import log1p

from lumbung.kernels.margins import Layout, Sum
from lumbung.kernels.recovery import Puzzle, Range, ranges

MOST_ROUNDS = 60
# A hidden cell whose range is narrower than this is counted and told, though it cannot be worked out.
NARROW = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """A table to be published.

    counts        one a cell of the layout, whole numbers, 0 or more
    thresholds    one a cell: counts below it are small
    zeros_shown   whether 0 may be told; if not, it is small too. Where it may, zeros are hidden only to protect others
    before        what was published of these cells before: the number, or None where it was hidden
    is_growing    whether the table of before counts the same things up to an earlier day: then the difference of both
                  tables is protected like a table of its own. Otherwise it is an earlier state of this very table.
    """

    layout: Layout
    counts: tuple[int, ...]
    thresholds: tuple[int, ...]
    zeros_shown: bool = True
    before: Mapping[int, int | None] = field(default_factory=dict)
    is_growing: bool = False


@dataclass(frozen=True, slots=True)
class Protected:
    """What is hidden, and what the attack found.

    hidden       cells without a number, all with the same mark
    small        those of them that are small themselves; never to be published
    recoverable  cells anyone could work out: such a table must not be published
    narrow       hidden cells known more closely than NARROW, in number
    """

    hidden: frozenset[int]
    small: frozenset[int]
    recoverable: tuple[int, ...]
    narrow: int


def protect(problem: Problem, proposed: Collection[int] = ()) -> Protected:
    """Hide what is small, what was proposed besides, and what the attack shows to be needed beyond."""
    small = small_cells(problem)
    fixed = _told_before(problem)
    hidden = set(small) | (set(proposed) - fixed)
    exposed: dict[int, Range] = {}
    for _round in range(MOST_ROUNDS):
        exposed = attack(problem, frozenset(hidden))
        recovered = [cell for cell, found in exposed.items() if found.width == 0]
        added = _helpers(problem, hidden, recovered, fixed)
        if not added:
            break
        hidden |= added
    leaking = tuple(sorted({cell % len(problem.counts) for cell, found in exposed.items() if found.width == 0}))
    narrow = sum(found.width < NARROW for found in exposed.values())
    return Protected(frozenset(hidden), small, leaking, narrow)


def small_cells(problem: Problem) -> frozenset[int]:
    """Cells that are never shown: small counts, what would say all about a small whole, small differences."""
    found = {cell for cell, count in enumerate(problem.counts) if _is_small(problem, cell, count)}
    found |= {cell for cell, earlier in problem.before.items() if _tells_a_change(problem, cell, earlier)}
    wholes = found if problem.zeros_shown else set[int]()
    while wholes:
        # Zeros beside the few of a small whole would say where those few are.
        nothing = {part for whole, parts in problem.layout.sums if whole in wholes for part in parts} - found
        found |= nothing
        wholes = nothing
    return frozenset(found)


def costs(problem: Problem) -> tuple[int, ...]:
    """What readers lose with each cell: more with a larger number, and much more with a total."""
    is_whole = dict.fromkeys(range(len(problem.counts)), 0)
    for whole, _parts in problem.layout.sums:
        is_whole[whole] += 1
    sizes = (count or problem.thresholds[cell] for cell, count in enumerate(problem.counts))
    return tuple((1 + int(10 * log1p(size))) * 6 ** is_whole[cell] for cell, size in enumerate(sizes))


def _is_small(problem: Problem, cell: int, count: int) -> bool:
    return (0 if not problem.zeros_shown else 1) <= count < problem.thresholds[cell]


def _tells_a_change(problem: Problem, cell: int, earlier: int | None) -> bool:
    """Whether a number beside the one of before would tell of a few, or a number that was hidden would be shown."""
    if earlier is None:
        return not problem.is_growing
    return 0 < abs(problem.counts[cell] - earlier) < problem.thresholds[cell]


def _told_before(problem: Problem) -> frozenset[int]:
    """Cells whose number stands in an earlier version and is still true: hiding it now would hide nothing."""
    told = {cell for cell, earlier in problem.before.items() if earlier == problem.counts[cell]}
    return frozenset(told - small_cells(problem))


def attack(problem: Problem, hidden: frozenset[int]) -> dict[int, Range]:
    """How closely each hidden cell can be known from this table, its rule, and what was published before.

    Cells of a growing table are followed by those of the earlier one and by those of what came in between, so that the
    answer has places beyond the layout.
    """
    if problem.is_growing and problem.before:
        return _attack_both(problem, hidden)
    values = tuple(None if cell in hidden else count for cell, count in enumerate(problem.counts))
    puzzle = Puzzle(values, problem.layout.sums)
    return ranges(puzzle, enough=NARROW, truth=problem.counts)


def _attack_both(problem: Problem, hidden: frozenset[int]) -> dict[int, Range]:
    """This table, the earlier one, and between them what came in meanwhile, which is published nowhere."""
    size = len(problem.counts)
    now = [None if cell in hidden else count for cell, count in enumerate(problem.counts)]
    then = [problem.before.get(cell) for cell in range(size)]
    between = [
        None if each is None or earlier is None else each - earlier for each, earlier in zip(now, then, strict=True)
    ]
    sums = [*problem.layout.sums, *_moved(problem.layout.sums, size), *_moved(problem.layout.sums, 2 * size)]
    sums += [(cell, (size + cell, 2 * size + cell)) for cell in range(size)]
    values = (*now, *then, *between)
    found = ranges(Puzzle(values, tuple(sums)), enough=NARROW)
    # What came in between is nobody's secret where it is none or many.
    return {cell: each for cell, each in found.items() if cell < 2 * size or _is_secret(problem, cell, each)}


def _is_secret(problem: Problem, cell: int, found: Range) -> bool:
    return found.width > 0 or 0 < found.low < problem.thresholds[cell % len(problem.counts)]


def _moved(sums: Iterable[Sum], by: int) -> Iterable[Sum]:
    return ((whole + by, tuple(part + by for part in parts)) for whole, parts in sums)


def _helpers(problem: Problem, hidden: set[int], recovered: Iterable[int], fixed: frozenset[int]) -> set[int]:
    """For each recovered cell the cheapest shown cell that adds up with it."""
    size, added, cost = len(problem.counts), set[int](), costs(problem)
    beside = _neighbours(problem.layout.sums)
    for cell in recovered:
        offered = _offered(beside, cell % size, hidden | added, fixed)
        if offered and not added.intersection(beside.get(cell % size, ())):
            added.add(min(offered, key=lambda each: (cost[each], each)))
    return added


def _offered(beside: Mapping[int, set[int]], start: int, hidden: set[int], fixed: frozenset[int]) -> set[int]:
    """Shown cells next to a cell; where there is none, next to the hidden cells around it, and so on."""
    reached, edge = {start}, {start}
    while edge:
        around = set().union(*(beside.get(cell, set()) for cell in edge)) - reached
        offered = around - hidden - fixed
        if offered:
            return offered
        reached |= around
        edge = around & hidden
    return set()


def _neighbours(sums: Iterable[Sum]) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = {}
    for whole, parts in sums:
        line = {whole, *parts}
        for cell in line:
            beside.setdefault(cell, set()).update(line - {cell})
    return beside
