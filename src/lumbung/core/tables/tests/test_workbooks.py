"""A published table as XLSX: whatever Excel would change is written so that it cannot."""

import zipfile
from datetime import UTC, datetime

import duckdb
import openpyxl
import pytest

from lumbung.core.tables.workbooks import cells, making
from lumbung.core.tables.workbooks.making import Told, Wanted

TOLD = Told(
    title="Sumur <bor> & tanda _x0041_",
    creator="Dinas Contoh",
    made_at="2026-11-26T01:00:00",
    about=[("Sumur",), ("SHA-256 berkas CSV", "ab" * 32)],
    heads=("Kolom", "Arti"),
    columns={"kode": ("Kode wilayah",)},
)
COLUMNS = """
    '52.10' AS kode, 12.50::DECIMAL(10,2) AS panjang, 12345678901234::BIGINT AS tetap,
    1234567890123456::BIGINT AS panjang_sekali, 0.1234567890123456::DECIMAL(30,16) AS halus, DATE '2026-02-03' AS hari,
    DATE '1899-08-17' AS lama, TIMESTAMP '2026-02-03 04:05:06' AS saat, TIMESTAMP '2026-02-03 04:05:06.5' AS pecahan,
    true AS benar, NULL::VARCHAR AS kosong
"""


@pytest.fixture
def make(tmp_path):
    def made(select):
        source = tmp_path / "rows.parquet"
        duckdb.connect().execute(f"COPY ({select}) TO '{source}' (FORMAT parquet)")
        wanted = Wanted(source, tmp_path / "books" / "rows.xlsx", TOLD)
        return making.make([wanted])[0]

    return made


def sheet_xml(made):
    return zipfile.ZipFile(made.target).read("xl/worksheets/sheet1.xml").decode()


def test_every_value_stands_in_the_sheet_as_it_was_published(make):
    texts = ["=cmd|' /C calc'!A0", "#N/A", "007", " spasi ", "a\rb", "_x0041_", "bel\a"]
    rows = " UNION ALL ".join(f"SELECT {COLUMNS}, {sql(each)} AS teks" for each in texts)
    made = make(rows)
    assert (made.failed, made.rows) == ("", len(texts))
    book = openpyxl.load_workbook(made.target)
    first = {head.value: cell for head, cell in zip(*book["Data"]["1:2"], strict=True)}
    assert {name: cell.value for name, cell in first.items()} == {
        "kode": "52.10",
        "panjang": 12.5,
        "tetap": 12345678901234,
        "panjang_sekali": "1234567890123456",
        "halus": "0.1234567890123456",
        "hari": datetime(2026, 2, 3, tzinfo=UTC).replace(tzinfo=None),
        "lama": "1899-08-17",
        "saat": datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC).replace(tzinfo=None),
        "pecahan": "2026-02-03 04:05:06.5",
        "benar": True,
        "kosong": None,
        "teks": texts[0],
    }
    assert first["kode"].number_format == "@" == first["teks"].number_format
    xml = sheet_xml(made)
    assert "<f>" not in xml
    assert "<v>12.50</v>" in xml
    assert {"a_x000D_b", "_x005F_x0041_", "bel_x0007_"} <= {cell.value for (cell,) in book["Data"]["L2:L8"]}
    assert 't="e"' not in xml


def sql(text):
    return "'" + text.replace("'", "''") + "'"


def test_the_second_sheet_tells_source_and_meaning_and_how_a_column_is_written(make):
    book = openpyxl.load_workbook(make(f"SELECT {COLUMNS}").target)
    lines = [[cell.value for cell in row] for row in book["Keterangan"].iter_rows()]
    assert ["SHA-256 berkas CSV", "ab" * 32, None] in lines
    assert ["kode", "Kode wilayah", "teks"] in lines
    assert next(line for line in lines if line[0] == "panjang_sekali")[2] == cells.WORDS["long"]
    assert book.properties.title == "Sumur <bor> & tanda _x005F_x0041_"


def test_a_text_a_cell_has_no_room_for_is_not_cut(make):
    made = make("SELECT repeat('a', 32768) AS teks")
    assert (made.failed, made.target.exists()) == ("long-text", False)
