"""Someone's own page: what waits, where they may enter reports, what they manage, and which roles they hold."""

import pytest

from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import signed_in

pytestmark = pytest.mark.django_db


def page_of(people, email: str) -> str:
    return signed_in(people, email).get("/akun/beranda/").content.decode()


def test_a_queue_is_shown_once_at_the_portal_of_its_government(people):
    stage.file(people)
    page = page_of(people, "koordinator.ksb")
    assert "/ntb/laporan/kotak-masuk/" not in page
    assert "/ksb/laporan/kotak-masuk/" in page
    assert "1 laporan menunggu Anda." in page


def test_the_office_of_a_district_works_at_the_portal_around_it(people):
    assert "/ksb/laporan/kotak-masuk/" in page_of(people, "kec.seteluk")


def test_a_kader_enters_reports_where_the_role_is_and_nowhere_else(people):
    page = page_of(people, "kader.ksb")
    assert "/ksb/laporan/kirim/" in page
    assert "/ntb/laporan/kirim/" not in page


def test_the_roles_of_today_are_told(people):
    assert "Admin koordinator · Kabupaten Sumbawa Barat" in page_of(people, "koordinator.ksb")


def test_an_administrator_reaches_every_page_of_administration(people):
    page = page_of(people, "admin")
    for address in ("/kelola/akun/", "/kelola/organisasi/", "/kelola/portal/", "/kalender/"):
        assert address in page


@pytest.mark.parametrize(("name", "leads_to"), [("oms.ntb", "/ntb/"), ("pemantau.ksb", "/ksb/"), ("nasional", "/ntb/")])
def test_whoever_works_on_a_plan_finds_its_desk_on_their_own_page(people, name, leads_to):
    page = page_of(people, name)
    assert f"{leads_to}rencana-aksi/kelola/" in page


def test_an_agency_without_a_part_in_a_plan_is_shown_no_desk_of_it(people):
    assert "rencana-aksi/kelola/" not in page_of(people, "pupr.ntb")
