"""What every reader of a kind of file gives: batches of rows, every cell as text. For the limited child."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lumbung.core.tables.shapes import Kind, Note, Sheet

BATCH_ROWS = 2_000
BATCH_CELLS = 200_000

Rows = list[list[str]]
# Top, left, bottom, right; rows and columns from 0, both ends included.
Range = tuple[int, int, int, int]


class Unreadable(Exception):  # noqa: N818 - reads as a sentence
    """The source cannot be read without guessing or loss. The parent makes a refusal in words of it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Caps:
    """What one source may hold. Ten thousand columns are read; a spreadsheet's 16,384 are refused in words."""

    unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    members: int = 5_000
    rows: int = 20_000_000
    columns: int = 10_000
    cells: int = 300_000_000
    cell_chars: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a Data Package says its CSV is written, as far as that is read here.

    header_rows   rows that hold the names; empty: there are none; None: nothing is said
    skips_blanks  blanks behind a separator belong to no cell
    signs         signs that would mean something (escapeChar, commentChar) and are refused where one stands
    """

    separator: str = ""
    header_rows: tuple[int, ...] | None = None
    skips_blanks: bool = False
    signs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person chose instead of what was proposed; empty means: propose."""

    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_rows: tuple[int, ...] | None = None
    leave_out: tuple[str, ...] = ()
    dialect: Dialect = Dialect()


@dataclass
class Source:
    """An opened file. `batches` may be asked more than once, and begins anew each time.

    keys     labels of the columns where the source itself names them (JSON, Parquet); empty for grids
    numbers  by column: how many cells are stored as numbers, not as text
    declared the Table Schema the source brings along, if it does
    losses   by row and column from 0: cells whose value the source does not hold (a formula never computed)
    header_rows  rows that hold the names, where the source says so; empty: none does
    """

    path: Path
    caps: Caps
    kind: Kind = "csv"
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[Sheet, ...] = ()
    keys: tuple[str, ...] = ()
    merged: tuple[Range, ...] = ()
    numbers: Counter[int] = field(default_factory=Counter)
    declared: Mapping[str, Any] = field(default_factory=dict)
    losses: Mapping[tuple[int, int], str] = field(default_factory=dict)
    header_rows: tuple[int, ...] | None = None
    reasons: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)

    def batches(self) -> Iterator[Rows]:
        """Every row of the source in order, from row 1, in lists of some thousand cells."""
        raise NotImplementedError


def batch_rows(width: int) -> int:
    """How many rows of this width are handled at once."""
    return max(1, min(BATCH_ROWS, BATCH_CELLS // max(1, width)))


def guard_size(caps: Caps, *, rows: int, columns: int) -> None:
    """Refuse what is larger than a table may be."""
    if columns > caps.columns:
        raise Unreadable("too-many-columns", columns=columns, limit=caps.columns)
    if rows > caps.rows:
        raise Unreadable("too-many-rows", limit=caps.rows)
    if rows * columns > caps.cells:
        raise Unreadable("too-many-cells", limit=caps.cells)


def guard_cell(caps: Caps, cell: str, *, row: int, column: int) -> None:
    """Refuse a cell that is longer than a cell may be."""
    if len(cell) > caps.cell_chars:
        raise Unreadable("cell-too-long", row=row, column=column, limit=caps.cell_chars)
