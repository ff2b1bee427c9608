"""One pass over a source: its first and last rows are kept, of the others what has to be known to propose a reading."""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest

from lumbung.core.tables.sources.base import Rows, Source
from lumbung.core.tables.sources.named import Named

SAMPLE_ROWS = 5_000
SAMPLE_CELLS = 400_000
TAIL_ROWS = 200
TAIL_CELLS = 100_000
MOST_ODD = 2_000
MOST_SUSPECTS = 10_000
LEADING = 3
TOTAL_WORD = re.compile(
    r"\s*(?:(?:sub|grand)?[\s-]*(?:jumlah|total)|(?:nilai\s+)?(?:rata|rerata|average|mean))", re.IGNORECASE
)
TOTAL_SIGNS = ("jumlah", "total", "rata", "average", "mean")
Numbered = tuple[int, list[str]]


@dataclass
class Scan:
    """What the pass found. Row numbers from 1.

    sample     the first rows, whole; for most office files that is all of them
    tail       the last rows beyond the sample
    named      what a person named to be left out; those rows beyond the sample are kept as suspects are
    suspects   rows beyond the sample, in the middle, that speak of a total or were named
    filled     columns with any cell beyond the sample
    odd        rows beyond which have another width than `usual`, the first of them
    """

    named: Named = field(default_factory=Named)
    sample: list[list[str]] = field(default_factory=list)
    tail: deque[Numbered] = field(default_factory=deque)
    suspects: list[Numbered] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    widths: Counter[int] = field(default_factory=Counter)
    odd: dict[int, int] = field(default_factory=dict)
    row_count: int = 0
    blank_rows: list[int] = field(default_factory=list)
    blank_count: int = 0
    width: int = 0

    def take(self, rows: Rows) -> None:
        """The next rows."""
        first = self.row_count + 1
        self.row_count += len(rows)
        self._measure(rows, first)
        room = min(SAMPLE_ROWS - len(self.sample), SAMPLE_CELLS // max(1, self.width) - len(self.sample), len(rows))
        room = max(room, 1) if not self.sample else max(room, 0)
        # A sample with a hole in it would number its rows wrongly.
        if len(self.sample) == first - 1:
            self.sample.extend(rows[:room])
        else:
            room = 0
        if room < len(rows):
            self._beyond(rows[room:], first + room)

    def _measure(self, rows: Rows, first: int) -> None:
        widths = Counter(map(len, rows))
        self.widths.update(widths)
        self.width = max(self.width, *widths)
        if len(widths) > 1 or len(self.widths) > 1:
            for row, cells in enumerate(rows, start=first):
                if len(self.odd) < MOST_ODD and cells and len(cells) != self.usual:
                    self.odd[row] = len(cells)
        if not all(map(any, rows)):
            blank = [row for row, cells in enumerate(rows, start=first) if not any(cells)]
            self.blank_count += len(blank)
            self.blank_rows += blank[: MOST_ODD - len(self.blank_rows)]

    @property
    def is_whole(self) -> bool:
        """Whether the sample is the whole source."""
        return len(self.sample) == self.row_count

    @property
    def usual(self) -> int:
        """The most frequent width."""
        return self.widths.most_common(1)[0][0] if self.widths else 0

    def _beyond(self, rows: Rows, first: int) -> None:
        if len(self.filled) < self.width:
            for place, cells in enumerate(zip_longest(*rows, fillvalue="")):
                if place not in self.filled and any(cells):
                    self.filled.add(place)
        self._suspect(rows, first)
        if self.named:
            asked = [(row, cells) for row, cells in enumerate(rows, start=first) if self.named.matches(row, cells)]
            self.suspects += asked[: max(0, MOST_SUSPECTS - len(self.suspects))]
        keep = max(5, min(TAIL_ROWS, TAIL_CELLS // max(1, self.width)))
        for row in range(max(0, len(rows) - keep), len(rows)):
            self.tail.append((first + row, rows[row]))
        while len(self.tail) > keep:
            self.tail.popleft()

    def _suspect(self, rows: Rows, first: int) -> None:
        for place in range(min(LEADING, self.width)):
            told = "\x00".join([cells[place] if len(cells) > place else "" for cells in rows])
            low = told.lower()
            if any(sign in low for sign in TOTAL_SIGNS):
                self.suspects += [
                    (row, cells)
                    for row, cells in enumerate(rows, start=first)
                    if len(cells) > place and TOTAL_WORD.match(cells[place])
                ][: MOST_SUSPECTS - len(self.suspects)]

    def rows(self) -> list[Numbered]:
        """All rows kept, in order, each once."""
        found = dict(enumerate(self.sample, start=1))
        found.update(self.suspects)
        found.update(self.tail)
        return sorted(found.items())


def scan(source: Source, progress: Callable[[int], None], named: Named) -> Scan:
    """Pass over a source."""
    found = Scan(named)
    for rows in source.batches():
        found.take(rows)
        progress(found.row_count)
    return found
