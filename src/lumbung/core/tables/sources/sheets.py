"""Reads XLSX, XLS and ODS: each cell as the shortest exact text of what is stored. Formulas are never computed."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lumbung.core.tables.shapes import Kind, Note, Sheet
from lumbung.core.tables.sources import ods_xml, sheet_xml
from lumbung.core.tables.sources.base import Caps, Rows, Source, Unreadable, Wanted, batch_rows, guard_size

# Spreadsheets keep fifteen digits; of a longer whole number the last ones are already lost or may be.
EXACT = 10**15
Raw = list[list[Any]]


def open_sheets(path: Path, kind: Kind, *, caps: Caps, wanted: Wanted) -> Source:
    """The sheet wanted, else the first visible one that holds a table."""
    try:
        book = python_calamine.load_workbook(str(path))
    except python_calamine.PasswordError as error:
        raise Unreadable("protected") from error
    except python_calamine.CalamineError as error:
        raise Unreadable("damaged") from error
    return Workbook(path, caps, kind=kind).choose(book, wanted.sheet)


class Workbook(Source):
    """One sheet of a workbook."""

    grid: CalamineSheet
    errors: dict[tuple[int, int], str]

    def choose(self, book: CalamineWorkbook, wanted: str) -> "Workbook":
        """Take a sheet, and tell what else the workbook holds."""
        told = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self.sheets = tuple(Sheet(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in told)
        if not self.sheets:
            raise Unreadable("no-sheet")
        if wanted and wanted not in {sheet.name for sheet in self.sheets}:
            raise Unreadable("unknown-sheet", sheet=wanted)
        self.sheet, self.grid = _first_with_cells(book, [wanted] if wanted else [s.name for s in _visible(self.sheets)])
        self._tell_sheets(by_person=bool(wanted))
        guard_size(self.caps, rows=_height(self.grid), columns=_width(self.grid))
        self.merged = tuple((*start, *end) for start, end in (self.grid.merged_cell_ranges or ()))
        self._take_extras()
        return self

    def batches(self) -> Iterator[Rows]:
        self.numbers.clear()
        width, row = _width(self.grid), 0
        if not width:
            return
        for batch in _raw_batches(self.grid, width):
            yield self._as_text(batch, row, width)
            row += len(batch)

    def _as_text(self, batch: Raw, first: int, width: int) -> Rows:
        columns = [self._column_as_text(cells, place, first) for place, cells in enumerate(zip(*batch, strict=True))]
        rows = [list(cells) for cells in zip(*columns, strict=True)]
        for (row, column), text in self.errors.items():
            if first <= row < first + len(rows) and column < width:
                rows[row - first][column] = text
        return rows

    def _column_as_text(self, cells: tuple[Any, ...], place: int, first: int) -> list[str] | tuple[str, ...]:
        kinds = Counter(map(type, cells))
        if kinds.keys() == {str}:
            return cells
        count = kinds[int] + kinds[float]
        if count:
            self.numbers[place] += count
            self._doubt_long_numbers(cells, place, first)
        return [cell if cell.__class__ is str else text_of(cell) for cell in cells]

    def _doubt_long_numbers(self, cells: tuple[Any, ...], place: int, first: int) -> None:
        if any(note.code == "long-number" and note.params["column"] == place + 1 for note in self.doubts):
            return
        for row, cell in enumerate(cells, start=first + 1):
            if isinstance(cell, (int, float)) and abs(cell) >= EXACT:
                self.doubts.append(Note("long-number", {"row": row, "column": place + 1, "text": text_of(cell)}))
                return

    def _tell_sheets(self, *, by_person: bool) -> None:
        hidden = [sheet.name for sheet in self.sheets if not sheet.visible]
        if hidden:
            self.doubts.append(Note("hidden-sheets", {"count": len(hidden), "names": ", ".join(hidden[:10])}))
        if len(self.sheets) > 1 and not by_person:
            self.reasons.append(Note("first-sheet", {"sheet": self.sheet, "count": len(self.sheets)}))

    def _take_extras(self) -> None:
        self.errors = {}
        if self.kind == "xlsx":
            extras = sheet_xml.extras_of_xlsx(self.path, self.sheet, self.caps)
            self.errors, self.losses = extras.errors, extras.no_result
            self._tell_extras(extras)
        elif self.kind == "ods":
            found = ods_xml.extras_of_ods(self.path, self.sheet, self.caps)
            self.merged, self.losses = tuple(found.merged), found.no_result
            self._tell_extras(sheet_xml.Extras(found.formulas, found.first_formula, found.no_result))

    def _tell_extras(self, extras: sheet_xml.Extras) -> None:
        told = {
            "formulas": (extras.formulas, extras.first_formula),
            "formulas-without-result": (len(extras.no_result), next(iter(extras.no_result.values()), "")),
            "error-cells": (len(extras.errors), _named(next(iter(extras.errors), None))),
            "hidden-rows": (extras.hidden_rows, ""),
            "hidden-columns": (extras.hidden_columns, ""),
        }
        self.doubts += [Note(code, {"count": count, "cell": cell}) for code, (count, cell) in told.items() if count]


def _named(place: tuple[int, int] | None) -> str:
    return f"{sheet_xml.column_letters(place[1])}{place[0] + 1}" if place else ""


def _visible(sheets: tuple[Sheet, ...]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.visible] or list(sheets)


def _first_with_cells(book: CalamineWorkbook, names: list[str]) -> tuple[str, CalamineSheet]:
    """The first sheet with two rows or more; else the first one."""
    first: tuple[str, CalamineSheet] | None = None
    for name in names:
        try:
            sheet = book.get_sheet_by_name(name)
        except python_calamine.CalamineError as error:
            raise Unreadable("damaged") from error
        first = first or (name, sheet)
        if sheet.height > 1:
            return name, sheet
    if first is None:
        raise Unreadable("no-sheet")
    return first


def _height(sheet: CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def _width(sheet: CalamineSheet) -> int:
    return sheet.end[1] + 1 if sheet.end else 0


def _raw_batches(sheet: CalamineSheet, width: int) -> Iterator[Raw]:
    """Rows from row 1 and column A: the library gives the empty rows above the first cell, not the empty columns."""
    left, size = (sheet.start or (0, 0))[1], batch_rows(width)
    empty, batch = [""] * left, []
    for cells in sheet.iter_rows():
        batch.append(empty + cells if left else cells)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def text_of(value: Any) -> str:
    """A stored value as the shortest text that gives it back: whole numbers without .0, dates as ISO."""
    return WAYS.get(value.__class__, str)(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return format(Decimal(repr(value)), "f") if math.isfinite(value) else repr(value)


def _moment(value: dt.datetime) -> str:
    return value.isoformat()


def _duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(value.days * 86_400 + value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    rest = f".{value.microseconds:06d}".rstrip("0") if value.microseconds else ""
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{rest}"


WAYS: dict[type, Callable[[Any], str]] = {
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
    dt.time: dt.time.isoformat,
    dt.timedelta: _duration,
    type(None): lambda _value: "",
}
