import dataclasses
import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from lumbung.core.tables.shapes import LeftOutRow
from lumbung.core.tables.sources.base import Unreadable, Wanted
from lumbung.core.tables.tests import makers
from lumbung.core.tables.tests.bringing import codes, look, read, refused, rows_of, table

HEAD = ["kode", "nama", "telepon"]
ROWS = [HEAD, ["52.07.01.2001", "Taliwang", "0812"], ["52.10", "Seteluk é", "1.234,56"]]
AS_TEXT = (
    "SELECT * FROM (VALUES ('52.07.01.2001','Taliwang','0812'),('52.10','Seteluk é','1.234,56')) t(kode,nama,telepon)"
)


def quoted(rows: list[list[str]]) -> str:
    return "".join(";".join(row) + "\n" for row in rows)


FORMS = {
    "csv": lambda _: quoted(ROWS),
    "xlsx": lambda _: makers.xlsx(ROWS),
    "xls": lambda _: makers.xls(ROWS),
    "ods": lambda _: makers.ods(ROWS),
    "json": lambda _: json.dumps(makers.records(ROWS)),
    "ndjson": lambda _: "".join(json.dumps(record) + "\n" for record in makers.records(ROWS)),
    "parquet": lambda folder: makers.parquet(AS_TEXT, folder),
    "datapackage": lambda _: makers.package(ROWS, zipped=False),
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_gives_the_same_cells_and_codes_stay_as_they_were_written(kind: str, tmp_path: Path) -> None:
    data = FORMS[kind](tmp_path)
    assert look(data).kind == kind
    assert table(read(data)) == ROWS


def test_a_zipped_data_package_is_read_through_the_file_it_names() -> None:
    rows = [["a", "b"], ["52.10", "0812"]]
    found = look(makers.package(rows, zipped=True))
    assert (found.kind, found.reading.sheet) == ("datapackage", "data")
    assert rows_of(makers.package(rows, zipped=True)) == rows[1:]


def test_a_data_package_is_read_by_the_encoding_and_separator_it_declares() -> None:
    resource = {"name": "data", "path": "data.csv", "encoding": "iso-8859-1", "dialect": {"delimiter": "|"}}
    resource["schema"] = {"fields": [{"name": "kode", "type": "string"}]}
    text = "kode|nama,lengkap\n01|Kafé, Beru\n".encode("latin-1")
    data = makers.packed({"datapackage.json": json.dumps({"resources": [resource]}), "data.csv": text})
    outcome = read(data)
    assert table(outcome)[1:] == [["01", "Kafé, Beru"]]
    assert outcome.declared == resource["schema"]


def in_a_package(text: str, dialect: object) -> bytes:
    resource = {"name": "data", "path": "data.csv", "dialect": dialect}
    return makers.packed({"datapackage.json": json.dumps({"resources": [resource]}), "data.csv": text})


@pytest.mark.parametrize(
    ("dialect", "text", "told"),
    [
        ({"quoteChar": "'"}, "a,b\n1,2\n", ("quoteChar", '"\'"')),
        ({"quoteChar": None}, "a,b\n1,2\n", ("quoteChar", "null")),
        ({"doubleQuote": False}, "a,b\n1,2\n", ("doubleQuote", "false")),
        ({"csv": {"escapeChar": "\\"}}, "a,b\n1,D:\\data\n", ("escapeChar", "\\")),
        ({"commentChar": "#"}, "a,b\n# tanpa Bima,\n1,2\n", ("commentChar", "#")),
        ({"lineTerminator": "|"}, "a,b|1,2|", ("lineTerminator", '"|"')),
        ({"delimiter": "^"}, "a^b\n1^2\n", ("delimiter", '"^"')),
        ({"headerRows": ["satu"]}, "a,b\n1,2\n", ("headerRows", '["satu"]')),
        ("dialect.json", "a,b\n1,2\n", ("dialect", '"dialect.json"')),
        ({"csv": 7}, "a,b\n1,2\n", ("dialect", '{"csv": 7}')),
    ],
)
def test_rows_written_in_a_way_that_is_not_read_here_are_refused(
    dialect: object, text: str, told: tuple[str, str]
) -> None:
    with pytest.raises(Unreadable) as caught:
        look(in_a_package(text, dialect))
    assert refused(caught.value) == ("dialect-not-read", None, None)
    assert (caught.value.params["key"], caught.value.params["value"]) == told


USUAL = {"csvddfVersion": 1.2, "delimiter": ";", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"}
USUAL |= {"header": True, "headerRows": [1], "commentRows": [], "escapeChar": "\\", "commentChar": "#"}


@pytest.mark.parametrize("dialect", [USUAL, {"csv": USUAL}, dict.fromkeys([*USUAL, "skipInitialSpace"]) | USUAL])
def test_a_dialect_that_says_what_is_usual_changes_nothing(dialect: dict[str, object]) -> None:
    assert rows_of(in_a_package("a;b\r\n1;x # y\r\n", dialect)) == [["1", "x # y"]]


def test_what_a_dialect_says_of_blanks_and_of_the_header_is_done() -> None:
    spaced = in_a_package('a, b\n1, "x, y"\n', {"csv": {"skipInitialSpace": True}})
    assert table(read(spaced)) == [["a", "b"], ["1", "x, y"]]
    bare = look(in_a_package("kode,nama\n01,Beru\n", {"header": False}))
    assert (bare.reading.header_rows, bare.labels) == ((), ("", ""))
    double = look(in_a_package("Luas,Luas\nsawah,ladang\n1,2\n", {"headerRows": [1, 2]}))
    assert double.reading.header_rows == (1, 2)
    chosen = look(in_a_package("a^b;c\n1^2;3\n", {"delimiter": "^"}), wanted=Wanted(separator=";"))
    assert chosen.labels == ("a^b", "c")


def test_a_data_package_may_hold_records_with_keys() -> None:
    data = json.dumps({"resources": [{"name": "x", "data": [{"a": "0812"}, {"b": "52.10"}]}]})
    assert rows_of(data) == [["0812", ""], ["", "52.10"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found(encoding: str, separator: str) -> None:
    rows = [["nama", "alamat", "n"], ["Kedai Café", "Jl. Ahmad Yani", "3"], ["Warung", "Seteluk “baru”", "4"]]
    data = makers.csv_text(rows, separator).encode(encoding)
    found = look(data)
    assert found.reading.separator == separator
    assert found.doubts == ()
    assert table(read(data)) == rows


@pytest.mark.parametrize(("tail", "encoding"), [("é “x”", "cp1252"), ("é \x81", "latin-1")])
def test_an_older_encoding_is_a_doubt_with_the_words_it_would_give(tail: str, encoding: str) -> None:
    data = f"nama,n\nCaf{tail},1\n".encode(encoding)
    found = look(data)
    assert found.reading.encoding == encoding
    assert codes(found.doubts) == ["older-encoding"]
    assert "Café" in found.doubts[0].params["sample"]
    assert rows_of(data) == [[f"Caf{tail}", "1"]]


def test_a_person_may_choose_encoding_and_separator() -> None:
    wanted = Wanted(encoding="latin-1", separator=";")
    assert look("a,b;c\n1,2;3\n", wanted=wanted).labels == ("a,b", "c")
    with pytest.raises(Unreadable) as told:
        look("a;b\n1;2\n", wanted=Wanted(encoding="rot13"))
    assert refused(told.value)[0] == "unknown-encoding"


def test_a_byte_that_is_no_character_is_refused_with_its_row() -> None:
    data = b"nama,n\nA,1\nCaf\xe9,2\n"
    with pytest.raises(Unreadable) as told:
        look(data, wanted=Wanted(encoding="utf-8"))
    assert refused(told.value) == ("not-in-encoding", 3, None)


def test_numbers_of_a_sheet_are_the_shortest_text_and_dates_are_iso() -> None:
    moment = dt.datetime.fromisoformat("2024-08-17T10:03")
    told = [1.0, 52.1, 0.1 + 0.2, 1e-7, dt.date(2024, 8, 17), moment, dt.time(7, 5), True, -3]
    data = makers.xlsx([[f"x{place}" for place in range(len(told))], told])
    expected = ["1", "52.1", "0.3", "0.0000001", "2024-08-17", "2024-08-17T10:03:00", "07:05:00", "TRUE", "-3"]
    assert rows_of(data) == [expected]


@pytest.mark.parametrize("make", [makers.xlsx, makers.xls, makers.ods])
def test_codes_stored_as_numbers_are_doubted_in_words_and_never_repaired(make: object) -> None:
    data = make([["Kode Kecamatan", "Penduduk"], [52.1, 10], [52.07, 20]])
    found = look(data)
    assert codes(found.doubts) == ["code-is-number"]
    assert found.doubts[0].params | {"text": "52.1", "count": 2} == found.doubts[0].params
    assert rows_of(data) == [["52.1", "10"], ["52.07", "20"]]


def test_numbers_longer_than_a_spreadsheet_keeps_are_doubted() -> None:
    data = makers.xlsx([["jumlah"], [5207010101900001], [3]])
    assert codes(look(data).doubts) == ["long-number"]


def test_the_saved_result_of_a_formula_is_read_and_told() -> None:
    row = f'<row r="1">{makers.text_cell("A1", "n")}</row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    found = look(makers.raw_xlsx(row))
    assert codes(found.doubts) == ["formulas"]
    assert found.doubts[0].params["cell"] == "A2"
    assert rows_of(makers.raw_xlsx(row)) == [["2"]]


def test_a_formula_without_result_is_refused_with_its_cell_unless_its_row_is_left_out() -> None:
    rows = [["kecamatan", "n"], ["Taliwang", 1], ["Seteluk", 2], ["Jumlah", "=SUM(B2:B3)"]]
    data = makers.xlsx(rows)
    assert codes(look(data).doubts) == ["formulas", "formulas-without-result"]
    with pytest.raises(Unreadable) as told:
        read(data)
    assert refused(told.value) == ("formula-without-result", 4, 2)
    left_out = dataclasses.replace(look(data).reading, left_out_rows=(LeftOutRow(4, "total"),))
    found = read(data, reading=left_out)
    assert table(found)[1:] == [["Taliwang", "1"], ["Seteluk", "2"]]
    assert [row.text for row in found.left_out] == ["Jumlah"]


def test_errors_in_cells_are_kept_as_their_text() -> None:
    cells = '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    data = makers.raw_xlsx(f'<row r="1">{makers.text_cell("A1", "a")}{makers.text_cell("B1", "b")}</row>{cells}')
    assert codes(look(data).doubts) == ["formulas", "error-cells"]
    assert rows_of(data) == [["#N/A", "#DIV/0!"]]


def test_hidden_sheets_rows_and_columns_are_told() -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.create_sheet("rahasia").sheet_state = "hidden"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    found = look(makers.saved(book))
    assert codes(found.doubts) == ["hidden-sheets", "hidden-rows", "hidden-columns"]
    assert [sheet.visible for sheet in found.sheets] == [True, False]


def test_a_sheet_is_chosen_by_name_and_an_unknown_one_refused() -> None:
    data = makers.xlsx([["a"], ["1"]], Kedua=[["b"], ["2"], ["3"]])
    assert codes(look(data).reasons)[0] == "first-sheet"
    assert look(data, wanted=Wanted(sheet="Kedua")).labels == ("b",)
    with pytest.raises(Unreadable) as told:
        look(data, wanted=Wanted(sheet="Ketiga"))
    assert refused(told.value)[0] == "unknown-sheet"


def test_cells_that_begin_away_from_the_corner_keep_their_row_and_column() -> None:
    book = openpyxl.Workbook()
    for place, value in {"C5": "a", "D5": "b", "C6": "x", "D6": "y"}.items():
        book.active[place] = value
    found = read(makers.saved(book))
    assert table(found) == [["a", "b"], ["x", "y"]]
    assert found.plain.first_data_row == 6


def test_numbers_in_json_stay_as_written_and_nested_values_stay_json() -> None:
    data = '[{"a": 52.10, "b": {"c": 1.0, "d": [true, null]}}, {"a": 1e3, "z": null}]'
    found = look(data)
    assert codes(found.doubts) == ["json-nulls", "json-keys-missing", "json-nested"]
    assert rows_of(data) == [["52.10", '{"c": 1.0, "d": [true, null]}', ""], ["1e3", "", ""]]


def test_a_table_may_stand_under_a_key() -> None:
    data = '{"help": "x", "ok": [1, 2], "hasil": [{"a": "1"}], "lain": [{"b": "2"}]}'
    assert [sheet.name for sheet in look(data).sheets] == ["hasil", "lain"]
    assert look(data, wanted=Wanted(sheet="lain")).labels == ("b",)


def test_a_geojson_gives_properties_the_place_of_points_and_geometry_as_text() -> None:
    point = {"type": "Point", "coordinates": [116.10, -8.5]}
    features = [
        {"type": "Feature", "id": 7, "properties": {"nama": "Pos A"}, "geometry": point},
        {"type": "Feature", "id": 8, "properties": {"nama": "Batas"}, "geometry": {"type": "LineString"}},
        {"type": "Feature", "id": 9, "properties": None, "geometry": None},
    ]
    found = read(json.dumps({"type": "FeatureCollection", "features": features}))
    assert found.plain.header == ("id", "nama", "lon", "lat", "geometry")
    assert table(found)[1] == ["7", "Pos A", "116.1", "-8.5", '{"type": "Point", "coordinates": [116.1, -8.5]}']
    assert table(found)[3] == ["9", "", "", "", ""]


def test_parquet_values_become_text_without_loss(tmp_path: Path) -> None:
    query = (
        "SELECT 1.0::DOUBLE a, 1.50::DECIMAL(5,2) b, DATE '2024-01-02' c, TIMESTAMP '2024-01-02 03:04:05' d, "
        "[1, 2] e, NULL::INTEGER f, 9007199254740993::BIGINT g, '' h"
    )
    expected = ["1", "1.50", "2024-01-02", "2024-01-02T03:04:05", "[1,2]", "", "9007199254740993", ""]
    assert rows_of(makers.parquet(query, tmp_path)) == [expected]


def test_a_parquet_column_of_bytes_is_refused_by_its_label(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as told:
        look(makers.parquet("SELECT 1 a, 'x'::BLOB foto", tmp_path))
    assert refused(told.value) == ("column-without-text", None, 2)
