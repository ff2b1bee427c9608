"""A confirmed reading made ready for its source: columns kept, their names, what a row has to hold."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from lumbung.core.tables.shapes import MARK_SUFFIX, Reading
from lumbung.core.tables.sources import headers, naming
from lumbung.core.tables.sources.base import Rows, Source, Unreadable
from lumbung.core.tables.sources.marks import Splitter

DEEPEST_HEADER = 5_000
Split = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """labels: of all columns of the source; kept, blank, marked: positions from 0; names: one for each kept."""

    reading: Reading
    labels: tuple[str, ...]
    kept: tuple[int, ...]
    blank: tuple[int, ...]
    names: tuple[str, ...]
    marked: frozenset[int]
    split: Split

    @property
    def width(self) -> int:
        """Cells a row of the source has to have."""
        return len(self.labels)

    @property
    def as_it_is(self) -> bool:
        """Whether every column is kept and none gives up marks."""
        return not self.marked and len(self.kept) == self.width

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Name and label of each column of the plain file; marks stand right beside their column."""
        named = zip(self.kept, self.names, strict=True)
        return tuple(chain.from_iterable(self._beside(place, name) for place, name in named))

    def _beside(self, place: int, name: str) -> tuple[tuple[str, str], ...]:
        own = (name, self.labels[place])
        return (own, (name + MARK_SUFFIX, self.labels[place])) if place in self.marked else (own,)


def plan(source: Source, reading: Reading) -> Plan:
    """The plan, or a refusal where the reading does not fit the source."""
    labels = source.keys or _labels_of(source, reading)
    blank = set(reading.left_out_columns) - set(reading.dropped_columns)
    kept = tuple(place for place in range(len(labels)) if place not in blank.union(reading.dropped_columns))
    names = reading.names or naming.names_of([labels[place] for place in kept])
    if len(names) != len(kept):
        raise Unreadable("names-do-not-fit", names=len(names), columns=len(kept))
    faults = naming.faults_of(names)
    if faults:
        raise Unreadable("name-unfit", name=faults[0][:80])
    marked = frozenset(reading.mark_columns) & set(kept)
    known = tuple(sorted(place for place in blank if place < len(labels)))
    return Plan(reading, labels, kept, known, names, marked, Splitter(reading.marks).split)


def _labels_of(source: Source, reading: Reading) -> tuple[str, ...]:
    grid = _first_rows(source, max((*reading.header_rows, reading.first_data_row, 1)))
    places = [row - 1 for row in reading.header_rows]
    if any(not 0 <= place < len(grid) for place in places):
        raise Unreadable("header-beyond-end", row=max(reading.header_rows), rows=len(grid))
    if places and reading.first_data_row <= max(reading.header_rows):
        raise Unreadable("header-below-data", row=max(reading.header_rows), first=reading.first_data_row)
    if not places:
        first = grid[reading.first_data_row - 1 :]
        return ("",) * (len(first[0]) if first else 0)
    width = max(len(grid[place]) for place in places)
    return headers.labels_of(grid, places, source.merged, width)


def _first_rows(source: Source, count: int) -> Rows:
    if not 0 < count <= DEEPEST_HEADER:
        raise Unreadable("header-too-deep", limit=DEEPEST_HEADER)
    grid: Rows = []
    for batch in source.batches():
        grid += batch
        if len(grid) >= count:
            break
    return grid
