"""Formulas: the result saved in the file is read, an empty text is a result, and without one the row is refused."""

import dataclasses

import pytest

from lumbung.core.tables.shapes import LeftOutRow
from lumbung.core.tables.sources.base import Unreadable
from lumbung.core.tables.tests import makers
from lumbung.core.tables.tests.bringing import codes, look, read, refused, rows_of, table

FORMULA = 'IF(B2&gt;9,"besar","")'


def xlsx_with(result: str, *, kind: str = ' t="str"') -> bytes:
    head = "".join(
        makers.text_cell(f"{letter}1", label) for letter, label in (("A", "nama"), ("B", "n"), ("C", "kelas"))
    )
    row = f'{makers.text_cell("A2", "A")}<c r="B2"><v>3</v></c><c r="C2"{kind}><f>{FORMULA}</f>{result}</c>'
    last = f'{makers.text_cell("A3", "B")}<c r="B3"><v>12</v></c>{makers.text_cell("C3", "besar")}'
    return makers.raw_xlsx(f'<row r="1">{head}</row><row r="2">{row}</row><row r="3">{last}</row>')


@pytest.mark.parametrize("result", ["<v></v>", "<v/>", ""], ids=["empty", "closed", "none"])
def test_an_empty_text_is_the_result_of_a_formula_of_text(result: str) -> None:
    data = xlsx_with(result)
    assert codes(look(data).doubts) == ["formulas"]
    assert rows_of(data) == [["A", "3", ""], ["B", "12", "besar"]]


@pytest.mark.parametrize("kind", ["", ' t="n"', ' t="b"'])
@pytest.mark.parametrize("result", ["<v></v>", "<v/>", ""])
def test_a_formula_of_another_kind_without_result_is_refused(kind: str, result: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(xlsx_with(result, kind=kind))
    assert refused(told.value) == ("formula-without-result", 2, 3)


def test_the_text_a_formula_came_to_is_read() -> None:
    assert rows_of(xlsx_with("<v>kecil</v>"))[0] == ["A", "3", "kecil"]


def test_every_formula_of_a_row_counts_not_only_the_last() -> None:
    data = makers.xlsx([["nama", "n", "dua", None], ["A", 3, "=B2*2", "=C2*2"], ["B", 4, "=B3*2", "=C3*2"]])
    reading = dataclasses.replace(look(data).reading, left_out_columns=(3,), names=("nama", "n", "dua"))
    with pytest.raises(Unreadable) as told:
        read(data, reading=reading)
    assert refused(told.value) == ("formula-without-result", 2, 3)


def test_a_column_of_formulas_without_result_is_no_blank_column_and_such_a_row_no_blank_row() -> None:
    data = makers.xlsx(
        [["nama", "n", None], ["A", 3, "=B2*2"], [None, "=B2", None], [None, None, None], ["B", 4, None]]
    )
    found = look(data)
    assert found.reading.left_out_columns == ()
    with pytest.raises(Unreadable):
        read(data)
    kept = dataclasses.replace(found.reading, left_out_rows=(LeftOutRow(2, "total"),), leave_out_blank=True)
    with pytest.raises(Unreadable) as told:
        read(data, reading=kept)
    assert refused(told.value) == ("formula-without-result", 3, 2)


def ods_with(cell: str) -> bytes:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    head = text.format("nama") + text.format("kelas")
    row = f"<table:table-row>{text.format('A')}{cell}</table:table-row>"
    last = f"<table:table-row>{text.format('B')}{text.format('besar')}</table:table-row>"
    return makers.ods([], raw=f"<table:table-row>{head}</table:table-row>{row}{last}")


def test_the_results_of_formulas_of_an_ods_are_read_the_empty_text_as_well() -> None:
    formula = 'table:formula="of:=IF([.B2]&gt;9;&quot;besar&quot;;&quot;&quot;)"'
    empty = f'<table:table-cell {formula} office:value-type="string" office:string-value=""/>'
    assert rows_of(ods_with(empty)) == [["A", ""], ["B", "besar"]]
    full = f'<table:table-cell {formula} office:value-type="string"><text:p>kecil</text:p></table:table-cell>'
    assert table(read(ods_with(full)))[1] == ["A", "kecil"]


def test_a_formula_of_an_ods_that_was_never_computed_is_refused() -> None:
    data = ods_with('<table:table-cell table:formula="of:=[.B2]*2"/>')
    assert "formulas-without-result" in codes(look(data).doubts)
    with pytest.raises(Unreadable) as told:
        read(data)
    assert refused(told.value) == ("formula-without-result", 2, 2)


def test_formulas_of_an_ods_are_placed_behind_repeated_rows_and_cells() -> None:
    formula = '<table:table-cell table:number-columns-repeated="2"/><table:table-cell table:formula="of:=1"/>'
    rows = f'<table:table-row table:number-rows-repeated="3"/><table:table-row>{formula}</table:table-row>'
    cell = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    text = f"<table:table-row>{cell}</table:table-row>"
    doubts = look(makers.ods([], raw=text + rows + text)).doubts
    assert [note.params["cell"] for note in doubts if note.code == "formulas-without-result"] == ["C5"]
