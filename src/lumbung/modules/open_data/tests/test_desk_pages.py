"""The desk over HTTP: a file sent, confirmed, described, handed in, checked and published; others find nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.files import spooling
from lumbung.core.jobs import runner
from lumbung.modules.open_data.actions import datasets, workflow
from lumbung.modules.open_data.models import Draft, DraftTable, Release
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published, release_of
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
DESK = "/ntb/data/kelola/"


@pytest.fixture
def producer(people):
    client = client_of(people, "produsen.ntb")
    sent = client.post(f"{DESK}baru/", {"producer": "ntb-pupr", "title": "Panjang jalan", "key": "panjang-jalan"})
    assert sent.status_code == 302
    return client


def send(client, text=bringing.CLEAN, name="jalan.csv"):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(f"{DESK}panjang-jalan/tabel/", {"table_file": file, "title": ""})


def test_a_file_is_sent_looked_at_read_and_confirmed_on_pages(producer):
    assert send(producer).status_code == 302
    runner.run_due()
    page = producer.get(f"{DESK}panjang-jalan/tabel/data/").content.decode()
    assert "Bacalah begini" in page
    assert "Jumlah" in page
    told = {"leave_out": ["1", "2", "8", "9"]}
    assert producer.post(f"{DESK}panjang-jalan/tabel/data/baca/", told).status_code == 302
    runner.run_due()
    page = producer.get(f"{DESK}panjang-jalan/tabel/data/").content.decode()
    assert "Lombok Barat" in page
    assert "Tegaskan kolom" in page


def test_a_draft_goes_over_every_desk_to_the_public(people, tmp_path):
    bringing.ready(people, tmp_path)
    address = f"{DESK}panjang-jalan/"
    version = Draft.objects.get().version
    told = {"note": "", "release_on": "", "seen": version}
    assert client_of(people, "produsen.ntb").post(f"{address}ajukan/", told).status_code == 302
    for name, state in (("pendukung.ntb", "submitted"), ("walidata.ntb", "checked")):
        client = client_of(people, name)
        assert "Loloskan" in client.get(address).content.decode()
        assert client.post(f"{address}loloskan/", {"seen": version, "state": state}).status_code == 302
    assert client_of(people, "walidata.ntb").post(f"{address}sebarluaskan/").status_code == 302
    assert Release.objects.get(dataset__key="panjang-jalan").number == 1
    for late in (client.post(f"{address}sebarluaskan/"), client.get(address)):
        assert late.url == "/ntb/data/panjang-jalan/", "a second press or an old message leads to what became of it"
    assert client_of(people, "pupr.ksb").get(address).status_code in {403, 404}
    assert "Permen PU" in Client().get("/ntb/data/panjang-jalan/").content.decode()


def test_returning_without_a_reason_keeps_the_page_and_says_so(people, tmp_path):
    bringing.ready(people, tmp_path)
    address, version = f"{DESK}panjang-jalan/", Draft.objects.get().version
    client_of(people, "produsen.ntb").post(f"{address}ajukan/", {"note": "", "release_on": "", "seen": version})
    answer = client_of(people, "pendukung.ntb").post(f"{address}kembalikan/", {"reason": ""})
    assert answer.status_code == 422
    assert "Sebutkan apa yang harus diperbaiki" in answer.content.decode()


def test_a_remark_names_its_place_and_stands_beside_the_field_until_it_is_handed_in_anew(people, tmp_path):
    bringing.ready(people, tmp_path)
    address, version = f"{DESK}panjang-jalan/", Draft.objects.get().version
    producer, checker = client_of(people, "produsen.ntb"), client_of(people, "pendukung.ntb")
    producer.post(f"{address}ajukan/", {"note": "", "release_on": "", "seen": version})
    told = {"reason": "Dua hal kurang.", "text_1": "Sebut seksinya.", "place_2": "variables:data:panjang_km"}
    answer = checker.post(f"{address}kembalikan/", told | {"text_2": "Satuannya?"})
    assert answer.status_code == 422
    assert "Sebut seksinya." in answer.content.decode(), "what was typed is not lost"
    told |= {"place_1": "dataset:contact", "text_2": "Satuannya?"}
    assert checker.post(f"{address}kembalikan/", told).status_code == 302

    page = producer.get(address).content.decode()
    assert f"{address}isi/dataset/#catatan-contact" in page
    assert "Sebut seksinya." in producer.get(f"{address}isi/dataset/").content.decode()
    assert "Satuannya?" not in producer.get(f"{address}isi/dataset/").content.decode()
    assert "Satuannya?" in producer.get(f"{address}tabel/data/").content.decode()
    producer.post(f"{address}ajukan/", {"note": "", "release_on": "", "seen": version})
    assert "Sebut seksinya." in checker.get(address).content.decode(), "who checks anew sees what was asked"


def test_before_its_day_a_release_is_announced_and_no_button_publishes_it(people, tmp_path):
    bringing.ready(people, tmp_path)
    address, version = f"{DESK}panjang-jalan/", Draft.objects.get().version
    told = {"note": "", "release_on": f"{clock.local_day(clock.now()) + timedelta(days=9):%Y-%m-%d}", "seen": version}
    client_of(people, "produsen.ntb").post(f"{address}ajukan/", told)
    for name, state in (("pendukung.ntb", "submitted"), ("walidata.ntb", "checked")):
        client_of(people, name).post(f"{address}loloskan/", {"seen": version, "state": state})
    steward = client_of(people, "walidata.ntb")
    assert f"{address}umumkan/" in steward.get(address).content.decode()
    assert f"{address}sebarluaskan/" not in steward.get(address).content.decode()
    steward.post(f"{address}umumkan/")
    assert f"{address}umumkan/" not in steward.get(address).content.decode()


@pytest.mark.parametrize("name", ["pupr.ksb", "komitmen.ntb", "koordinator.ntb"])
def test_who_has_no_part_in_a_draft_does_not_find_it(people, producer, name):
    assert client_of(people, name).get(f"{DESK}panjang-jalan/").status_code in {403, 404}
    assert Client().get(f"{DESK}panjang-jalan/").status_code == 302


@pytest.mark.parametrize("part", ["dataset", "kegiatan", "indikator"])
def test_a_part_of_the_metadata_is_kept_half_written(producer, part):
    page = producer.get(f"{DESK}panjang-jalan/isi/{part}/")
    assert page.status_code == 200
    told = {"seen": Draft.objects.get().version, "title__id": "Panjang jalan", "activity_title": "Pendataan jalan"}
    assert producer.post(f"{DESK}panjang-jalan/isi/{part}/", told).status_code == 302


def test_a_second_tab_does_not_write_over_the_first(producer):
    told = {"seen": Draft.objects.get().version, "title__id": "Pertama"}
    assert producer.post(f"{DESK}panjang-jalan/isi/dataset/", told).status_code == 302
    answer = producer.post(f"{DESK}panjang-jalan/isi/dataset/", told | {"title__id": "Kedua"})
    assert answer.status_code == 422
    assert "Kedua" in answer.content.decode()


@pytest.mark.parametrize("text", [b"", b"\x00" * 64])
def test_a_file_that_is_none_is_told_beside_its_field_or_on_the_table(producer, text):
    answer = send(producer, text, "x.csv")
    runner.run_due()
    if answer.status_code == 302:
        assert DraftTable.objects.get().stage == "failed"
        assert "tidak dapat dibaca" in producer.get(f"{DESK}panjang-jalan/tabel/data/").content.decode()
    else:
        assert answer.status_code == 422


def test_a_file_above_the_limit_is_refused_and_leaves_nothing(producer, settings, monkeypatch):
    monkeypatch.setattr(spooling, "KEPT_BYTES", 100)
    answer = send(producer)
    assert answer.status_code == 422
    assert "300 MB" in answer.content.decode()
    assert not list((settings.LUMBUNG_DATASETS / spooling.FOLDER).glob("*"))


def test_without_signing_in_a_table_is_never_spooled_to_disk(settings):
    Client().post(f"{DESK}panjang-jalan/tabel/", {"table_file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert not (settings.LUMBUNG_DATASETS / spooling.FOLDER).exists()


def test_a_returned_draft_opens_with_the_reason_on_top(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    by = people.viewer("produsen.ntb")
    workflow.submit(draft=draft, seen=draft.version, note="", release_on=None, by=by, now=NOW)
    draft.refresh_from_db()
    told = {"reason": "Sebut bidang yang menjawab.", "remarks": {}, "by": people.viewer("pendukung.ntb"), "now": NOW}
    workflow.return_draft(draft=draft, **told)
    page = client_of(people, "produsen.ntb").get(f"/ntb/data/kelola/{draft.dataset.key}/")
    assert page.status_code == 200
    assert "Sebut bidang yang menjawab." in page.content.decode()


def test_a_steward_takes_a_whole_dataset_out_and_its_addresses_say_why(people, tmp_path):
    published(people, tmp_path)
    page, producer = "/ntb/data/panjang-jalan/", client_of(people, "produsen.ntb")
    steward, told = client_of(people, "walidata.ntb"), {"seluruhnya-reason": "Digantikan dataset lain."}
    producer.post(f"{DESK}panjang-jalan/terbitan-baru/")
    assert "masih terbuka" in steward.post(f"{page}tarik/", told).content.decode()
    producer.post(f"{DESK}panjang-jalan/buang/")
    assert producer.post(f"{page}tarik/", told).status_code == 403
    assert steward.post(f"{page}tarik/", told).status_code == 302
    assert "panjang-jalan" not in Client().get("/ntb/data/").content.decode()
    gone, kept = Client().get(page), Client().get(f"{page}v1/")
    assert (gone.status_code, kept.status_code) == (410, 200)
    assert "Digantikan dataset lain." in gone.content.decode()
    assert "Digantikan dataset lain." in kept.content.decode()


def test_a_withdrawn_release_gives_no_file_even_where_another_one_holds_the_same(people, tmp_path):
    first = published(people, tmp_path)
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    release_of(people, draft)
    page, steward = "/ntb/data/panjang-jalan/", client_of(people, "walidata.ntb")
    told = steward.post(f"{page}v2/tarik/", {"reason": "Memuat nomor."}, follow=True).content.decode()
    assert "Berkas yang sama masih ada pada terbitan 1" in told
    gone = Client().get(f"{page}v2/data.csv")
    assert gone.status_code == 410
    assert "Memuat nomor." in gone.content.decode()
    assert "812,5" not in Client().get(f"{page}v2/").content.decode()
    assert Client().get(f"{page}v1/data.csv").status_code == 200
