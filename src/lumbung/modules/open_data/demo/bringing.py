"""A table as a file: bare CSV, or as offices keep theirs: titles above, marks beside numbers, a source below."""

import csv
import io
from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from lumbung.modules.open_data.demo.figures import Made
from lumbung.modules.open_data.demo.references import Reference
from lumbung.modules.open_data.demo.subjects import Subject

PRELIMINARY = "*"


def write(subject: Reference | Subject, made: Made, folder: Path, *, place: str) -> Path:
    """Write it into a folder; returns the file."""
    if isinstance(subject, Subject) and subject.style == "xlsx":
        return _workbook(subject, made, folder / f"{subject.key}.xlsx", place)
    file = folder / f"{subject.key}.csv"
    file.write_text(_text(subject, made, place), encoding="utf-8")
    return file


def _text(subject: Reference | Subject, made: Made, place: str) -> str:
    if isinstance(subject, Subject) and subject.style == "office":
        return _office(subject, made, place)
    return _lines(made)


def _lines(made: Made) -> str:
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows([made.header, *made.rows])
    return told.getvalue()


def _office(subject: Subject, made: Made, place: str) -> str:
    """The newest year is preliminary and says so: 812.50*."""
    year, measures = made.header.index("tahun"), len(subject.measures)
    newest = max(row[year] for row in made.rows)
    rows = [
        (*row[:-measures], *(f"{cell}{PRELIMINARY}" for cell in row[-measures:])) if row[year] == newest else row
        for row in made.rows
    ]
    body = _lines(Made(made.header, tuple(rows), made.period))
    return f"{subject.title[0]}\n{place}\n\n{body}{PRELIMINARY} angka sementara\nSumber: {subject.contact}\n"


def _workbook(subject: Subject, made: Made, file: Path, place: str) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tabel"
    wide = len(made.header)
    for text in (subject.title[0], place):
        sheet.append([text])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=wide)
    sheet.append([])
    sheet.append(list(made.header))
    measures = len(subject.measures)
    for row in made.rows:
        sheet.append([*row[:-measures], *(float(cell) if "." in cell else int(cell) for cell in row[-measures:])])
    sheet.append([f"Sumber: {subject.contact}"])
    book.save(file)
    return file
