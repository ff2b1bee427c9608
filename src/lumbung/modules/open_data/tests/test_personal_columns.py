"""Columns that look like personal data: a decision is about the cells somebody looked at, and about no others."""

import pytest
from tests.cast import NOW

from lumbung.core.jobs import runner
from lumbung.core.tables.shapes import Look
from lumbung.modules.open_data.actions import drafting, tables
from lumbung.modules.open_data.models import PersonalDecision
from lumbung.modules.open_data.queries import gates, personal_columns
from lumbung.modules.open_data.tests import bringing

pytestmark = pytest.mark.django_db

PEOPLE = "kode_kabupaten,no_hp,surel\n52.01,081234567890,ali@contoh.id\n52.07,081398765432,siti@contoh.id\n"


def brought(people, tmp_path, text=PEOPLE):
    return bringing.read(people, bringing.bring(people, bringing.begin(people), tmp_path, text=text))


def decide(people, table, choice, column="no_hp", kind="phone"):
    drafting.decide_personal(
        table=bringing.fresh(table),
        column=column,
        kind=kind,
        choice=choice,
        reason="Nomor layanan, bukan orang.",
        by=people.viewer("produsen.ntb"),
        now=NOW,
    )
    runner.run_due()
    return bringing.fresh(table)


def read_with(people, table, **changed):
    reading = {**Look.from_json(table.look).reading.to_json(), **changed}
    tables.choose_reading(
        table=table, reading=tables.Reading.from_json(reading), by=people.viewer("produsen.ntb"), now=NOW
    )
    runner.run_due()
    return bringing.fresh(table)


def undecided(table):
    return [finding["column"] for finding, decision in personal_columns.with_decisions(table) if decision is None]


def gate(table):
    return next(each for each in gates.verdicts(table.draft) if each.gate.key == "personal")


def test_a_second_tab_does_not_bring_a_column_back_that_was_left_out(people, tmp_path):
    table = decide(people, brought(people, tmp_path), "not_personal", "surel", "email")
    table = decide(people, table, "dropped")
    assert undecided(table) == []
    again = read_with(people, table)  # knows nothing of the decision
    assert "no_hp" not in personal_columns.header_of(again)
    assert undecided(again) == ["surel"]


def test_a_column_that_is_there_although_it_was_to_be_left_out_closes_the_gate(people, tmp_path):
    table = brought(people, tmp_path)
    PersonalDecision.objects.create(
        table=table,
        column="no_hp",
        kind="phone",
        choice=PersonalDecision.Choice.DROPPED,
        reason="Nomor orang.",
        decided_by=people.viewer("produsen.ntb").account,
        decided_at=NOW,
        looked_at=personal_columns.looked_at(table, "no_hp"),
    )
    assert "no_hp" in undecided(table)
    assert not gate(table).is_open


def test_a_decision_stands_while_other_columns_are_left_out(people, tmp_path):
    table = decide(people, brought(people, tmp_path), "not_personal", "surel", "email")
    assert undecided(table) == ["no_hp"]
    table = decide(people, table, "dropped")
    assert [finding["column"] for finding in table.findings] == ["surel"]
    assert undecided(table) == []


def test_a_decision_says_nothing_about_other_rows_or_another_place_of_the_file(people, tmp_path):
    text = PEOPLE.replace("no_hp,surel", "no_hp,telepon").replace("ali@contoh.id", "081211112222")
    text = text.replace("siti@contoh.id", "081233334444")
    table = decide(people, brought(people, tmp_path, text), "not_personal")
    assert undecided(table) == ["telepon"]
    fewer = read_with(people, table, first_data_row=3)
    assert undecided(fewer) == ["no_hp", "telepon"]
    table = decide(people, fewer, "not_personal")
    swapped = read_with(people, table, first_data_row=3, names=["kode_kabupaten", "telepon", "no_hp"])
    assert sorted(undecided(swapped)) == ["no_hp", "telepon"]
