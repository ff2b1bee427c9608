"""Types are proposed with evidence; what can be read in two ways stays text and is asked."""

import json

import pytest
from django.utils import translation

from lumbung.core.tables import checks, proposals
from lumbung.core.tables.proposals import classes
from lumbung.core.tables.proposing_words import NOTES, sentence
from lumbung.core.tables.tests.plain_files import plain_of, their_verdict


def proposed(folder, **columns):
    """The proposal for columns given as lists of cells."""
    rows = list(zip(*columns.values(), strict=True))
    return proposals.propose(plain_of(folder, list(columns), rows), temporary=folder / "sementara")


def one(folder, cells, name="kolom"):
    return proposed(folder, **{name: cells}).columns[0]


@pytest.mark.parametrize(
    ("name", "cells", "kind", "why"),
    [
        ("kode_kab", ["52.07", "52.10", "52.71"], "string", "two-and-two"),
        ("kode", ["52.07.01", "52.07.01.2001"], "string", "region-codes"),
        ("id", ["0812", "1213"], "string", "leading-zeros"),
        ("nomor_berkas", ["1213", "0164A"], "string", "mixed-codes"),
        ("kolom", ["1213", "0164A"], "string", "mixed-codes"),
        ("hp", ["081234567890", "6281234567890"], "string", "telephone"),
        ("nik", ["5207014107900001", "5207010107900002"], "string", "sixteen-digits"),
        ("kolom", ["12345678901234567890", "1"], "string", "long-digits"),
        ("kode_opd", ["101", "102"], "string", "code-by-name"),
        ("tahun", ["2019", "2024"], "year", "year-by-name"),
        ("jumlah", ["12", "-3", "2024"], "integer", "whole-numbers"),
        ("nilai", ["1.234,56", "12,5", "1.234"], "number", "decimal-comma"),
        ("nilai", ["1,234.56", "12.5", "1,234"], "number", "decimal-point"),
        ("jumlah", ["1.099.211", "731.810", "912"], "integer", "whole-thousands"),
        ("jumlah", ["1,099,211", "731,810", "912"], "integer", "whole-thousands"),
        ("no_rekening", ["123.456.789", "234.567"], "string", "code-by-name"),
        ("kode", ["1,234,567"], "string", "code-by-name"),
        ("jumlah", ["10.000.000.000.000.000.000", "1.000"], "number", "decimal-comma"),
        ("nilai", ["1.099.211", "731.810", "12,5"], "number", "decimal-comma"),
        ("nilai", ["1,099,211", "731,810", "12.5"], "number", "decimal-point"),
        ("persentase", ["52.10", "47.90"], "number", "number-by-name"),
        ("tanggal", ["2024-01-31", "2024-12-01"], "date", "iso-dates"),
        ("tanggal", ["03/04/2024", "17/08/2024"], "date", "dates-by-day"),
        ("tanggal", ["03/04/2024", "08/17/2024"], "date", "dates-by-month"),
        ("waktu", ["2024-01-31T08:00:00+08:00", "2024-01-31 09:00:00"], "datetime", "iso-datetimes"),
        ("bulan", ["2024-01", "2024-12"], "yearmonth", "year-months"),
        ("aktif", ["ya", "tidak", "ya"], "boolean", "truths"),
        ("nama_desa", ["Beru", "Sapugara Bree"], "string", "texts"),
    ],
)
def test_a_type_is_proposed_with_its_evidence(name, cells, kind, why, tmp_path):
    column = one(tmp_path, cells, name)
    assert column.field.type == kind
    assert why in [note.code for note in column.evidence]


@pytest.mark.parametrize(
    ("cells", "question"),
    [
        (["03/04/2024", "05/06/2024"], "day-or-month"),
        (["1.234", "2.500"], "thousands-or-decimals"),
        (["1,234", "500"], "thousands-or-decimals"),
        (["52.10", "52.07"], "region-or-number"),
        (["", ""], "empty-column"),
    ],
)
def test_what_can_be_read_in_two_ways_stays_text_and_is_asked(cells, question, tmp_path):
    column = one(tmp_path, cells)
    assert column.field.type == "string"
    assert [note.code for note in column.questions] == [question]


def test_dates_that_contradict_each_other_stay_text_and_show_where(tmp_path):
    column = one(tmp_path, ["17/08/2024", "18/08/2024", "08/19/2024"])
    assert column.field.type == "string"
    assert [note.code for note in column.against] == ["dates-contradict", "cell"]
    assert column.against[1].params == {"row": 4, "value": "08/19/2024"}


def test_a_few_cells_that_differ_are_shown_with_their_rows(tmp_path):
    column = one(tmp_path, [*map(str, range(10, 40)), "lihat catatan"])
    assert column.field.type == "string"
    assert [(note.code, note.params.get("row")) for note in column.against] == [("nearly", None), ("cell", 32)]


def test_a_mark_for_no_value_in_one_column_takes_nothing_out_of_another(tmp_path):
    columns = {"jumlah": ["1", "-", "n/a", "4"], "luas": ["1.5", "–", "2.5", "3.5"], "kode": ["A", "-", "n/a", "–"]}
    proposal = proposed(tmp_path, **columns)
    assert {each.name: proposal.schema.missing_in(each) for each in proposal.schema.fields} == {
        "jumlah": ("", "-", "n/a"),
        "luas": ("", "–"),
        "kode": ("",),
    }
    plain = plain_of(tmp_path, list(columns), list(zip(*columns.values(), strict=True)))
    report = checks.check(plain, proposal.schema, temporary=tmp_path / "t")
    assert [(each.name, each.filled) for each in report.columns] == [("jumlah", 2), ("luas", 3), ("kode", 4)]
    assert their_verdict(plain, proposal.schema) == set()


def test_few_different_texts_are_proposed_as_a_code_list(tmp_path):
    column = one(tmp_path, ["laki-laki", "perempuan"] * 10)
    assert column.field.constraints.enum == ("laki-laki", "perempuan")
    assert one(tmp_path, [f"Desa {number}" for number in range(30)]).field.constraints.enum == ()


@pytest.mark.parametrize(
    "cells",
    [
        *(["01", "02"], ["1.234,5", "3"], ["ya", "tidak"], ["2024-02-01"], ["x", ""], ["17/8/2024"], ["1e5", "2.5"]),
        *(["1.234.567", "-0"], ["999.999.999.999.999.999", "1"], ["10.000.000.000.000.000.000", "1"]),
    ],
)
def test_a_table_is_valid_by_the_schema_proposed_for_it(cells, tmp_path):
    plain = plain_of(tmp_path, ["kolom", "lain"], [[cell, "y"] for cell in cells])
    schema = proposals.propose(plain, temporary=tmp_path / "t").schema
    assert checks.check(plain, schema, temporary=tmp_path / "t").is_valid


def test_a_proposal_goes_to_json_and_back_unchanged(tmp_path):
    proposal = proposed(tmp_path, a=["1", "x"], tanggal=["03/04/2024", "05/06/2024"])
    assert proposals.Proposal.from_json(json.loads(json.dumps(proposal.to_json()))) == proposal


def test_every_reason_has_its_sentence_in_both_languages(tmp_path):
    column = one(tmp_path, ["17/08/2024", "18/08/2024", "08/19/2024"])
    for note in (*column.evidence, *column.against):
        with translation.override("en"):
            english = sentence(note)
        with translation.override("id"):
            assert sentence(note) != english
    assert all(str(text) for text in NOTES.values())


def test_a_mark_for_no_value_holds_no_digit():
    assert not any(character.isdigit() for mark in (*classes.MARKS, *classes.TRUTHS) for character in mark)
