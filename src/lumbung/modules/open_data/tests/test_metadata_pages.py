"""What the rules of BPS ask of activities and indicators: asked by the gate, answered on the pages."""

import pytest
from tests.cast import NOW
from tests.http_client import Page

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.actions import workflow
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import release_of
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
DESK = "/ntb/data/kelola/panjang-jalan/"


class Desk:
    """The producer of a draft that is ready but for what the way it was made asks for."""

    def __init__(self, people, tmp_path, made_by):
        self.draft = bringing.ready(people, tmp_path)
        self.client = client_of(people, "produsen.ntb")
        self.answer("isi/dataset/", made_by=made_by)

    def page(self, path):
        return Page(200, f"{DESK}{path}", {}, self.client.get(f"{DESK}{path}").content)

    def answer(self, path, **said):
        """A page sent as it stands, but for what is said."""
        answer = self.client.post(f"{DESK}{path.split('?')[0]}", {**self.page(path).form("seen").fields, **said})
        assert answer.status_code == 302, answer.content.decode()
        return answer

    def gaps(self):
        draft = known.open_draft_of(self.draft.dataset)
        return [str(gap) for verdict in gates.verdicts(draft) if verdict.gate.key == "metadata" for gap in verdict.gaps]

    @property
    def indicators(self):
        return known.open_draft_of(self.draft.dataset).metadata["indicators"]


def filled(of, prefix=""):
    """An answer to every field of a part, as its form takes it."""
    kinds = {"number": "2025", "yesno": "yes"}
    told = {}
    for field in shape.fields_of(of):
        value = shape.choices(field.choices)[0].key if field.kind == "choice" else kinds.get(field.kind, field.label.id)
        told |= {f"{prefix}{field.key}{part}": value for part in (("__id", "__en") if field.both else ("",))}
    return told


def describe_columns(desk):
    said = {"concept": "Jalan", "reference": "Permen PU 13/PRT/M/2011", "reference_time": "31 Desember 2025"}
    columns = [field["name"] for field in desk.draft.tables.get().schema["fields"]]
    desk.answer("tabel/data/kolom/", **{f"{name}.{key}": value for name in columns for key, value in said.items()})


def test_data_of_a_statistical_activity_wait_for_every_field_of_it_and_of_their_variables(people, tmp_path):
    desk = Desk(people, tmp_path, "statistics")
    asked = {field.label.id for field in shape.fields_of("activity") if field.needed}
    assert {gap.split("”")[0].removeprefix("“") for gap in desk.gaps() if not gap.startswith("Kolom")} == asked
    desk.answer("isi/kegiatan/", **filled("activity"))
    assert {gap.split("”")[0].split("“")[1] for gap in desk.gaps()} == {
        "Konsep", "Referensi pemilihan", "Referensi waktu", "Dapat diakses umum",
    }  # fmt: skip


def test_an_indicator_waits_for_every_field_and_goes_to_the_public_when_all_are_said(people, tmp_path):
    desk = Desk(people, tmp_path, "indicator")
    asked = [field.label.id for field in shape.fields_of("indicator") if field.needed]
    assert desk.gaps() == [f"Indikator 1: “{label}” masih kosong. Isilah." for label in asked]
    desk.answer("isi/indikator/", **filled("indicator", "indicator-0-"))
    assert desk.gaps() == []
    assert release_of(people, desk.draft).number == 1
    page = client_of(people, "walidata.ntb").get("/ntb/data/panjang-jalan/").content.decode()
    assert "Kode kegiatan menurut BPS" in page


def test_indicators_are_added_and_taken_out_one_by_one(people, tmp_path):
    desk = Desk(people, tmp_path, "indicator")
    first = {"indicator-0-indicator_name__id": "Kemantapan jalan", "then": "more"}
    answer = desk.answer("isi/indikator/", **first)
    assert answer["Location"].endswith("?tambah=1#indikator-1")
    desk.answer("isi/indikator/?tambah=1", **{"indicator-1-indicator_name__id": "Panjang jalan per penduduk"})
    assert [each["indicator_name"]["id"] for each in desk.indicators] == [
        "Kemantapan jalan",
        "Panjang jalan per penduduk",
    ]
    assert any(gap.startswith("Indikator 2") for gap in desk.gaps())
    desk.answer("isi/indikator/", **{"indicator-0-remove": "on"})
    assert [each["indicator_name"]["id"] for each in desk.indicators] == ["Panjang jalan per penduduk"]


def test_a_blank_indicator_is_none(people, tmp_path):
    desk = Desk(people, tmp_path, "indicator")
    desk.answer("isi/indikator/", then="more")
    assert desk.indicators == []


def test_a_remark_stands_beside_the_indicator_it_was_made_to(people, tmp_path):
    desk = Desk(people, tmp_path, "indicator")
    desk.answer("isi/indikator/", **filled("indicator", "indicator-0-"), then="more")
    desk.answer("isi/indikator/?tambah=1", **filled("indicator", "indicator-1-"))
    draft = known.open_draft_of(desk.draft.dataset)
    workflow.submit(
        draft=draft, seen=draft.version, note="", release_on=None, by=people.viewer("produsen.ntb"), now=NOW
    )
    returned = {"reason": "Satu hal kurang.", "text_1": "Tulis rumusnya.", "place_1": "indicators:1:formula"}
    assert client_of(people, "pendukung.ntb").post(f"{DESK}kembalikan/", returned).status_code == 302
    assert f"{DESK}isi/indikator/#catatan-1-formula" in desk.page("").text
    page = desk.page("isi/indikator/").text
    assert page.index('id="indikator-1"') < page.index("Tulis rumusnya.")


def test_what_was_typed_in_every_indicator_is_kept_when_one_is_wrong(people, tmp_path):
    desk = Desk(people, tmp_path, "indicator")
    said = {"indicator-0-indicator_name__id": "Kemantapan jalan", "indicator-0-measure": "x" * 99}
    form = desk.page("isi/indikator/").form("seen").fields
    answer = desk.client.post(f"{DESK}isi/indikator/", {**form, **said})
    assert answer.status_code == 422
    assert "Kemantapan jalan" in answer.content.decode()
