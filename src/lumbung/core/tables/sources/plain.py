"""Follows a confirmed reading to the letter and writes the plain file; what does not fit is refused with its place."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lumbung.core.tables.shapes import MARK_SUFFIX, LeftOutRow, Outcome, PlainTable, Reading, Why
from lumbung.core.tables.sources import cells, merged
from lumbung.core.tables.sources.base import Rows, Source, Unreadable, guard_cell
from lumbung.core.tables.sources.plans import Plan, plan

PLAIN, NUMBERS = "plain.csv", "row-numbers.json"
MOST_LEFT_OUT, MOST_JUMPS = 20_000, 500_000


def read(source: Source, reading: Reading, into: Path, progress: Callable[[int], None]) -> Outcome:
    """The plain file in the folder `into`, and what of the source is not in it."""
    with (into / PLAIN).open("wb") as file:
        made = Writer(source, plan(source, reading), file)
        for rows in source.batches():
            made.take(rows)
            progress(made.seen)
    return made.outcome(into)


@dataclass
class Writer:
    """Rows in, lines of the plain file out."""

    source: Source
    plan: Plan
    file: IO[bytes]
    seen: int = 0
    written: int = 0
    blank: int = 0
    left_out: list[LeftOutRow] = field(default_factory=list)
    jumps: list[tuple[int, int]] = field(default_factory=list)
    moved: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        reading = self.plan.reading
        self.digest = hashlib.sha256()
        self.out: dict[int, Why] = {row.row: row.why for row in reading.left_out_rows}
        self.last_out = max(self.out, default=0)
        self.lost: dict[int, dict[int, str]] = {}
        for (row, column), cell in sorted(self.source.losses.items()):
            self.lost.setdefault(row + 1, {})[column] = cell
        first, kept = reading.first_data_row, self.plan.kept
        areas = merged.in_body(self.source.merged, first_data_row=first, columns=kept) if reading.repeat_merged else ()
        self.repeater = merged.Repeater(areas)
        self._write([[name for name, _label in self.plan.columns]])

    def take(self, rows: Rows) -> None:
        """The next rows of the source."""
        first, self.seen = self.seen + 1, self.seen + len(rows)
        if self._is_all_data(rows, first):
            self._count_on(first)
            kept = rows
        else:
            kept = self._kept(rows, first)
        self.written += len(kept)
        self._write(kept if self.plan.as_it_is else self._columns(kept))

    def _is_all_data(self, rows: Rows, first: int) -> bool:
        """The way of nearly all rows of a large file: nothing to leave out, nothing to mend."""
        beyond = first > self.last_out and first >= self.plan.reading.first_data_row
        return (
            beyond
            and not self.lost
            and not self.repeater
            and set(map(len, rows)) == {self.plan.width}
            and all(map(any, rows))
        )

    def _kept(self, rows: Rows, first: int) -> Rows:
        kept = []
        for row, told in enumerate(rows, start=first):
            whole = self.repeater.filled(row, told)
            if not self._leaves_out(row, told):
                kept.append(self._fitted(row, whole))
                self._count_on(row, len(kept))
        return kept

    def _leaves_out(self, row: int, told: list[str]) -> bool:
        reading = self.plan.reading
        if row in self.out:
            self._leave_out(row, self.out[row], told)
        elif row < reading.first_data_row:
            if row not in reading.header_rows and cells.filled(told):
                self._leave_out(row, "title", told)
        elif reading.leave_out_blank and not any(told) and row not in self.lost:
            self.blank += 1
        else:
            return False
        return True

    def _leave_out(self, row: int, why: Why, told: list[str]) -> None:
        if len(self.left_out) >= MOST_LEFT_OUT:
            raise Unreadable("too-many-left-out", limit=MOST_LEFT_OUT)
        self.left_out.append(LeftOutRow(row, why, cells.joined(told)))

    def _fitted(self, row: int, told: list[str]) -> list[str]:
        """The row in the width of the table; refused where that would add or drop a cell unasked."""
        width = self.plan.width
        for column, cell in self.lost.get(row, {}).items():
            if column in self.plan.kept:
                raise Unreadable("formula-without-result", row=row, column=column + 1, cell=cell)
        if len(told) > width:
            extra = next((place for place in range(width, len(told)) if told[place]), None)
            if extra is not None:
                raise Unreadable("row-long", row=row, column=extra + 1, columns=width, text=told[extra][:60])
            return told[:width]
        if len(told) < width:
            missing = next((place for place in self.plan.kept if place >= len(told)), None)
            if missing is not None and not self.plan.reading.fill_short_rows:
                raise Unreadable("row-short", row=row, column=missing + 1, cells=len(told), columns=width)
            return told + [""] * (width - len(told))
        return told

    def _count_on(self, row: int, ahead: int = 1) -> None:
        """Note where the distance between rows of the source and rows of the table changes."""
        number = self.written + ahead
        if self.jumps and self.jumps[-1][1] - self.jumps[-1][0] == row - number:
            return
        if len(self.jumps) >= MOST_JUMPS:
            raise Unreadable("too-many-left-out", limit=MOST_JUMPS)
        self.jumps.append((number, row))

    def _columns(self, rows: Rows) -> Rows:
        """The columns kept; those with marks as two."""
        told = list(zip(*rows, strict=True))
        if not told:
            return []
        self._refuse_cells_in_blank_columns(told)
        found: list[tuple[str, ...]] = []
        for place, name in zip(self.plan.kept, self.plan.names, strict=True):
            if place in self.plan.marked:
                found += self._without_marks(name, told[place])
            else:
                found.append(told[place])
        return [list(row) for row in zip(*found, strict=True)]

    def _refuse_cells_in_blank_columns(self, told: list[tuple[str, ...]]) -> None:
        """A column is left out as blank by what the look saw; a row confirmed since then may hold a cell there."""
        for place in self.plan.blank:
            for row, cell in enumerate(told[place], start=self.written - len(told[place]) + 1):
                if cell and not cell.isspace():
                    source_row = self._source_row(row)
                    raise Unreadable("cell-in-blank-column", row=source_row, column=place + 1, text=cell[:60])

    def _without_marks(self, name: str, column: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        values, marks = zip(*map(self.plan.split, column), strict=True)
        self.moved.setdefault(name, Counter()).update(mark for mark in marks if mark)
        return values, marks

    def _write(self, rows: Rows) -> None:
        text = _as_csv(rows, csv.QUOTE_MINIMAL)
        if "\r" in text:
            # The writer quotes only its own line end; a carriage return inside a cell must not look like one.
            text = _as_csv(rows, csv.QUOTE_ALL)
        if "\x00" in text or len(text) > self.source.caps.cell_chars:
            self._guard(rows)
        try:
            data = text.encode()
        except UnicodeEncodeError as error:
            raise Unreadable("not-text", row=self.seen) from error
        self.digest.update(data)
        self.file.write(data)

    def _guard(self, rows: Rows) -> None:
        first = self.written - len(rows) + 1
        for number, row in enumerate(rows, start=first):
            for column, cell in enumerate(row, start=1):
                guard_cell(self.source.caps, cell, row=self._source_row(number), column=column)
                if "\x00" in cell:
                    raise Unreadable("nul", row=self._source_row(number), column=column)

    def _source_row(self, number: int) -> int:
        start, row = next(((s, r) for s, r in reversed(self.jumps) if s <= number), (number, number))
        return row + number - start

    def outcome(self, into: Path) -> Outcome:
        """What it came to."""
        header, labels = zip(*self.plan.columns, strict=True)
        numbers = into / NUMBERS
        if len(self.jumps) > 1:
            numbers.write_text(json.dumps(self.jumps))
        table = PlainTable(
            path=into / PLAIN,
            header=header,
            labels=labels,
            row_count=self.written,
            sha256=self.digest.hexdigest(),
            first_data_row=self.jumps[0][1] if self.jumps else self.plan.reading.first_data_row,
            row_numbers=numbers if len(self.jumps) > 1 else None,
        )
        moved = {name + MARK_SUFFIX: dict(counts) for name, counts in self.moved.items() if counts}
        return Outcome(table, tuple(self.left_out), self.blank, moved, tuple(self.source.doubts), self.source.declared)


def _as_csv(rows: Rows, quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()
