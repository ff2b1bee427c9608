"""What a Data Package declares of its columns is proposed with its source; nothing in it can stop the reading."""

import pytest

from lumbung.core.tables import checks, proposals
from lumbung.core.tables.proposals.declared import with_declared
from lumbung.core.tables.tests.plain_files import plain_of

ROWS = [["1", "28.104", "A"], ["2", "-99", "B"], ["2", "7", "-99"]]


def declared(folder, schema):
    plain = plain_of(folder, ["urut", "penduduk", "kelas"], ROWS)
    guessed = proposals.propose(plain, temporary=folder / "t")
    return plain, with_declared(guessed, plain.labels, schema)


def test_types_rules_key_and_missing_values_are_those_the_file_declares(tmp_path):
    fields = [
        {"name": "urut", "type": "string", "title": "Nomor urut", "constraints": {"required": True, "unique": True}},
        {"name": "penduduk", "type": "number", "groupChar": ".", "decimalChar": ",", "constraints": {"minimum": "0"}},
    ]
    schema = {"fields": fields, "primaryKey": "urut", "missingValues": ["", "-99"]}
    plain, proposal = declared(tmp_path, schema)
    number, people, kind = proposal.schema.fields
    assert (number.type, number.title.id, number.constraints.unique) == ("string", "Nomor urut", True)
    assert (people.group_char, people.constraints.minimum, people.missing_values) == (".", "0", ("", "-99"))
    assert kind.missing_values is None, "a column the schema does not name stays as its cells show"
    assert proposal.schema.primary_key == ("urut",)
    assert [note.code for note in proposal.columns[0].evidence[:2]] == ["declared", "declared-rules"]
    assert proposal.columns[1].questions == ()
    assert proposals.Proposal.from_json(proposal.to_json()) == proposal
    report = checks.check(plain, proposal.schema, temporary=tmp_path / "t")
    assert {(fault.row, fault.column, fault.rule) for fault in report.faults} == {
        (4, "urut", "unique"),
        (4, "urut", "primaryKey"),
    }


@pytest.mark.parametrize(
    "field",
    [
        {"type": "number", "constraints": {"minimum": "banyak"}},
        {"type": "geodesic"},
        {"type": "number", "bareNumber": False},
        {"type": "string", "constraints": ["required"]},
        {"type": ["integer"]},
        {"type": "string", "lumbung:title": 3, "trueValues": 7},
    ],
)
def test_what_cannot_be_kept_is_told_and_the_cells_speak(field, tmp_path):
    _plain, proposal = declared(tmp_path, {"fields": [{"name": "urut", **field}]})
    assert proposal.columns[0].field.type == "integer"
    assert proposal.columns[0].against[0].code == "declared-not-kept"


@pytest.mark.parametrize(
    "schema", [{}, {"fields": 3}, {"fields": ["urut"]}, {"fields": [], "primaryKey": ["lain"]}, {"primaryKey": 7}]
)
def test_a_schema_that_names_no_column_of_the_file_changes_nothing(schema, tmp_path):
    plain, proposal = declared(tmp_path, schema)
    assert proposal == proposals.propose(plain, temporary=tmp_path / "t")


def test_what_is_declared_of_a_column_is_not_said_of_its_value_marks(tmp_path):
    plain = plain_of(tmp_path, ["nilai", "nilai__tanda"], [["601.25", "*"], ["7", ""]])
    guessed = proposals.propose(plain, temporary=tmp_path / "t")
    field = {"name": "Nilai", "type": "number", "description": "Nilai produksi", "constraints": {"required": True}}
    proposal = with_declared(guessed, ("Nilai", "Nilai"), {"fields": [field], "primaryKey": "Nilai"})
    value, mark = proposal.schema.fields
    assert (value.type, value.constraints.required, value.description.id) == ("number", True, "Nilai produksi")
    assert (mark.type, mark.constraints.required, mark.description.id) == ("string", False, "")
    assert proposal.schema.primary_key == ("nilai",)
