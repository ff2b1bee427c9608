"""How a file is read, on its page: every way the page speaks of is there, before and after it was read."""

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.jobs import runner
from lumbung.core.tables.sources import delimited
from lumbung.core.tables.tests import makers
from lumbung.modules.open_data.actions import drafting
from lumbung.modules.open_data.forms import reading as forms
from lumbung.modules.open_data.models import DraftTable
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
PAGE = "/ntb/data/kelola/panjang-jalan/tabel/data/"
LOOK = {"separator": ",", "encoding": "utf-8", "header_rows": "1", "leave_out": ""}
SHORT = "kode,a,b\n52.01,1,2\n52.07,3\n52.08,4,5\n"


def brought(people, tmp_path, **more) -> Client:
    bringing.bring(people, bringing.begin(people), tmp_path, **more)
    return client_of(people, "produsen.ntb")


def pressed(client, step, told):
    answer = client.post(f"{PAGE}{step}/", told)
    runner.run_due()
    assert answer.status_code == 302, answer.content.decode()
    return client.get(PAGE).content.decode()


def rows():
    plain = DraftTable.objects.get().plain["plain"]
    with open(plain["path"]) as file:  # noqa: PTH123 - a path as text
        return file.read().splitlines()[1:]


def test_every_encoding_a_person_may_choose_is_read():
    assert {key for key, _label in forms.ENCODINGS} <= set(delimited.ENCODINGS)


def test_windows_1252_chosen_by_a_person_is_read(people, tmp_path):
    client = brought(people, tmp_path, text="kode,nama\n52.01,Café\n".encode("cp1252"))
    pressed(client, "lihat-lagi", LOOK | {"encoding": "cp1252"})
    pressed(client, "baca", {})
    assert rows() == ["52.01,Café"]


def test_a_look_that_fails_says_why_and_leaves_the_form(people, tmp_path):
    client = brought(people, tmp_path, text="kode,nama\n52.01,Café\n")
    page = pressed(client, "lihat-lagi", LOOK | {"encoding": "utf-16"})
    assert "tidak dapat dibaca" in page
    assert "Bacalah begini" in page
    pressed(client, "baca", {})
    assert rows() == ["52.01,Café"]


def test_short_rows_are_filled_once_a_person_ticks_so(people, tmp_path):
    client = brought(people, tmp_path, text=SHORT)
    assert 'name="fill_short_rows"' in client.get(PAGE).content.decode()
    refused = pressed(client, "baca", {})
    assert 'name="fill_short_rows"' in refused
    pressed(client, "baca", {"fill_short_rows": "on"})
    assert rows() == ["52.01,1,2", "52.07,3,", "52.08,4,5"]
    assert 'name="fill_short_rows" id="id_fill_short_rows" checked' in client.get(PAGE).content.decode()


def test_a_file_that_was_read_may_be_read_otherwise(people, tmp_path):
    client = brought(people, tmp_path)
    first = pressed(client, "baca", {"leave_out": ["1", "2", "8", "9"]})
    assert "Baca berkas dengan cara lain" in first
    pressed(client, "baca", {"leave_out": ["1", "2", "9"], "fill_short_rows": "on"})
    assert rows()[-1] == "Jumlah,,1465.0,1112.25"
    steward = client_of(people, "walidata.ntb").get(PAGE).content.decode()
    assert "Baca berkas dengan cara lain" not in steward


def test_a_row_is_named_seen_and_left_out(people, tmp_path):
    client = brought(people, tmp_path, text="wilayah,n\nTaliwang,5\nSeteluk,6\nSumbawa Barat,9\nMaluk,4\n")
    page = pressed(client, "lihat-lagi", LOOK | {"leave_out": "Sumbawa Barat\r\n99"})
    assert "Baris 4, Anda sebutkan: Sumbawa Barat | 9" in page
    assert "cocok dengan yang Anda sebutkan: 99" in page
    assert "Sumbawa Barat\n99</textarea>" in page
    pressed(client, "baca", {"leave_out": ["4"]})
    assert rows() == ["Taliwang,5", "Seteluk,6", "Maluk,4"]


def test_merged_cells_are_repeated_once_a_person_ticks_so(people, tmp_path):
    sheet = [["kabupaten", "kecamatan", "n"], ["Sumbawa Barat", "Taliwang", 1], [None, "Seteluk", 2]]
    client = brought(people, tmp_path, text=makers.xlsx(sheet, merged=["A2:A3"]), name="x.xlsx")
    assert 'name="repeat_merged"' in client.get(PAGE).content.decode()
    pressed(client, "baca", {"repeat_merged": "on"})
    assert rows() == ["Sumbawa Barat,Taliwang,1", "Sumbawa Barat,Seteluk,2"]


def test_a_column_left_out_for_personal_data_is_told_with_who_said_so(people, tmp_path):
    client = brought(people, tmp_path, text="kode,no_hp\n52.01,081234567890\n52.07,081398765432\n")
    pressed(client, "baca", {})
    told = {"column": "no_hp", "kind": "phone", "choice": "dropped", "reason": "Nomor petugas"}
    drafting.decide_personal(table=DraftTable.objects.get(), **told, by=people.viewer("produsen.ntb"), now=NOW)
    runner.run_due()
    page = client_of(people, "pendukung.ntb").get(PAGE).content.decode()
    assert "Nomor petugas" in page
    pressed(client, "baca", {})
    assert rows() == ["52.01", "52.07"]
