"""A file read anew: nothing is lost by a failed look, and what was left out for personal data stays out."""

from dataclasses import replace

import pytest
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.jobs import runner
from lumbung.core.tables.shapes import Look
from lumbung.core.tables.tests import makers
from lumbung.modules.open_data.actions import drafting, tables
from lumbung.modules.open_data.models import PersonalDecision
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates
from lumbung.modules.open_data.tests import bringing

pytestmark = pytest.mark.django_db
PHONES = """Petugas,1.025,,
kode_kabupaten,no_hp,nama_pegawai,n
52.01,081234567890,Ani,1
52.07,081398765432,Budi,2
"""
CHOSEN = {"sheet": "", "encoding": "utf-8", "separator": ",", "header_rows": [2], "leave_out": []}


def by(people):
    return people.viewer("produsen.ntb")


def decide(people, table, column, kind, choice):
    told = {"column": column, "kind": kind, "choice": choice, "reason": "Data petugas", "by": by(people), "now": NOW}
    drafting.decide_personal(table=bringing.fresh(table), **told)
    runner.run_due()
    return bringing.fresh(table)


def dropped(people, table):
    """All columns that look personal are left out."""
    while table.findings:
        finding = table.findings[0]
        table = decide(people, table, finding["column"], finding["kind"], "dropped")
    return table


def brought(people, tmp_path, **more):
    return bringing.read(people, bringing.bring(people, bringing.begin(people), tmp_path, **{"text": PHONES, **more}))


def looked_again(people, table, **wanted):
    tables.look_again(table=bringing.fresh(table), wanted={**CHOSEN, **wanted}, by=by(people), now=NOW)
    runner.run_due()
    return bringing.fresh(table)


def header_of(table):
    return table.plain["plain"]["header"]


def test_a_column_left_out_stays_out_when_the_old_form_is_sent_again(people, tmp_path):
    table = brought(people, tmp_path)
    old = Look.from_json(table.look).reading
    table = dropped(people, table)
    assert "no_hp" not in header_of(table)
    assert "nama_pegawai" not in header_of(table)
    assert "no_hp" not in header_of(bringing.read(people, table))
    tables.choose_reading(table=table, reading=old, by=by(people), now=NOW)
    runner.run_due()
    assert header_of(bringing.fresh(table)) == ["kode_kabupaten", "n"]


def test_a_column_left_out_before_looks_knew_of_it_stays_out(people, tmp_path):
    table = brought(people, tmp_path)
    look = table.look
    table = dropped(people, table)
    table.look = look
    table.save()
    assert header_of(bringing.read(people, table)) == ["kode_kabupaten", "n"]


@pytest.mark.parametrize("wanted", [{}, {"header_rows": []}, {"header_rows": [1]}, {"header_rows": [1, 2]}])
def test_a_column_left_out_stays_out_however_its_header_is_chosen(people, tmp_path, wanted):
    table = looked_again(people, dropped(people, brought(people, tmp_path)), **wanted)
    again = bringing.read(people, table)
    assert len(header_of(again)) == 2
    assert again.findings == []


def test_a_column_left_out_of_one_sheet_stays_out_of_another_by_its_name(people, tmp_path):
    rows = [["kode_kabupaten", "no_hp", "n"], ["52.01", "081234567890", 1], ["52.07", "081398765432", 2]]
    other = [["no_hp", "kode_kabupaten", "n"], ["081234567890", "52.01", 3], ["081398765432", "52.07", 4]]
    table = dropped(people, brought(people, tmp_path, text=makers.xlsx(rows, Lain=other), name="petugas.xlsx"))
    table = looked_again(people, table, sheet="Lain", separator="", encoding="", header_rows=[1])
    assert header_of(bringing.read(people, table)) == ["kode_kabupaten", "n"]


def test_what_was_said_to_be_no_personal_data_is_said_anew_of_another_reading(people, tmp_path):
    table = decide(people, brought(people, tmp_path), "no_hp", "phone", "not_personal")
    table = decide(people, table, "nama_pegawai", "name", "dropped")
    said = PersonalDecision.objects.filter(table=table, column="no_hp")
    assert said.exists(), "leaving out another column changes no cell of this one"
    again = bringing.read(people, looked_again(people, table))
    assert not said.exists()
    gaps = [gap for verdict in gates.verdicts(known.open_draft_of(again.draft.dataset)) for gap in verdict.gaps]
    assert "no_hp" in "".join(str(gap) for gap in gaps if gap.place == "personal:data")


def test_a_failed_look_keeps_the_one_before(people, tmp_path):
    table = bringing.bring(people, bringing.begin(people), tmp_path)
    failed = looked_again(people, table, encoding="utf-16")
    assert failed.failure["id"]
    assert failed.look == table.look
    assert failed.stage == "looked"
    assert "kabupaten" in header_of(bringing.read(people, failed))


def test_a_reading_is_not_confirmed_while_the_file_is_looked_at(people, tmp_path):
    table = bringing.bring(people, bringing.begin(people), tmp_path)
    tables.look_again(table=table, wanted=CHOSEN | {"header_rows": [4]}, by=by(people), now=NOW)
    reading = Look.from_json(table.look).reading
    with pytest.raises(Refused, match="table-is-looked-at"):
        tables.choose_reading(table=table, reading=reading, by=by(people), now=NOW)


def test_the_last_column_is_not_left_out(people, tmp_path):
    table = brought(people, tmp_path, text="no_hp\n081234567890\n081398765432\n")
    with pytest.raises(Refused, match="last-column"):
        dropped(people, table)


def test_a_short_row_keeps_its_cells_once_confirmed(people, tmp_path):
    table = bringing.bring(people, bringing.begin(people), tmp_path, text="kode,a,b\n52.01,1,2\n52.07,3\n52.08,4,5\n")
    refused = bringing.read(people, table)
    assert refused.failure["code"] == "table-row-short"
    reading = replace(Look.from_json(refused.look).reading, fill_short_rows=True)
    tables.choose_reading(table=refused, reading=reading, by=by(people), now=NOW)
    runner.run_due()
    assert bringing.fresh(table).plain["plain"]["row_count"] == 3
