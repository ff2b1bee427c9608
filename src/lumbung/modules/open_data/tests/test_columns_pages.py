"""What a person declares of a column on its page, and what is checked and published by it."""

import json

import duckdb
import pytest
from tests.cast import NOW
from tests.http_client import Page

from lumbung.core.jobs import runner
from lumbung.core.tables import descriptors
from lumbung.modules.open_data.actions import datasets, workflow
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates, workplace
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
PEOPLE = "desa,penduduk\nBeru,28.104\nDalam,9.211\nTelaga,8.000\n"
WITH_COMMAS = 'desa,penduduk\nBeru,"28,104"\nDalam,"9,211"\nTelaga,"8,000"\n'


class Columns:
    """The page of the columns of one table, and what somebody answers there."""

    @classmethod
    def brought(cls, people, tmp_path, text):
        draft = bringing.begin(people)
        return cls(people, bringing.read(people, bringing.bring(people, draft, tmp_path, text=text)))

    def __init__(self, people, table):
        self.table = table
        self.client = client_of(people, "produsen.ntb")
        self.address = "/ntb/data/kelola/panjang-jalan/tabel/data/"

    @property
    def page(self):
        return self.client.get(self.address).content.decode()

    @property
    def form(self):
        """The answers as the page stands."""
        page = Page(200, self.address, {}, self.client.get(self.address).content)
        return page.form("seen").fields

    def answer(self, **said):
        """Sent as the page stands, but for what is said: desa__type="string"."""
        told = {name.replace("__", ".", 1): value for name, value in said.items()}
        answer = self.client.post(f"{self.address}kolom/", {**self.form, **told})
        runner.run_due()
        self.table = bringing.fresh(self.table)
        return answer

    def values(self, column):
        """What is published of a column."""
        _csv, parquet = workplace.checked_of(self.table.pk)
        return [value for (value,) in duckdb.sql(f"SELECT {column} FROM '{parquet}'").fetchall()]


@pytest.mark.parametrize("kind", ["number", "integer"])
@pytest.mark.parametrize("sign", [".", ","])
def test_thousands_are_declared_as_a_person_reads_them(people, tmp_path, kind, sign):
    columns = Columns.brought(people, tmp_path, PEOPLE if sign == "." else WITH_COMMAS)
    answer = columns.answer(penduduk__type=kind, penduduk__decimal="," if sign == "." else ".")
    assert answer.status_code == 302
    assert columns.table.report["error_count"] == 0
    assert columns.values("penduduk") == [28104, 9211, 8000]
    assert columns.form["penduduk.decimal"] == ("," if sign == "." else ".")
    assert columns.answer().status_code == 302
    assert columns.values("penduduk") == [28104, 9211, 8000]


def test_a_whole_number_needs_no_answer_about_decimals(people, tmp_path):
    columns = Columns.brought(people, tmp_path, PEOPLE)
    assert columns.answer(penduduk__type="integer").status_code == 302
    assert columns.values("penduduk") == [28104, 9211, 8000]


def test_what_could_be_a_thousand_or_a_fraction_is_never_read_by_default(people, tmp_path):
    columns = Columns.brought(people, tmp_path, PEOPLE)
    answer = columns.answer(penduduk__type="number")
    assert answer.status_code == 422
    assert "Nyatakan cara penulisan angka ini" in answer.content.decode()
    assert columns.table.schema_confirmed_at is None


def test_a_column_of_value_marks_explains_itself(people, tmp_path):
    columns = Columns.brought(people, tmp_path, bringing.CLEAN.replace("601.25", "601.25*"))
    (name,) = (name.removesuffix(".label_id") for name in columns.form if name.endswith("__tanda.label_id"))
    of = columns.form[f"{name.removesuffix('__tanda')}.label_id"]
    assert columns.form[f"{name}.label_id"] == f"Tanda nilai: {of}"
    assert columns.form[f"{name}.label_en"] == f"Value mark: {of}"
    assert columns.form[f"{name}.definition_id"].startswith(f"Tanda yang menyertai angka pada kolom {of}, misalnya")
    assert columns.form[f"{name}.definition_en"].startswith(f"Mark that stood beside the number in {of}, such as")


def test_a_column_with_a_question_stands_open_and_each_reason_is_told_once(people, tmp_path):
    page = Columns.brought(people, tmp_path, "nama,desa,penduduk\nx,Beru,28.104\ny,Dalam,9.211\n").page
    closed, opened = (page[page.index(f"<code>{name}</code>") - 40 :][:300] for name in ("desa", "penduduk"))
    assert '<details class="column"><summary>' in closed
    assert '<details class="column" open><summary>' in opened
    assert "pertanyaan</span>" in opened
    assert page.count("2 dari 2 sel memuat tepat tiga angka") == 1


def test_each_way_of_writing_numbers_shows_how_the_first_cells_would_be_read(people, tmp_path):
    page = Columns.brought(people, tmp_path, PEOPLE).page
    assert "28.104 = 28104; 9.211 = 9211; 8.000 = 8000" in page
    assert "28.104 terletak antara 28 dan 29" in page


def test_a_fraction_is_declared_where_it_is_one(people, tmp_path):
    columns = Columns.brought(people, tmp_path, PEOPLE)
    assert columns.answer(penduduk__type="number", penduduk__decimal=".").status_code == 302
    assert [float(value) for value in columns.values("penduduk")] == [28.104, 9.211, 8.0]


def test_a_code_stays_where_another_column_means_no_value_by_it(people, tmp_path):
    columns = Columns.brought(people, tmp_path, "golongan,jumlah\nA,12\nNULL,NULL\nB,9\n")
    assert columns.answer().status_code == 302
    assert columns.values("golongan") == ["A", "NULL", "B"]
    assert columns.values("jumlah") == [12, None, 9]


def test_marks_mean_no_value_once_a_text_is_declared_a_number_and_stay_once_a_number_is_a_text(people, tmp_path):
    columns = Columns.brought(people, tmp_path, "penduduk,jumlah\n28.104,7\nNULL,NULL\n9.211,9\n")
    assert columns.answer(penduduk__type="integer", jumlah__type="string").status_code == 302
    assert columns.values("penduduk") == [28104, None, 9211]
    assert columns.values("jumlah") == ["7", "NULL", "9"]


def test_codes_in_a_column_of_numbers_are_refused_until_it_is_text(people, tmp_path):
    columns = Columns.brought(people, tmp_path, "induk,jumlah\n51,1\n52,2\n53,9\n")
    answer = columns.answer(induk__type="integer", induk__classification="wilayah")
    assert answer.status_code == 422
    assert "Kode adalah teks" in answer.content.decode()
    assert columns.answer(induk__type="string", induk__classification="wilayah").status_code == 302
    assert [(fault["row"], fault["value"]) for fault in columns.table.report["faults"]] == [(2, "51"), (4, "53")]


@pytest.fixture
def kept(people, tmp_path):
    """A table that came along from the last release into a draft that was returned with a remark to a column."""
    release = published(people, tmp_path)
    draft = datasets.begin_draft(dataset=release.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    submitted = {"seen": draft.version, "note": "Definisi diperjelas", "release_on": None}
    draft = workflow.submit(draft=draft, by=people.viewer("produsen.ntb"), now=NOW, **submitted)
    remarks = {"variables:data:panjang_km": "Sebutkan apakah jembatan ikut diukur."}
    by = people.viewer("pendukung.ntb")
    return workflow.return_draft(draft=draft, reason="Lihat catatan.", remarks=remarks, by=by, now=NOW)


def test_columns_of_a_kept_table_are_described_anew_where_the_remark_stands(people, kept):
    table = kept.tables.get()
    columns = Columns(people, table)
    assert 'id="kolom"' in columns.page
    assert "Sebutkan apakah jembatan ikut diukur." in columns.page
    assert "bawa kembali berkasnya" in columns.page
    meaning = "Panjang badan jalan, termasuk jembatan."
    assert columns.answer(panjang_km__definition_id=meaning, panjang_km__concept="Jalan").status_code == 302
    after, said = bringing.fresh(table), known.open_draft_of(kept.dataset).metadata["variables"]["data"]["panjang_km"]
    assert (said["definition"]["id"], said["concept"]) == (meaning, "Jalan")
    assert descriptors.read(after.schema).column("panjang_km").description.id == meaning
    assert after.stage == "kept"
    assert columns.page.count(meaning) == 1


def test_types_and_rules_of_a_kept_table_stay_as_published(people, kept):
    table = kept.tables.get()
    before = descriptors.read(table.schema)
    columns = Columns(people, table)
    assert columns.answer(panjang_km__type="string", kabupaten__classification="wilayah").status_code == 302
    after = descriptors.read(bringing.fresh(table).schema)
    assert [(each.type, each.code_list) for each in after.fields] == [
        (each.type, each.code_list) for each in before.fields
    ]
    assert gates.first_gap(known.open_draft_of(kept.dataset)) is None


def test_who_checks_a_kept_table_reads_what_its_columns_mean(people, kept):
    page = client_of(people, "pendukung.ntb").get("/ntb/data/kelola/panjang-jalan/tabel/data/").content.decode()
    assert "panjang km" in page
    assert "Simpan keterangan" not in page


def test_every_field_of_a_variable_can_be_said_and_stays_when_columns_are_confirmed_anew(people, tmp_path):
    columns = Columns.brought(people, tmp_path, PEOPLE)
    asked = "Berapa orang tinggal di desa ini?"
    columns.answer(desa__alias="nama_desa", desa__question=asked, desa__is_public="no")
    columns.answer(desa__label_id="Nama desa")
    said = known.open_draft_of(columns.table.draft.dataset).metadata["variables"]["data"]["desa"]
    assert (said["alias"], said["question"], said["is_public"]) == ("nama_desa", asked, "no")


@pytest.mark.parametrize(("access", "is_public"), [("open", "yes"), ("restricted", "no"), ("excluded", "no")])
def test_columns_of_data_that_are_not_open_are_not_accessible_to_the_public(people, tmp_path, access, is_public):
    columns = Columns.brought(people, tmp_path, PEOPLE)
    Dataset.objects.update(access=access)
    columns.answer()
    said = known.open_draft_of(columns.table.draft.dataset).metadata["variables"]["data"]
    assert {each["is_public"] for each in said.values()} == {is_public}


def test_a_data_package_is_proposed_and_published_as_it_declares(people, tmp_path):
    fields = [{"name": "desa", "type": "string"}, {"name": "penduduk", "type": "integer", "groupChar": "."}]
    fields[1]["constraints"] = {"minimum": 9000}
    resource = {"name": "data", "data": [line.split(",") for line in PEOPLE.split()], "schema": {"fields": fields}}
    columns = Columns.brought(people, tmp_path, json.dumps({"resources": [resource]}))
    assert "Dinyatakan oleh berkas: integer" in columns.page
    assert columns.answer().status_code == 302
    assert [(fault["rule"], fault["value"]) for fault in columns.table.report["faults"]] == [("minimum", "8.000")]
