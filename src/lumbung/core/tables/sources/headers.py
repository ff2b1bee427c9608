"""Finds the header of a table as offices make it: titles above, two or three rows, merged cells, "(1) (2) (3)"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.core.tables.sources import cells
from lumbung.core.tables.sources.base import Range

LOOKED_AT = 60
DEEPEST = 5
BELOW = 8
NUMBERING = re.compile(r"\(?(\d{1,3})\)?(?:\s*=.*)?\Z", re.DOTALL)
BRACKETED = re.compile(r"\(\d{1,3}\)")
Grid = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """Places from 0 of the rows of the header; `numbering` is the row of "(1) (2) (3)" below it, if there is one."""

    rows: tuple[int, ...]
    numbering: int | None
    usual: int

    @property
    def first_data(self) -> int:
        """The place of the first row that may be data."""
        last = self.numbering if self.numbering is not None else self.rows[-1]
        return last + 1


def usual_filled(grid: Grid) -> int:
    """How many cells an ordinary row of the table fills."""
    counts = Counter(len(cells.filled(row)) for row in grid[:500])
    wide = {count: times for count, times in counts.items() if count > 1} or {1: 1}
    return max(wide, key=lambda count: (wide[count], count))


def dense_from(usual: int) -> int:
    """From how many filled cells on a row belongs to the table."""
    return 1 if usual == 1 else max(2, -(-usual * 6 // 10))


def find(grid: Grid, merged: Sequence[Range]) -> Header | None:
    """The header, or None where the table seems to have none."""
    usual = usual_filled(grid)
    top = _first_dense(grid, dense_from(usual))
    if top is None or not _says_names(grid, top):
        return None
    rows = [*_above(grid, top, merged), top, *_below(grid, top, merged)]
    following = rows[-1] + 1
    numbering = following if is_numbering(grid, following, usual) else None
    return Header(tuple(rows), numbering, usual)


def _first_dense(grid: Grid, least: int) -> int | None:
    rows = enumerate(grid[:LOOKED_AT])
    return next((place for place, row in rows if len(cells.filled(row)) >= least and not _is_told(row)), None)


def _is_told(row: Sequence[str]) -> bool:
    """ "Tahun: 2024" above a table is no header."""
    return any(cell.strip().endswith(":") or cell.strip().startswith(":") for cell in row)


def _says_names(grid: Grid, place: int) -> bool:
    """No number, no date; years only where the cells below are no years."""
    row = grid[place]
    if any(cells.is_value(cell) for cell in row):
        return False
    for column in (column for column, cell in enumerate(row) if cells.is_year(cell)):
        below = [cells.at(other, column) for other in grid[place + 1 : place + 1 + BELOW]]
        if any(map(cells.is_year, below)) and all(cells.is_year(cell) for cell in below if cell):
            return False
    return True


def _above(grid: Grid, top: int, merged: Sequence[Range]) -> list[int]:
    """The row above, where it names groups of columns."""
    place = top - 1
    if place < 0:
        return []
    places = cells.filled(grid[place])
    blank_below = any(not cells.at(grid[top], column).strip() for column in places)
    groups = [area for area in merged if area[0] == place and area[3] > area[1]]
    names = len(places) > 1 and not _is_told(grid[place]) and not any(map(cells.is_value, grid[place]))
    return [place] if names and (blank_below or len(groups) > 1 or not merged) else []


def _below(grid: Grid, top: int, merged: Sequence[Range]) -> list[int]:
    """The rows below that go on naming columns: under merged cells, or filling what the row above left blank."""
    deep = [area[2] for area in merged if area[0] == top < area[2] < top + DEEPEST]
    if deep:
        return list(range(top + 1, min(max(deep), len(grid) - 1) + 1))
    found: list[int] = []
    for place in range(top + 1, min(top + DEEPEST, len(grid))):
        if not _completes(grid[place - 1], grid[place]):
            break
        found.append(place)
    return found


def _completes(upper: Sequence[str], lower: Sequence[str]) -> bool:
    above, below = set(cells.filled(upper)), cells.filled(lower)
    if not below or any(map(cells.is_value, lower)):
        return False
    new = [column for column in below if column not in above]
    # Under a name there may only be the first part of its group: the next column is blank above.
    parts = all(column not in above or column + 1 in new for column in below)
    return bool(new) and parts and len(below) < len(above | set(below))


def is_numbering(grid: Grid, place: int, usual: int) -> bool:
    """Whether a row only counts its columns."""
    if place >= len(grid):
        return False
    told = [cell.strip() for cell in grid[place] if cell.strip()]
    found = [NUMBERING.match(cell) for cell in told]
    if len(told) < 2 or not all(found):
        return False
    numbers = [int(match.group(1)) for match in found if match]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] not in {0, 1}:
        return False
    if all(BRACKETED.match(cell) for cell in told):
        return True
    # Bare 1 2 3 4 may be data: only where the rows below hold words in one of these columns.
    below = [row for row in grid[place + 1 : place + 1 + BELOW] if cells.filled(row)]
    return len(told) >= max(4, usual) and any(not cells.is_value(cell) for row in below for cell in row if cell)


def labels_of(grid: Grid, rows: Sequence[int], merged: Sequence[Range], width: int) -> tuple[str, ...]:
    """One label a column; the parts of several rows joined by " / "."""
    if len(rows) == 1:
        return tuple(cells.at(grid[rows[0]], column) for column in range(width))
    spread = [_spread(grid, rows, index, merged, width) for index in range(len(rows))]
    found = []
    for column in range(width):
        parts = [" ".join(row[column].split()) for row in spread]
        found.append(" / ".join(dict.fromkeys(part for part in parts if part)))
    return tuple(found)


def _spread(grid: Grid, rows: Sequence[int], index: int, merged: Sequence[Range], width: int) -> list[str]:
    """A row of the header with the name of each group in every column of the group."""
    row = [cells.at(grid[rows[index]], column) for column in range(width)]
    if index == len(rows) - 1:
        return row
    areas = [area for area in merged if area[0] <= rows[index] <= area[2] and area[3] > area[1]]
    for _top, left, _bottom, right in areas:
        row[left : right + 1] = [row[left]] * (min(right, width - 1) + 1 - left)
    if not areas:
        below = [cells.at(grid[rows[index + 1]], column) for column in range(width)]
        for column in range(1, width):
            if not row[column].strip() and below[column].strip():
                row[column] = row[column - 1]
    return row
