"""Data list, record, template and release calendar over HTTP, for those who plan and for everybody."""

import io
import shutil
from datetime import date, timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.tables import reading
from lumbung.modules.open_data.actions import connecting, data_lists
from lumbung.modules.open_data.models import Agreement, DataList, Dataset, ListRow
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.tests import bringing, planning, publishing
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
DESK = "/ntb/data/kelola/daftar/"
THIS_YEAR = clock.local_day(clock.now()).year
TYPED = {
    "producer": "ntb-pupr",
    "title": "Panjang jalan",
    "purpose": "Program pemeliharaan.",
    "standard": "",
    "frequency": "semiannual",
    "first_day": f"{THIS_YEAR}-03-31",
    "days": "",
    "priority_reason": "",
    "bps_number": "",
    "ewalidata_code": "",
    "columns": "kode_wilayah; Kode wilayah; ; wilayah\npanjang_km; Panjang; km",
}


def agreement_typed():
    told = {"number": "BA-1", "held_on": f"{THIS_YEAR}-01-02", "place": "Bappeda", "decisions": "Disepakati."}
    for place in range(1, 13):
        told |= {f"role_{place}": "producer", f"office_{place}": "", f"people_{place}": 1}
    return told | {"office_1": "Bappeda", "role_1": "coordinator", "office_2": "Diskominfotik"}


def test_a_list_goes_from_the_proposal_to_the_signed_record_on_pages(people):
    producer, forum, guest = client_of(people, "produsen.ntb"), client_of(people, "forum.data.ntb"), Client()
    assert forum.post(f"{DESK}buka/", {"year": THIS_YEAR, "carried": ""}).status_code == 302
    here = f"{DESK}{THIS_YEAR}/"
    assert producer.post(f"{here}usul/", TYPED | {"days": "besok"}).status_code == 422
    assert producer.post(f"{here}usul/", TYPED).status_code == 302
    row = ListRow.objects.get()
    assert [day.on for day in row.days.all()] == [date(THIS_YEAR, 3, 31), date(THIS_YEAR, 9, 30)]
    assert client_of(people, "forum.data.ksb").get(here).status_code == 404
    assert guest.get(f"/ntb/data/daftar/{THIS_YEAR}/").status_code == 404
    assert guest.get(f"/ntb/data/daftar/{THIS_YEAR}/1/templat.xlsx").status_code == 404
    refused = forum.post(f"{here}sepakati/", agreement_typed())
    assert (refused.status_code, Agreement.objects.count()) == (422, 0)
    assert forum.post(f"{here}1/terima/").status_code == 302
    assert forum.post(f"{here}sepakati/", agreement_typed()).status_code == 302
    for address in ("", "rekap/", "berita-acara/", "daftar-data.csv", "rekap.csv", "1/templat.xlsx"):
        assert guest.get(f"/ntb/data/daftar/{THIS_YEAR}/{address}").status_code == 200, address
    assert guest.get(f"/ntb/data/daftar/{THIS_YEAR}/berita-acara.pdf").content.startswith(b"%PDF")
    assert "Berita acara" in guest.get(f"/ntb/data/daftar/{THIS_YEAR}/berita-acara/").content.decode()
    changed = TYPED | {"title": "Panjang jalan provinsi", "reason": "Nama diperjelas."}
    assert forum.post(f"{here}1/ubah/", changed).status_code == 302
    page = guest.get("/ntb/data/daftar/").content.decode()
    assert "Nama diperjelas." in page
    assert "<del>Panjang jalan</del>" in page
    paper = guest.get(f"/ntb/data/daftar/{THIS_YEAR}/berita-acara/").content.decode()
    assert "Panjang jalan provinsi" not in paper


def test_the_tie_of_an_agreed_row_is_changed_by_the_secretariat_on_its_page_with_a_reason(people):
    data_list = planning.opened(people)
    row = planning.proposed(people, data_list)
    dataset = bringing.begin(people).dataset
    connecting.connect(row=row, dataset=dataset, by=people.viewer("produsen.ntb"), now=NOW)
    planning.agreed(people, data_list)
    here = f"{DESK}{planning.YEAR}/1/"
    producer, forum = client_of(people, "produsen.ntb"), client_of(people, "forum.data.ntb")
    assert f'action="{here}dataset/"' not in producer.get(here).content.decode()
    assert producer.post(f"{here}dataset/", {"dataset": "", "reason": "Keliru."}).status_code in {403, 404, 422}
    assert forum.get(here).content.decode().count('id="id_reason"') == 1
    assert forum.post(f"{here}dataset/", {"dataset": ""}).status_code == 422
    assert ListRow.objects.get().dataset == dataset
    assert forum.post(f"{here}dataset/", {"dataset": "", "reason": "Dataset keliru dipilih."}).status_code == 302
    assert ListRow.objects.get().dataset is None
    page = Client().get("/ntb/data/daftar/").content.decode()
    assert "Dataset keliru dipilih." in page
    assert "<del>panjang-jalan</del>" in page


def test_a_blank_template_comes_back_with_its_header_recognised(people, tmp_path):
    data_list = planning.opened(people)
    row = planning.proposed(people, data_list)
    publishing.published(people, tmp_path)
    connecting.connect(row=row, dataset=Dataset.objects.get(), by=people.viewer("forum.data.ntb"), now=NOW)
    planning.agreed(people, data_list)
    content = Client().get(f"/ntb/data/daftar/{planning.YEAR}/1/templat.xlsx").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Data", "Kode", "Petunjuk"]
    header = [cell.value for cell in book["Data"][2]]
    assert header == ["kode_kabupaten", "kabupaten", "panjang_km", "kondisi_baik_km"]
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(content)
    assert list(reading.look(blank, name="blank.xlsx").labels) == header
    for place, cells in enumerate((("52.01", "Lombok Barat", 812.5, 601.25), ("52.10", "Bayangan", 12.5, 12.5)), 3):
        for column, value in enumerate(cells, 1):
            book["Data"].cell(place, column, value)
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    look = reading.look(filled, name="filled.xlsx")
    assert (list(look.labels), look.reading.header_rows) == (header, (2,))
    into = tmp_path / "plain"
    into.mkdir()
    plain = reading.read(filled, name="filled.xlsx", reading=look.reading, into=into).plain
    assert plain.header == tuple(header)
    assert "52.10,Bayangan,12.5" in plain.path.read_text()
    shutil.rmtree(into)


def test_columns_of_the_standard_and_their_codes_make_the_template_of_a_row_without_dataset(people):
    data_list = planning.opened(people)
    columns = (known.Column("kode_wilayah", "Kode wilayah", "", "wilayah"), known.Column("panjang_km", "Panjang", "km"))
    planning.proposed(people, data_list, columns=columns)
    answer = client_of(people, "produsen.ntb").get(f"/ntb/data/daftar/{planning.YEAR}/1/templat.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book["Data"][2]] == ["kode_wilayah", "panjang_km"]
    assert "52.07" in [row[0].value for row in book["Kode"].iter_rows()]
    offered = book["Data"].data_validations.dataValidation[0]
    assert (str(offered.sqref), offered.formula1) == ("A3:A5000", "'Kode'!$A$2:$A$12")


def test_the_calendar_says_what_is_planned_and_what_became_of_it(people):
    today = clock.local_day(clock.now())
    data_list = data_lists.open_list(
        portal=people.ntb, year=today.year, carried=None, by=people.viewer("forum.data.ntb"), now=clock.now()
    )
    past, ahead = date(today.year, 1, 1), min(today + timedelta(days=20), date(today.year, 12, 31))
    planning.proposed(people, data_list, days=(past, ahead), title="Jalan; baik, \\rusak")
    assert "Jalan" not in Client().get("/ntb/data/jadwal/").content.decode()
    planning.agreed(people, data_list)
    page = Client().get("/ntb/data/jadwal/").content.decode()
    assert "Belum terbit" in page
    answer = Client().get("/ntb/data/jadwal.ics")
    lines = answer.content.decode().split("\r\n")
    unfolded = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "SUMMARY:Rilis data: Jalan\\; baik\\, \\\\rusak" in unfolded
    assert f"DTSTART;VALUE=DATE:{ahead:%Y%m%d}" in unfolded
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    feed = Client().get("/ntb/data/jadwal.atom").content.decode()
    assert "Belum terbit: Jalan; baik, \\rusak" in feed
    assert f"{ahead.isoformat()}T" not in feed  # only what is over, or out


def test_pages_without_any_list_say_what_to_do(people):
    for address in ("daftar/", "jadwal/"):
        page = Client().get(f"/ntb/data/{address}")
        assert page.status_code == 200
        assert 'class="empty"' in page.content.decode()
    assert "BEGIN:VCALENDAR" in Client().get("/ntb/data/jadwal.ics").content.decode()
    assert 'class="empty"' in client_of(people, "produsen.ntb").get(DESK).content.decode()
    assert not DataList.objects.exists()
