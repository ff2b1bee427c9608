"""Cells merged over several rows of data: told, and repeated in every row they cover where a person says so."""

import dataclasses

from lumbung.core.tables.sources.base import Wanted
from lumbung.core.tables.tests import makers
from lumbung.core.tables.tests.bringing import codes, look, read, table

ROWS = [
    ["Kabupaten", "Kecamatan", "n"],
    ["Sumbawa Barat", "Taliwang", 1],
    [None, "Seteluk", 2],
    [None, None, None],
    ["Sumbawa", "Alas", 3],
    [None, "Utan", 4],
    ["Bima", "Woha", 5],
]
MERGED = ("A2:A4", "A5:A6")


def test_merged_cells_are_told_with_the_first_of_them() -> None:
    doubt = next(note for note in look(makers.xlsx(ROWS, merged=MERGED)).doubts if note.code == "merged-cells")
    assert doubt.params == {"count": 2, "column": 1, "first": 2, "last": 4, "text": "Sumbawa Barat"}


def test_they_are_blank_below_until_a_person_has_them_repeated() -> None:
    data = makers.xlsx(ROWS, merged=MERGED)
    reading = look(data).reading
    assert [row[0] for row in table(read(data, reading=reading))[1:]] == ["Sumbawa Barat", "", "Sumbawa", "", "Bima"]
    found = read(data, reading=dataclasses.replace(reading, repeat_merged=True))
    places = ["Sumbawa Barat", "Sumbawa Barat", "Sumbawa", "Sumbawa", "Bima"]
    assert [row[0] for row in table(found)[1:]] == places
    assert found.blank_rows == 1, "a row that holds nothing of its own stays blank"


def test_a_cell_under_a_merged_one_keeps_what_it_holds_itself() -> None:
    rows = "".join(
        f'<row r="{row}">{makers.text_cell(f"A{row}", text)}{makers.text_cell(f"B{row}", n)}</row>'
        for row, text, n in ((1, "nama", "n"), (2, "A", "2"), (3, "sendiri", "3"))
    )
    data = makers.raw_xlsx(f'{rows}</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells><sheetData>')
    reading = dataclasses.replace(look(data).reading, repeat_merged=True)
    assert table(read(data, reading=reading))[1:] == [["A", "2"], ["sendiri", "3"]]


def test_merged_cells_count_by_the_rows_they_cover_not_by_the_row_they_begin_in() -> None:
    rows = [["nama", "n"], ["A", 1], [None, 2], ["B", 3], ["Jumlah", 6], [None, None], ["Sumber: X", None], [None, "Y"]]
    doubts = look(makers.xlsx(rows, merged=("A2:A3", "A7:A8")), wanted=Wanted(leave_out=("2",))).doubts
    assert [note.params["count"] for note in doubts if note.code == "merged-cells"] == [1]


def test_cells_merged_in_an_ods_are_told_and_repeated() -> None:
    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'

    span = 'table:number-rows-spanned="3" table:number-columns-spanned="1"'
    covered = f"<table:table-row><table:covered-table-cell/>{cell('y')}</table:table-row>"
    rows = [cell("kabupaten") + cell("n"), cell("Bima") + cell("x"), cell("Dompu", span) + cell("x")]
    data = makers.ods([], raw="".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + covered * 2)
    found = look(data)
    assert found.doubts[0].params | {"count": 1, "first": 3, "last": 5} == found.doubts[0].params
    whole = table(read(data, reading=dataclasses.replace(found.reading, repeat_merged=True)))
    assert [row[0] for row in whole[1:]] == ["Bima", "Dompu", "Dompu", "Dompu"]


def test_merged_cells_of_titles_header_and_single_rows_are_no_doubt() -> None:
    data = makers.xlsx([["Judul", None], [None, None], ["nama", "n"], ["A", 1], ["B", 2]], merged=("A1:B2", "A5:B5"))
    assert codes(look(data).doubts) == []
