"""Tables as CSV and XLSX. A cell that looks like a formula is words, in both."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.styles.alignment import Alignment
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.workbook import Workbook

RISKY = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 7
BROKEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # control characters no spreadsheet may hold


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark at its start, so that spreadsheets read it as such."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads)
    writer.writerows([neutral(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def neutral(value: Any) -> Any:
    """The value, made words where a spreadsheet would take it for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def xlsx_bytes(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float]) -> bytes:
    """One sheet with bold heads, ready for A4 on its side."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title[:31]
    for number, row in enumerate([heads, *rows], start=1):
        for place, value in enumerate(row, start=1):
            put(sheet, number, place, value)
    for place, width in enumerate(widths, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH + width * WIDTH
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(sheet: Any, number: int, place: int, value: Any) -> None:
    """One cell; words stay words, whatever they begin with."""
    cell = sheet.cell(number, place, value.translate(BROKEN) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
