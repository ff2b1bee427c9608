"""What the pages of a plan lead to: everything that is due, files to take away, feeds with a day of their own."""

import csv
import io

import pytest
from django.test import Client
from tests.world import sign_in

from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
PLAN = "/ntb/rencana-aksi/"


def text(address, browser=None, status=200):
    answer = (browser or Client()).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_every_report_the_monitor_owes_stands_on_the_overview_with_how_many_are_late(people):
    page = text(PLAN)
    assert page.count("Laporan akhir komitmen dari lembaga pemantau independen") == 7  # as many have an end
    assert "7 laporan melewati batas waktu" in page


def test_the_loaded_plan_is_taken_away_without_what_was_made_up(people):
    rows = list(csv.DictReader(io.StringIO(text(f"{PLAN}rencana.csv"))))
    assert len(rows) == 9
    care = next(row for row in rows if row["Commitment Unique Identifier"] == "IDWNT0002")
    assert care["OGP Value: Public Accountability"] == "Yes"
    assert care["Plan SHA-256"]
    document = Client().get(f"{PLAN}rencana.docx")
    assert document["Content-Type"].endswith("wordprocessingml.document")
    text(f"{PLAN}rencana.exe", status=404)


def test_the_feed_of_a_commitment_is_never_empty_and_keeps_its_day(people):
    feed = text(f"{PLAN}ntb-care/umpan.atom")
    assert feed.count("<entry>") == 1
    assert feed.count("<updated>") == 2


def test_an_evidence_pack_without_evidence_says_so_and_offers_no_file(people):
    monitor = sign_in(people, "pemantau.ksb")
    page = text(f"{PLAN}kelola/ntb-ksb-2021-2023/komitmen/ntb-care/paket-bukti/", monitor)
    assert "Belum ada yang mengajukan bukti" in page
    assert ".zip" not in page


def test_an_internal_name_never_stands_in_a_sentence_of_error(people):
    page = Client().post(f"{PLAN}susun/{here.KEY}/usulan/kirim/", {"text": "Umumkan jadwal."})
    assert page.status_code == 422
    assert "Draft key" not in page.content.decode()
    assert "Muat ulang halaman" in page.content.decode()


@pytest.mark.parametrize("part", ["", "usulan/", "draf/", "uji-publik/", "forum/", "penetapan/"])
def test_every_page_of_the_making_leads_to_its_sisters(people, part):
    page = text(f"{PLAN}susun/{here.KEY}/{part}")
    assert 'aria-current="page">' in page
    assert f"/susun/{here.KEY}/kemitraan/" in page


def test_the_printed_enactment_names_its_own_address(people):
    assert f"http://testserver{PLAN}susun/{here.KEY}/penetapan/" in text(f"{PLAN}susun/{here.KEY}/penetapan/")
