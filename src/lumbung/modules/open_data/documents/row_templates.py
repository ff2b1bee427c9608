"""A blank spreadsheet for a row of the data list: header to keep, codes on the second sheet, advice on the third.

Its words are Indonesian in every language: it is filled in by offices, and read back by the desk.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.styles.alignment import Alignment
from openpyxl.styles.fills import PatternFill
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from lumbung.modules.open_data.queries.template_columns import TemplateColumn

DATA, CODES, ADVICE = "Data", "Kode", "Petunjuk"
# Below a line that says what the table is: with it, a sheet without data is still taken for the table it is.
HEADER, LAST_ROW = 2, 5000
TEXT = "@"
AS_TEXT = frozenset({"string", "year", "yearmonth"})
KINDS = {
    "string": "teks",
    "integer": "bilangan bulat",
    "number": "bilangan",
    "date": "tanggal (TTTT-BB-HH)",
    "year": "tahun (TTTT)",
    "yearmonth": "bulan (TTTT-BB)",
    "boolean": "true atau false",
}
STEPS = (
    "Isi lembar “Data”, mulai baris ke-3. Jangan mengubah, menghapus, atau memindahkan judul kolom di baris ke-2.",
    "Satu baris untuk satu catatan. Jangan menggabungkan sel, jangan menambahkan baris “Jumlah”.",
    "Kolom kode diisi dengan kode pada lembar “Kode”, ditulis lengkap, misalnya 52.07. Selnya sudah berjenis teks.",
    "Bilangan ditulis tanpa pemisah ribuan dan tanpa satuan.",
    "Sel tanpa nilai dibiarkan kosong. Angka sementara diberi tanda * di belakang bilangan.",
    "Jangan mencantumkan data pribadi: NIK, nama orang, nomor telepon, alamat surel.",
    "Bawa berkas ini ke Meja Satu Data, pada dataset yang bersangkutan, dengan tombol “Bawa berkas”.",
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the third sheet says at its top about the row."""

    title: str
    year: int
    number: int
    producer: str
    standard: str
    days: str
    is_known: bool


def xlsx_bytes(columns: Sequence[TemplateColumn], advice: Advice) -> bytes:
    """The template as a workbook."""
    book = Workbook()
    data: Any = book.active
    data.title = DATA
    codes, told = book.create_sheet(CODES), book.create_sheet(ADVICE)
    places = _put_codes(codes, columns)
    data.cell(1, 1, f"{advice.title} (Daftar Data {advice.year}, nomor {advice.number})").font = Font(bold=True)
    _put_header(data, columns, places)
    _put_advice(told, columns, advice)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _put_header(sheet: Any, columns: Sequence[TemplateColumn], places: dict[str, str]) -> None:
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        cell = sheet.cell(HEADER, place, column.name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E6EEE9")
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        if column.codes or column.kind in AS_TEXT:
            # Codes are text: 52.10 stays 52.10, and the zero before a number stays.
            sheet.column_dimensions[letter].number_format = TEXT
        if column.name in places:
            _offer(sheet, letter, places[column.name])
    sheet.freeze_panes = f"A{HEADER + 1}"


def _offer(sheet: Any, letter: str, source: str) -> None:
    """A list to choose from in every cell of a column."""
    offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    offered.errorTitle, offered.error = "Kode tidak dikenal", "Pilih kode dari lembar “Kode”."
    sheet.add_data_validation(offered)
    offered.add(f"{letter}{HEADER + 1}:{letter}{LAST_ROW}")


def _put_codes(sheet: Any, columns: Sequence[TemplateColumn]) -> dict[str, str]:
    """Each code list in two columns; returns where the codes of a column stand."""
    places, at, lists = {}, 1, {}
    for column in columns:
        if not column.codes:
            continue
        if column.codes not in lists:
            lists[column.codes] = _put_list(sheet, at, column)
            at += 3
        places[column.name] = lists[column.codes]
    if not places:
        sheet.cell(1, 1, "Tidak ada kolom kode pada templat ini.")
    return places


def _put_list(sheet: Any, at: int, column: TemplateColumn) -> str:
    letter = get_column_letter(at)
    for offset, head in enumerate((column.name, "arti")):
        sheet.cell(1, at + offset, head).font = Font(bold=True)
    for number, (code, meaning) in enumerate(column.codes, start=2):
        sheet.cell(number, at, code).number_format = TEXT
        sheet.cell(number, at + 1, meaning)
    sheet.column_dimensions[letter].width, sheet.column_dimensions[get_column_letter(at + 1)].width = 16, 44
    return f"'{CODES}'!${letter}$2:${letter}${len(column.codes) + 1}"


def _put_advice(sheet: Any, columns: Sequence[TemplateColumn], advice: Advice) -> None:
    for number, line in enumerate(_lines(columns, advice), start=1):
        for place, text in enumerate(line, start=1):
            cell = sheet.cell(number, place, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1 or place == 1, size=14 if number == 1 else 11)
    for letter, width in zip("ABCDE", (30, 60, 18, 22, 12), strict=True):
        sheet.column_dimensions[letter].width = width


def _lines(columns: Sequence[TemplateColumn], advice: Advice) -> Iterator[tuple[str, ...]]:
    yield (advice.title,)
    yield ("Daftar Data", f"{advice.year}, nomor {advice.number}")
    yield ("Produsen Data", advice.producer)
    yield ("Standar Data", advice.standard or "belum dicatat")
    yield ("Hari rilis", advice.days)
    yield ("",)
    yield ("Cara mengisi",)
    for number, step in enumerate(STEPS, start=1):
        yield (str(number), step)
    if not advice.is_known:
        yield (
            "Perhatian",
            "Kolom menurut Standar Data belum dicatat. Kolom di sini hanya usulan; sesuaikan dengan data Anda.",
        )
    yield ("",)
    yield ("Kolom", "Arti", "Satuan", "Jenis", "Wajib")
    for column in columns:
        needed = "ya" if column.is_needed else ""
        yield (column.name, column.label, column.unit, KINDS.get(column.kind, column.kind), needed)
