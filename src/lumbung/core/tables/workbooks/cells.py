"""How each column stands in a spreadsheet, so that nothing changes when it is opened, sorted or saved. Pure.

Excel keeps 15 digits of a number, knows no day before 1900 (and counts a 29 February 1900 that never was), and takes
what is typed into a cell for a number or a formula unless the cell is formatted as text. A column with one value Excel
would change is text as a whole: a sum over it then is nought at once, where a sum without some of its rows looks right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lumbung.core.tables.copies.layout import EXACT_DIGITS, Held

Way = Literal["text", "number", "truth", "day", "moment", "long", "old", "fine"]
# What Excel has room for; one row is the header.
SHEET_ROWS, SHEET_COLUMNS, LONGEST_TEXT = 1_048_575, 16_384, 32_767
FIRST_DAY, LAST_DAY = "1900-03-01", "9999-12-31"
# The words are Indonesian as everything in the workbook: it is made once, for everybody.
WORDS: dict[Way, str] = {
    "text": "teks",
    "number": "bilangan",
    "truth": "TRUE atau FALSE",
    "day": "tanggal",
    "moment": "tanggal dan jam",
    "long": f"teks, karena ada bilangan lebih dari {EXACT_DIGITS} angka yang akan dibulatkan oleh Excel",
    "old": "teks (TTTT-BB-HH), karena ada tanggal yang tidak dikenal Excel (sebelum 1 Maret 1900)",
    "fine": "teks, karena ada pecahan detik yang akan dibulatkan oleh Excel",
}
TEXT_FORMAT = "@"
# XML has no place for these; the standard of the file writes them so, and its own sign where a text looks like that.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class TextTooLong(ValueError):  # noqa: N818 - reads as a sentence
    """A cell of Excel has no room for it, and it would be cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: how its cells are written, and how wide it is shown."""

    held: Held
    way: Way
    signs: int

    @property
    def data_type(self) -> str:
        """As the file calls it: d is a moment the library still has to count."""
        return {"number": "n", "day": "n", "truth": "b", "moment": "d"}.get(self.way, "s")

    @property
    def number_format(self) -> str:
        if self.way == "number":
            return f"0.{'0' * self.held.scale}" if self.held.scale else "0"
        return {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss", "truth": "General"}.get(self.way, TEXT_FORMAT)

    @property
    def width(self) -> int:
        return min(max(len(self.held.name), self.signs, 8), 46) + 3


def measures_sql(column: Held, cell: str) -> list[str]:
    """SQL that tells whether Excel would change a value of the column, and how many signs its longest value has."""
    written = f"CAST({cell} AS VARCHAR)"
    signs = f"max(length({written}))"
    if column.kind == "text":
        return [f"max(strlen({cell})) > {LONGEST_TEXT}", signs]
    if column.kind == "whole":
        return [f"max(length(ltrim({written}, '-'))) > {EXACT_DIGITS}", signs]
    if column.is_decimal:
        fraction = f"CASE WHEN contains({written}, '.') THEN rtrim({written}, '0') ELSE {written} END"
        return [f"max(length(ltrim(replace({fraction}, '.', ''), '-0'))) > {EXACT_DIGITS}", signs]
    if column.kind == "truth":
        return ["false", signs]
    bounds = f"min({cell}) < DATE '{FIRST_DAY}' OR CAST(max({cell}) AS DATE) > DATE '{LAST_DAY}'"
    return [bounds, signs] if column.kind == "day" else [f"coalesce({bounds}, false)", signs, _has_fractions(cell)]


def _has_fractions(cell: str) -> str:
    return f"bool_or({cell} <> date_trunc('second', {cell}))"


def columns_of(held: Sequence[Held], measured: Sequence[Any]) -> tuple[Column, ...]:
    """The columns, by what was measured of each in its order.

    raises  TextTooLong where a cell holds more than Excel has room for
    """
    found, at = [], 0
    for column in held:
        changes, signs = bool(measured[at]), int(measured[at + 1] or 0)
        at += 2
        is_fine = False
        if column.kind == "moment":
            is_fine, at = bool(measured[at]), at + 1
        if column.kind == "text" and changes:
            raise TextTooLong(column.name)
        found.append(Column(column, _way(column, changes=changes, is_fine=is_fine), signs))
    return tuple(found)


def _way(column: Held, *, changes: bool, is_fine: bool) -> Way:
    if column.kind in {"day", "moment"}:
        usual: Way = "day" if column.kind == "day" else "moment"
        return "old" if changes else "fine" if is_fine else usual
    if column.kind in {"whole", "decimal"}:
        return "long" if changes else "number"
    return "truth" if column.kind == "truth" else "text"


def cell_sql(column: Column, cell: str) -> str:
    """SQL that gives a cell as the file writes it: numbers digit by digit, days as the count Excel keeps."""
    if column.way == "day":
        return f"CAST(date_diff('day', DATE '1899-12-30', {cell}) AS VARCHAR)"
    if column.way == "truth":
        return f"CAST(CAST({cell} AS INTEGER) AS VARCHAR)"
    return cell if column.way == "moment" or column.held.kind == "text" else f"CAST({cell} AS VARCHAR)"


def writable(text: str) -> str:
    """A text as the file holds it."""
    return UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
