"""A published code list is a dataset of its own: columns name it, cells are checked by it, templates offer it."""

from dataclasses import replace

import pytest
from django.utils.translation import override
from tests.cast import NOW

from lumbung.core.tables import descriptors
from lumbung.core.tables.checks.reports import Report
from lumbung.core.tables.schemas import REGION_CODE
from lumbung.modules.open_data.actions import drafting, withdrawing
from lumbung.modules.open_data.models import Release
from lumbung.modules.open_data.queries import code_lists, gates, template_columns
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import release_of

pytestmark = pytest.mark.django_db
CODES = "kode_kondisi,arti\nB,Baik\nS,Sedang\nR,Rusak\n"
PIECES = "ruas,kondisi\nSatu,B\nDua,X\nTiga,R\n"


@pytest.fixture
def code_list(people, tmp_path):
    draft = bringing.begin(people, key="kode-kondisi", title="Kode kondisi jalan")
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=CODES, name="kode.csv"))
    names = ("kode_kondisi", "arti")
    bringing.confirm(people, table, variables={name: bringing.variable(name) for name in names})
    bringing.describe(people, draft)
    current = known.open_draft_of(draft.dataset)
    values = current.metadata["dataset"] | {"made_by": "reference", "title": {"id": "Kode kondisi jalan", "en": ""}}
    by = people.viewer("produsen.ntb")
    drafting.save_part(draft=current, part="dataset", values=values, seen=current.version, by=by)
    return release_of(people, draft).dataset.name


def coded(people, tmp_path, listed, text):
    draft = bringing.begin(people, key="ruas")
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=text, name="ruas.csv"))
    schema = descriptors.read(table.schema)
    fields = tuple(replace(each, code_list=listed if each.name == "kondisi" else "") for each in schema.fields)
    told = {name: bringing.variable(name) for name in ("ruas", "kondisi")}
    told["kondisi"]["classification"] = listed
    return bringing.confirm(people, table, schema=descriptors.write(replace(schema, fields=fields)), variables=told)


def test_cells_are_checked_by_a_published_list_and_the_list_is_offered(people, tmp_path, code_list):
    with override("id"):
        assert code_lists.offered() == [(code_list, "Kode kondisi jalan")]
    assert code_lists.pairs(code_list) == (("B", "Baik"), ("S", "Sedang"), ("R", "Rusak"))
    table = coded(people, tmp_path, code_list, PIECES)
    faults = Report.from_json({key: value for key, value in table.report.items() if key != "error_count"}).faults
    assert [(fault.row, fault.column) for fault in faults] == [(3, "kondisi")]
    assert not [gap for verdict in gates.verdicts(table.draft) if verdict.gate.key == "codes" for gap in verdict.gaps]
    assert template_columns.LISTS.keys() == code_lists.LISTS.keys()


def test_the_gate_asks_for_a_list_that_exists_and_holds_every_cell_against_it(people, tmp_path, code_list):
    table = coded(people, tmp_path, code_list, PIECES.replace("Dua,X", "Dua,S"))
    assert code_gaps(table) == []
    schema, draft = descriptors.read(table.schema), table.draft
    table.schema = descriptors.write(schema.with_column(replace(schema.column("kondisi"), code_list="")))
    table.save()
    assert code_gaps(table) == [gates.codes.UNCHECKED]
    draft.metadata["variables"]["data"]["kondisi"]["classification"] = "daftar-lain"
    draft.save()
    assert code_gaps(table) == [gates.codes.UNKNOWN_LIST]
    draft.metadata["variables"]["data"]["kondisi"]["classification"] = ""
    draft.save()
    region = replace(schema.column("kondisi"), code_list="", rdf_type=REGION_CODE)
    table.schema = descriptors.write(schema.with_column(region))
    table.save()
    assert code_gaps(table) == [gates.codes.NO_LIST]


def code_gaps(table):
    verdict = next(
        each for each in gates.verdicts(known.open_draft_of(table.draft.dataset)) if each.gate.key == "codes"
    )
    return [gap.sentence for gap in verdict.gaps]


def test_a_list_that_was_withdrawn_is_named_by_no_column_any_more(people, code_list):
    release = Release.objects.get(dataset__name=code_list)
    withdrawing.withdraw_release(release=release, reason="Keliru.", by=people.viewer("walidata.ntb"), now=NOW)
    assert code_lists.offered() == []
    assert not code_lists.is_known(code_list)
    assert code_lists.is_known("wilayah")
