"""The attack on a table with hidden cells: between which whole numbers each has to lie, by all that is published.

Whoever knows the margins and the rule by which cells are hidden can set up the same equations. For each hidden cell we
look for two whole tables that agree with everything published and differ there; both are checked in whole numbers, so
that no rounding of the solver can make a cell look safe that is not.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from lumbung.kernels.margins import Sum

NEAR = 1e-6
# Fewer cells than this are pushed one by one at once.
FEW = 12
SECONDS_A_QUESTION = 10.0


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What an attacker has.

    values  what is published of each cell; None where it is hidden. Nothing counted is ever below 0
    sums    what has to add up
    """

    values: tuple[int | None, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest whole number a hidden cell can have; it is recovered when they are one."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


def ranges(
    puzzle: Puzzle, *, enough: int | None = None, of: Collection[int] | None = None, truth: Sequence[int] = ()
) -> dict[int, Range]:
    """The range of each hidden cell.

    truth   the number of every cell, where it is known: one table less to look for
    enough  stop looking at a cell once its range is that wide; None finds the whole range
    of      only these cells, else every hidden one
    raises  ValueError when no table at all agrees with what is published: then it was not made by this rule
    """
    found: dict[int, Range] = {}
    for cells, sums in _components(puzzle):
        wanted = [cell for cell in cells if of is None or cell in of]
        if wanted:
            found |= _Component(puzzle, cells, sums).ranges(wanted, enough, truth)
    return found


def _components(puzzle: Puzzle) -> Iterable[tuple[list[int], list[Sum]]]:
    """Hidden cells that hang together through what has to add up; the rest cannot help to find them."""
    leader = {cell: cell for cell, value in enumerate(puzzle.values) if value is None}
    hidden = [[cell for cell in (whole, *parts) if cell in leader] for whole, parts in puzzle.sums]
    for group in hidden:
        for cell in group[1:]:
            leader[_first(leader, cell)] = _first(leader, group[0])
    cells: dict[int, list[int]] = {}
    sums: dict[int, list[Sum]] = {}
    for cell in leader:
        cells.setdefault(_first(leader, cell), []).append(cell)
    for group, each in zip(hidden, puzzle.sums, strict=True):
        if group:
            sums.setdefault(_first(leader, group[0]), []).append(each)
    return [(group, sums.get(first, [])) for first, group in cells.items()]


def _first(leader: dict[int, int], cell: int) -> int:
    while leader[cell] != cell:
        leader[cell] = leader[leader[cell]]
        cell = leader[cell]
    return cell


@dataclass(slots=True)
class _Component:
    """Hidden cells that hang together, with the solver that looks for tables."""

    puzzle: Puzzle
    cells: list[int]
    sums: list[Sum]
    low: dict[int, int] = field(default_factory=dict)
    high: dict[int, int] = field(default_factory=dict)
    column: dict[int, int] = field(init=False)
    relaxed: highspy.Highs = field(init=False)
    whole: highspy.Highs | None = None

    def __post_init__(self) -> None:
        self.column = {cell: place for place, cell in enumerate(self.cells)}
        self.relaxed = self._solver()

    def ranges(self, wanted: Sequence[int], enough: int | None, truth: Sequence[int]) -> dict[int, Range]:
        if truth:
            self._remember({cell: truth[cell] for cell in self.cells})
        if enough is not None and len(self.cells) > FEW:
            self._sweep()
        for cell in wanted:
            for sign in (1.0, -1.0):
                if not self._is_wide(cell, enough):
                    self._push({cell: sign})
        return {cell: Range(self.low[cell], self.high[cell]) for cell in wanted}

    def _is_wide(self, cell: int, enough: int | None) -> bool:
        return enough is not None and cell in self.low and self.high[cell] - self.low[cell] >= enough

    def _sweep(self) -> None:
        """A few tables that pull every cell both ways: most cells are known to be wide after these."""
        for bit in range(len(self.cells).bit_length()):
            pull = {cell: 1.0 if place >> bit & 1 else -1.0 for cell, place in self.column.items()}
            self._push(pull)
            self._push({cell: -sign for cell, sign in pull.items()})

    def _push(self, pull: dict[int, float]) -> None:
        """Find the table with the least (sign 1) or the most (-1) in these cells, and remember what it shows of all."""
        table = self._asked(self.relaxed, pull)
        if table is None:
            table = self._asked(self._whole_solver(), pull)
        if table is None:
            raise ValueError("no table of whole numbers agrees with what is published (recovery.puzzle)")
        self._remember(table)

    def _remember(self, table: dict[int, int]) -> None:
        if not self._agrees(table):
            raise ValueError("the true table breaks its own sums (recovery.truth)")
        for each, value in table.items():
            self.low[each] = min(value, self.low.get(each, value))
            self.high[each] = max(value, self.high.get(each, value))

    def _asked(self, solver: highspy.Highs, pull: dict[int, float]) -> dict[int, int] | None:
        """The table the solver finds, if it is one of whole numbers that keeps every sum."""
        for cell, sign in pull.items():
            solver.changeColCost(self.column[cell], sign)
        solver.run()
        values = np.array(solver.getSolution().col_value)
        is_solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        for cell in pull:
            solver.changeColCost(self.column[cell], 0.0)
        if not is_solved or len(values) != len(self.cells) or np.abs(values - np.rint(values)).max() > NEAR:
            return None
        table = {each: round(values[place]) for each, place in self.column.items()}
        return table if self._agrees(table) else None

    def _agrees(self, table: dict[int, int]) -> bool:
        """Whether a table keeps everything that is published, in whole numbers."""
        return min(table.values()) >= 0 and all(
            self._of(whole, table) == sum(self._of(part, table) for part in parts) for whole, parts in self.sums
        )

    def _of(self, cell: int, table: dict[int, int]) -> int:
        value = self.puzzle.values[cell]
        return table[cell] if value is None else value

    def _whole_solver(self) -> highspy.Highs:
        if self.whole is None:
            self.whole = self._solver()
            count = len(self.cells)
            kinds = np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            self.whole.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
            self.whole.setOptionValue("time_limit", SECONDS_A_QUESTION)
        return self.whole

    def _most(self) -> int:
        """A number above everything published: how far a cell without an upper bound is followed."""
        shown = (value for value in self.puzzle.values if value is not None)
        return 2 * max(shown, default=0) + 1000

    def _solver(self) -> highspy.Highs:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        most = float(self._most())
        for _cell in self.cells:
            solver.addVar(0.0, most)
        for whole, parts in self.sums:
            self._add_row(solver, whole, parts)
        return solver

    def _add_row(self, solver: highspy.Highs, whole: int, parts: tuple[int, ...]) -> None:
        known = (self.puzzle.values[whole] or 0) - sum(self.puzzle.values[part] or 0 for part in parts)
        signed = [(whole, -1.0), *((part, 1.0) for part in parts)]
        terms = [(self.column[cell], sign) for cell, sign in signed if self.puzzle.values[cell] is None]
        places = np.array([place for place, _sign in terms], dtype=np.int32)
        signs = np.array([sign for _place, sign in terms])
        solver.addRow(float(known), float(known), len(terms), places, signs)
