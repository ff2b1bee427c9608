"""Rows that add up others are proposed to be left out with the evidence; a person may name further ones."""

import pytest

from lumbung.core.tables.shapes import LeftOutRow
from lumbung.core.tables.sources.base import Wanted
from lumbung.core.tables.tests import makers
from lumbung.core.tables.tests.bringing import codes, look, read, table

PEOPLE = [["Kabupaten", "Laki-laki", "Perempuan", "Rasio"], ["Lombok Barat", 357, 364, 98.1], ["Dompu", 118, 120, 98.3]]


def left_out(data: bytes | str, **wanted: object) -> list[tuple[int, str]]:
    return [(row.row, row.why) for row in look(data, wanted=Wanted(**wanted)).reading.left_out_rows]


@pytest.mark.parametrize(
    "word", ["Rata-rata", "RATA RATA", "Rerata", "Average", "Rata-rata Provinsi", "Nilai rata-rata"]
)
def test_an_average_is_left_out_by_its_name(word: str) -> None:
    assert left_out(f"nama,n\nA,10\nB,20\nC,31\n{word},20\n") == [(5, "average")]


def test_what_only_begins_like_an_average_is_data() -> None:
    assert left_out("indikator,n\nRata-rata lama sekolah,8\nLuas,20\nSekolah,31\n") == []


def test_an_average_in_the_middle_of_a_large_file_is_found() -> None:
    body = "".join(f"Desa {number},{number}\n" for number in range(8_000))
    assert left_out(f"nama,n\n{body}Rata-rata,9\n{body}") == [(8_002, "average")]


def test_a_row_that_is_the_sum_of_the_others_is_proposed_with_its_evidence() -> None:
    data = makers.xlsx([*PEOPLE, ["Nusa Tenggara Barat", 475, 484, 98.2]])
    assert left_out(data) == [(4, "sum")]
    reason = next(note for note in look(data).reasons if note.code == "sum-found")
    assert reason.params | {"row": 4, "first": 2, "last": 3, "matched": 2, "columns": 3} == reason.params


def test_the_sum_may_stand_above_what_it_adds_up() -> None:
    assert left_out(makers.xlsx([PEOPLE[0], ["Nusa Tenggara Barat", 475, 484, 98.2], *PEOPLE[1:]])) == [(2, "sum")]


def test_sums_of_groups_and_of_all_are_found_in_either_manner_of_writing() -> None:
    rows = ["wilayah;n;m", "A;1.200,5;10", "B;800;20", "C;1.000;70", "Lombok;3.000,5;100"]
    rows += ["D;100,25;1", "E;200;2", "F;300;3", "Sumbawa;600,25;6", "NTB;3.600,75;106"]
    assert left_out("\n".join(rows) + "\n") == [(5, "sum"), (9, "sum"), (10, "sum")]


@pytest.mark.parametrize(
    "rows",
    [
        "A,1,2\nB,2,3\nC,3,5\n",
        "A,0,0\nB,500,700\nC,500,700\n",
        "A,500,1\nB,700,2\nC,1200,9\nD,5,1\n",
        "A,500,7\nB,700,7\n",
    ],
    ids=["small numbers", "one term", "half of the columns", "no sum"],
)
def test_what_adds_up_by_chance_is_no_sum(rows: str) -> None:
    assert left_out(f"nama,n,m\n{rows}") == []


def test_codes_and_years_are_not_added_up() -> None:
    assert left_out("kode,tahun,n\n1001,2000,10\n1002,2001,20\n2003,2002,40\n") == []


def test_a_person_names_rows_by_number_and_by_their_first_words() -> None:
    data = "no,wilayah,n\n1,Taliwang,5\n2,Seteluk,6\n3,Nusa Tenggara  Barat,7\n4,Maluk,9\n"
    found = look(data, wanted=Wanted(leave_out=("nusa tenggara barat", " 2 ")))
    assert found.reading.left_out_rows == (
        LeftOutRow(2, "named", "1 | Taliwang | 5"),
        LeftOutRow(4, "named", "3 | Nusa Tenggara  Barat | 7"),
    )
    assert found.named == ("nusa tenggara barat", " 2 ")
    assert "named-found" in codes(found.reasons)
    assert len(table(read(data, reading=found.reading))) == 3


def test_rows_named_in_the_middle_of_a_large_file_and_of_records_are_found() -> None:
    body = "".join(f"Desa {number},{number}\n" for number in range(8_000))
    assert left_out(f"nama,n\n{body}NTB,9\n{body}", leave_out=("NTB", "8005")) == [(8_002, "named"), (8_005, "named")]
    records = '[{"nama": "A", "n": 1}, {"nama": "NTB", "n": 1}]'
    assert left_out(records, leave_out=("ntb",)) == [(2, "named")]


def test_a_name_that_no_row_answers_is_told() -> None:
    found = look("nama,n\nA,1\nB,2\n", wanted=Wanted(leave_out=("NTB", "9", "A")))
    assert [note.params["text"] for note in found.doubts if note.code == "named-not-found"] == ["9, ntb"]
    assert codes(found.doubts) == ["named-not-found"]
