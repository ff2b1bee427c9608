"""What passes between a file and a table: plain values, frozen, to JSON and back unchanged. Knows no framework."""

import bisect
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

Kind = Literal["csv", "xlsx", "xls", "ods", "json", "ndjson", "geojson", "parquet", "datapackage"]
# Why a row of the source is not a row of the table.
Why = Literal[
    "title",
    "header",
    "header_again",
    "numbering",
    "total",
    "average",
    "sum",
    "footer",
    "blank",
    "separator_line",
    "named",
]
# What a value mark says; "other" is explained by the words of the file's own legend.
Meaning = Literal["preliminary", "very_preliminary", "revised", "not_available", "nil", "negligible", "hidden", "other"]
MARK_SUFFIX = "__tanda"


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know before confirming: a code, and the values its sentence names.

    The sentence stands in `reading_words`, in both languages.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row of the source that is not a row of the table. Numbers count from 1, as a spreadsheet shows them."""

    row: int
    why: Why
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value mark: what is written, what it means, and the words of the legend it was found in, if any."""

    text: str
    meaning: Meaning
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is read. Proposed by `look`, confirmed or changed by a person, followed to the letter by `read`.

    sheet               name of the sheet, of the key (JSON) or of the resource (Data Package)
    encoding, separator csv only
    header_rows         rows whose cells make the labels; empty when columns have keys (JSON, Parquet) or no labels
    first_data_row      row number in the source; everything above it is title or header
    left_out_rows       further rows that are not data: totals, numbering, footer, a header printed again
    left_out_columns    positions from 0 in the source: columns without label and cells; a cell there is refused
    dropped_columns     positions of columns a person decided to leave out, with whatever stands in them
    leave_out_blank     rows without any cell are passed over (and counted); else they are rows
    fill_short_rows     a row that ends early is taken as ending in empty cells; else it is refused with its number
    repeat_merged       a cell merged over several rows of data counts in each of them; else in the first alone
    names               confirmed column names of the columns kept; empty: made from the labels
    marks, mark_columns the value marks, and the positions from 0 of the columns whose cells give them up
    """

    kind: Kind
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_rows: tuple[int, ...] = ()
    first_data_row: int = 1
    left_out_rows: tuple[LeftOutRow, ...] = ()
    left_out_columns: tuple[int, ...] = ()
    dropped_columns: tuple[int, ...] = ()
    leave_out_blank: bool = False
    fill_short_rows: bool = False
    repeat_merged: bool = False
    names: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    mark_columns: tuple[int, ...] = ()

    @property
    def kept_columns(self) -> tuple[int, ...]:
        """Positions of the columns the names stand for; none while nobody confirmed names."""
        if not self.names:
            return ()
        out = {*self.left_out_columns, *self.dropped_columns}
        return tuple(place for place in range(len(self.names) + len(out)) if place not in out)

    def without_columns(self, places: Collection[int]) -> "Reading":
        """The same reading with further columns dropped, their names and marks with them."""
        kept = zip(self.kept_columns, self.names, strict=True)
        return replace(
            self,
            dropped_columns=tuple(sorted({*self.dropped_columns, *places})),
            names=tuple(name for place, name in kept if place not in places),
            mark_columns=tuple(place for place in self.mark_columns if place not in places),
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Reading":
        return cls(
            **{
                **told,
                "header_rows": tuple(told.get("header_rows", ())),
                "left_out_rows": tuple(LeftOutRow(**row) for row in told.get("left_out_rows", ())),
                "left_out_columns": tuple(told.get("left_out_columns", ())),
                "dropped_columns": tuple(told.get("dropped_columns", ())),
                "names": tuple(told.get("names", ())),
                "marks": tuple(Mark(**mark) for mark in told.get("marks", ())),
                "mark_columns": tuple(told.get("mark_columns", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table a source holds: a sheet, a key of a JSON object, a resource of a Data Package."""

    name: str
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the source has it, with its number."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a source holds, and how it might be read.

    row_count, column_count  of the source as it stands: titles and footers included
    first_rows, last_rows    for the eye: cells may be cut, and of very wide rows only the first cells are here
    labels                   of the columns the proposed reading keeps
    named                    what a person named to be left out, as it was written
    reasons                  why the reading is proposed so, one for each decision
    doubts                   what may be wrong in the file itself
    """

    kind: Kind
    row_count: int
    column_count: int
    reading: Reading
    labels: tuple[str, ...]
    sheets: tuple[Sheet, ...] = ()
    named: tuple[str, ...] = ()
    first_rows: tuple[Row, ...] = ()
    last_rows: tuple[Row, ...] = ()
    reasons: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()

    def without_columns(self, places: Collection[int]) -> "Look":
        """The same look whose proposed reading drops further columns."""
        kept = zip(self.reading.kept_columns, self.labels, strict=True)
        labels = tuple(label for place, label in kept if place not in places)
        return replace(self, reading=self.reading.without_columns(places), labels=labels)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Look":
        return cls(
            **{
                **told,
                "reading": Reading.from_json(told["reading"]),
                "labels": tuple(told["labels"]),
                "sheets": tuple(Sheet(**sheet) for sheet in told["sheets"]),
                "named": tuple(told.get("named", ())),
                "first_rows": tuple(Row(row["row"], tuple(row["cells"])) for row in told["first_rows"]),
                "last_rows": tuple(Row(row["row"], tuple(row["cells"])) for row in told["last_rows"]),
                "reasons": tuple(Note(**note) for note in told["reasons"]),
                "doubts": tuple(Note(**note) for note in told["doubts"]),
            }
        )


@dataclass(frozen=True, slots=True)
class RowNumbers:
    """Which row of the source became which row of the table: the places where the distance between them changes."""

    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def source_row(self, row: int) -> int:
        """The number in the source of a row of the table (1 is the first data row)."""
        place = bisect.bisect_right(self.starts, row) - 1
        return self.sources[place] + row - self.starts[place]


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A plain file: UTF-8, comma, RFC 4180, LF, one header row of confirmed names, every cell the text of the source.

    path            the plain file
    header          confirmed column names: small letters, digits, _, unique; a column of marks is `<name>__tanda`
    labels          as the file wrote them, one for each name; the label of a column of marks is that of its column
    row_count       rows below the header
    sha256          of the plain file
    first_data_row  number in the source of the first row of data
    row_numbers     where row numbers jump (rows left out in between): JSON, see `numbers`; None when they just count on
    """

    path: Path
    header: tuple[str, ...]
    labels: tuple[str, ...]
    row_count: int
    sha256: str
    first_data_row: int
    row_numbers: Path | None = None

    def numbers(self) -> RowNumbers:
        """Row numbers of the source, for reports that have to name them."""
        if self.row_numbers is None:
            return RowNumbers((1,), (self.first_data_row,))
        jumps = json.loads(self.row_numbers.read_text())
        return RowNumbers(tuple(start for start, _ in jumps), tuple(source for _, source in jumps))

    def to_json(self) -> dict[str, Any]:
        told = asdict(self)
        return {**told, "path": str(self.path), "row_numbers": str(self.row_numbers) if self.row_numbers else None}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "PlainTable":
        return cls(
            **{
                **told,
                "path": Path(told["path"]),
                "header": tuple(told["header"]),
                "labels": tuple(told["labels"]),
                "row_numbers": Path(told["row_numbers"]) if told.get("row_numbers") else None,
            }
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading came to: the plain table, and everything of the source that is not in its rows.

    left_out      rows left out with their text, in order
    blank_rows    how many rows without any cell were passed over
    marks_moved   by column name and mark: how many cells gave it up
    declared      the Table Schema the source itself brings along (Data Package), as it stands there
    """

    plain: PlainTable
    left_out: tuple[LeftOutRow, ...] = ()
    blank_rows: int = 0
    marks_moved: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    doubts: tuple[Note, ...] = ()
    declared: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "plain": self.plain.to_json()}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Outcome":
        return cls(
            **{
                **told,
                "plain": PlainTable.from_json(told["plain"]),
                "left_out": tuple(LeftOutRow(**row) for row in told["left_out"]),
                "doubts": tuple(Note(**note) for note in told["doubts"]),
            }
        )
