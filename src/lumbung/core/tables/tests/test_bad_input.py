"""The table of bad input: each row is loaded as it is, or refused with row, column and rule."""

import csv
import dataclasses
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.core.tables.shapes import Outcome, PlainTable, Reading
from lumbung.core.tables.sources.base import Unreadable, Wanted
from lumbung.core.tables.tests.bringing import codes, look, read, refused, rows_of, table

KEPT = {
    "a region code that ends in zero": ["52.10", "52.07.01.2001"],
    "leading zeros": ["0812", "000"],
    "Indonesian numbers": ['"1.234,56"', "1.234"],
    "ambiguous dates": ["03/04/2024", "17/08/2024"],
    "mixed codes": ["1213", "0164A"],
    "formulas": ["=cmd|' /C calc'!A0", '"=1+1"', "@SUM(A1)", "+62 812", "-5"],
    "spaces": ["  a  ", "\u00a0"],
    "quotes and line ends in a cell": ['"a ""b""\nc"', '"x\r\ny"', '"x\ry"'],
    "words that look like nothing": ["NULL", "nan", "None", "TRUE", "1e5", "0x1F", "∞"],
    "signs beyond the first plane": ["🏝 Gili", "a\u0301"],
    "controls that are no NUL": ["a\x01b", "\x7f"],
}


@pytest.mark.parametrize("case", KEPT)
def test_what_others_change_in_silence_is_kept_cell_for_cell(case: str) -> None:
    text = "kode,n\n" + "".join(f"{cell},x\n" for cell in KEPT[case])
    assert rows_of(text) == list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_a_byte_order_mark_is_no_part_of_the_first_label() -> None:
    assert look(b"\xef\xbb\xbfkode,n\n1,2\n").labels == ("kode", "n")


def test_cells_that_look_like_formulas_are_told_and_stay_text() -> None:
    found = look("nama,n\n=cmd|' /C calc'!A0,1\n")
    assert codes(found.doubts) == ["formula-as-text"]


def test_a_nul_is_refused_with_its_row_and_column() -> None:
    with pytest.raises(Unreadable) as told:
        look("a,b\n1,2\n3,4\x005\n" + "6,7\n" * 50)
    assert refused(told.value) == ("nul", 3, 2)


def test_a_short_row_is_refused_with_its_place_until_a_person_confirms_empty_cells() -> None:
    data = "a,b,c\n1,2,3\n4\n5,6,7\n"
    found = look(data)
    assert codes(found.doubts) == ["rows-short"]
    assert found.doubts[0].params["rows"] == "3"
    with pytest.raises(Unreadable) as told:
        read(data)
    assert refused(told.value) == ("row-short", 3, 2)
    assert table(read(data, reading=dataclasses.replace(found.reading, fill_short_rows=True)))[2] == ["4", "", ""]


def test_a_long_row_is_refused_with_its_place_unless_what_is_beyond_is_empty() -> None:
    assert codes(look("a,b\n1,2\n3,4,5\n").doubts) == ["rows-long"]
    with pytest.raises(Unreadable) as told:
        read("a,b\n1,2\n3,4,5\n")
    assert refused(told.value) == ("row-long", 3, 3)
    assert rows_of("a,b\n1,2,\n3,4,,\n") == [["1", "2"], ["3", "4"]]


def test_repeated_and_missing_labels_get_names_of_their_own_and_are_told() -> None:
    found = look("nama,nama,,n\n1,2,3,4\n")
    assert found.labels == ("nama", "nama", "", "n")
    assert found.reading.names == ("nama", "nama_2", "kolom_3", "n")
    assert codes(found.doubts) == ["label-twice", "label-blank"]


def test_ten_thousand_columns_are_read_and_a_spreadsheets_full_width_is_refused_in_words() -> None:
    wide = ",".join(f"k{place}" for place in range(10_000)) + "\n" + ",".join(["0812"] * 10_000) + "\n"
    assert rows_of(wide) == [["0812"] * 10_000]
    with pytest.raises(Unreadable) as told:
        look("," * 16_383 + "\n")
    assert refused(told.value)[0] == "too-many-columns"


@pytest.mark.parametrize(
    "data", [b"", b"\n\n\n", b"\xef\xbb\xbf", b"  \n", b",,,\n,,,\n", b"\xff\xfe", b"[]", b"\0" * 10]
)
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        look(data)
    assert refused(told.value)[0] == "empty"


def test_a_table_without_rows_is_a_table_and_a_doubt() -> None:
    assert codes(look("a,b\n").doubts) == ["no-data-rows"]
    assert rows_of("a,b\n") == []


@pytest.mark.parametrize(
    ("data", "rule", "row"),
    [
        ('a,b\n1,"2\n3,4\n', "quote-never-closed", 2),
        ('a,b\n1,2\n"x"y,3\n', "quote-inside-cell", 3),
        ("a,b\n1,2\n" + "x" * 1_100_000 + ",3\n", "cell-too-long", 3),
    ],
)
def test_broken_quoting_is_refused_with_its_row(data: str, rule: str, row: int) -> None:
    with pytest.raises(Unreadable) as told:
        look(data)
    assert refused(told.value)[:2] == (rule, row)


def test_a_source_of_another_kind_than_confirmed_is_not_read_by_the_wrong_rules() -> None:
    assert look("a,b\n1,2\n").kind == "csv"
    assert look('[{"a": 1}]').kind == "json"


CELLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
LABELS = st.lists(st.text("abcdefgh ", min_size=1, max_size=6), min_size=2, max_size=4)


@settings(max_examples=60, deadline=None)
@given(labels=LABELS, data=st.data(), separator=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-16"]))
def test_csv_in_is_csv_out_cell_for_cell(labels: list[str], data: st.DataObject, separator: str, encoding: str) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(labels), max_size=len(labels)), min_size=1, max_size=5))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([labels, *rows])
    reading = Reading("csv", encoding=encoding, separator=separator, header_rows=(1,), first_data_row=2)
    found = read(out.getvalue().encode(encoding), reading=reading)
    assert table(found)[1:] == rows
    assert found.plain.labels == tuple(labels)
    assert _by_duckdb(found.plain.path, len(labels)) == [tuple(row) for row in rows]


def _by_duckdb(path: Path, width: int) -> list[tuple[str, ...]]:
    """The plain file as the next step reads it."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    form = (
        "header=true, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='\x01\x02', max_line_size=4000000"
    )
    with duckdb.connect(":memory:") as connection:
        return connection.execute(f"SELECT * FROM read_csv(?, {form}, columns={{{columns}}})", [str(path)]).fetchall()


# A file that is hardly more than control characters is no table: it is refused, not proposed.
WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=8).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=6, unique=True))
def test_a_proposal_never_loses_a_word(words: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["nama", "desa"], *([word, f"desa {word}"] for word in words)])
    found = read(out.getvalue().encode(), reading=look(out.getvalue().encode()).reading)
    kept = "".join(cell for row in table(found) for cell in row) + "".join(row.text for row in found.left_out)
    assert all("".join(word.split()) in "".join(kept.split()) for word in words)


def test_what_passes_goes_to_json_and_back_unchanged() -> None:
    found = read("a,b\n1*,x\nJumlah,\n\n2,y\n")
    assert Outcome.from_json(found.to_json()) == found
    assert PlainTable.from_json(found.plain.to_json()) == found.plain


def test_a_person_who_chooses_a_separator_gets_that_one() -> None:
    assert look("a;b,c\n1;2,3\n", wanted=Wanted(separator=",")).labels == ("a;b", "c")
