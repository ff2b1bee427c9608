"""Whatever somebody writes into an address, the answer is calm: also on PostgreSQL, which takes no NUL."""

import pytest
from django.test import Client

from lumbung.modules.reports.tests import stage

pytestmark = pytest.mark.django_db

PLACES = [
    "/ksb/laporan/",
    "/ksb/laporan/unduh.csv",
    "/ksb/laporan/umpan.atom",
    "/ksb/laporan/peta/",
    "/ksb/laporan/rekap/",
    "/ksb/laporan/lacak/",
    "/ksb/laporan/kotak-masuk/",
    "/ksb/cari/",
    "/kelola/akun/",
    "/kelola/organisasi/",
]
NAMES = ["q", "page", "since", "until", "category", "agency", "state", "place", "sort", "number", "district", "month"]
VALUES = ["\x00", "a\x00b", "abc", "99999999999999999999", "9999-12-31", "0001-01-01", "x" * 3000]
INSIDE = [
    "/ksb/laporan/KSB-2026-0000%00/",
    "/ksb%00/laporan/",
    "/ksb/laporan/buka/a%00b/",
    "/ksb/laporan/tautan/a%00b/",
    "/ksb/laporan/ikuti/a%00b/",
    "/ksb/laporan/%00/mengapa-tanggal-ini/",
    "/ksb/laporan/%00/kerja/",
    "/ksb/laporan/%ff/",
    "/ksb/organisasi/%00/",
    "/ksb/data/%00/",
    "/ksb/indikator/%00/",
    "/ksb/rencana-aksi/%00/",
    "/wilayah/%00/",
    "/kalender/%00/",
]


@pytest.mark.parametrize("place", PLACES)
def test_no_query_string_breaks_a_page(people, place):
    browser = stage.signed_in(people, "koordinator.ksb" if "laporan" in place or "cari" in place else "admin")
    for value in VALUES:
        # All at once, then those that decide which rows are asked for.
        for asked in (dict.fromkeys(NAMES, value), {"since": value}, {"until": value}, {"number": value}):
            assert browser.get(place, asked).status_code < 500, asked


@pytest.mark.parametrize("address", INSIDE)
def test_no_sign_inside_an_address_breaks_a_page(people, address):
    for browser in (Client(), stage.signed_in(people, "koordinator.ksb")):
        assert browser.get(address).status_code < 500
