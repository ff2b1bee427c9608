"""The limited process that makes workbooks.

Started by `making.py`. It reads published Parquet and writes XLSX beside it, row after row; knows no framework.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles.alignment import Alignment
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.workbook import Workbook

from lumbung.core.base.disks import put_in_place
from lumbung.core.tables import connections, limited
from lumbung.core.tables.connections import text
from lumbung.core.tables.copies import layout
from lumbung.core.tables.copies.layout import Held, NotHeld
from lumbung.core.tables.workbooks import cells
from lumbung.core.tables.workbooks.cells import Column, TextTooLong, writable

DATA, ABOUT = "Data", "Keterangan"
BLOCK_ROWS = 2_000
ROOM = connections.Limits(memory_mb=150, threads=1)
ABOUT_WIDTHS = (26, 40, 60, 18, 18, 44)


def main() -> None:
    """Make every workbook that is asked for; one that fails is named and the others are made."""
    limited.work(_outcome)


def _outcome(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"rows": workbook(Path(asked["source"]), Path(asked["target"]), asked)}
    except TextTooLong:
        return {"failed": "long-text"}
    except NotHeld:
        return {"failed": "type"}
    except (OSError, MemoryError, ValueError, duckdb.Error) as error:
        return {"failed": type(error).__name__}


def workbook(source: Path, target: Path, told: dict[str, Any]) -> int:
    """One workbook, whole at its place or not there at all; returns how many rows it has.

    told  title, creator, made_at; `about`: lines of the second sheet; `columns`: what each column of the data means
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="lumbung-workbook-") as spill:
            tempfile.tempdir = spill  # where the library keeps a sheet until it is packed
            with connections.opened(reads=[source], temporary=Path(spill) / "sql", limits=ROOM) as reader:
                book, rows = _filled(reader, source, told)
                book.save(part)
        put_in_place(part, target)
    finally:
        tempfile.tempdir = None
        part.unlink(missing_ok=True)
    return rows


def _filled(reader: duckdb.DuckDBPyConnection, source: Path, told: dict[str, Any]) -> tuple[Workbook, int]:
    file = f"read_parquet({text(str(source))})"
    described = reader.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()  # noqa: S608 - path quoted
    held = layout.held([(str(row[0]), str(row[1])) for row in described])
    named = f"(SELECT * FROM {file}) AS t({', '.join(_name(each) for each in held)})"  # noqa: S608 - path quoted
    measures = [sql for each in held for sql in cells.measures_sql(each, _name(each))]
    rows, *measured = reader.execute(f"SELECT count(*), {', '.join(measures)} FROM {named}").fetchall()[0]  # noqa: S608
    columns = cells.columns_of(held, measured)
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = writable(told["title"]), writable(told["creator"])
    book.properties.created = datetime.fromisoformat(told["made_at"])
    _put_rows(book, columns, int(rows), _blocks(reader, named, columns))
    _put_about(book, columns, told)
    return book, int(rows)


def _name(column: Held) -> str:
    return f"v{column.place}"


def _blocks(
    reader: duckdb.DuckDBPyConnection, named: str, columns: Sequence[Column]
) -> Iterator[list[tuple[Any, ...]]]:
    wanted = ", ".join(cells.cell_sql(each, _name(each.held)) for each in columns)
    answer = reader.execute(f"SELECT {wanted} FROM {named}")  # noqa: S608 - names are ours
    while block := answer.fetchmany(BLOCK_ROWS):
        yield block


def _put_rows(book: Workbook, columns: Sequence[Column], rows: int, blocks: Iterator[list[tuple[Any, ...]]]) -> None:
    sheet: Any = book.create_sheet(DATA)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows + 1}"
    sheet.append([_cell(sheet, column.held.name, bold=True) for column in columns])
    # A row goes into the file as it is appended, so the same cells serve for every row.
    forms = [(_form(sheet, column), column.data_type) for column in columns]
    for block in blocks:
        for row in block:
            sheet.append([_set(*form, value) for form, value in zip(forms, row, strict=True)])


def _form(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.number_format = column.number_format
    return cell


def _set(cell: Any, data_type: str, value: Any) -> Any:
    """The cell with this value, of the type of its column; the library would take "=cmd" for a formula."""
    if value is None:
        return None
    cell.value = writable(value) if data_type == "s" else value
    cell.data_type = data_type
    return cell


def _cell(sheet: Any, value: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, writable(value))
    cell.number_format, cell.data_type = cells.TEXT_FORMAT, "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _put_about(book: Workbook, columns: Sequence[Column], told: dict[str, Any]) -> None:
    """What the data are, from whom, under which licence, and what each column means."""
    sheet: Any = book.create_sheet(ABOUT)
    for place, width in enumerate(ABOUT_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line in told["about"]:
        sheet.append([_cell(sheet, each, bold=place == 0) for place, each in enumerate(line)])
    sheet.append([])
    sheet.append([_cell(sheet, each, bold=True) for each in (*told["heads"], "Ditulis di lembar Data sebagai")])
    for column in columns:
        known = told["columns"].get(column.held.name, [""] * (len(told["heads"]) - 1))
        sheet.append([_cell(sheet, each) for each in (column.held.name, *known, cells.WORDS[column.way])])
    for line in told["codes"]:
        sheet.append([_cell(sheet, each) for each in line])
