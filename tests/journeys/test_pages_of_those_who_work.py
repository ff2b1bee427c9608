"""The pages behind the sign-in hold what the public ones hold: accessible, as wide as the screen, quiet."""

import pytest

from tests.journeys.visitor import DESKTOP, PHONE

pytestmark = pytest.mark.journey
OWN = ("/akun/beranda/", "/akun/sandi/ganti/", "/akun/dua-langkah/", "/notifikasi/")
OFFICE = ("/ksb/laporan/kotak-masuk/", "/ksb/laporan/kotak-masuk/?everything=on")
ADMINISTRATION = ("/kelola/", "/kelola/akun/", "/kelola/akun/undang/", "/kelola/organisasi/", "/kelola/portal/")
LOOKS = [
    pytest.param(PHONE, "dark", id="phone-dark"),
    pytest.param(DESKTOP, "light", id="desktop-light", marks=pytest.mark.heavy),
]


@pytest.mark.parametrize(("screen", "scheme"), LOOKS)
def test_an_officers_pages_are_accessible_and_fit(visitor, screen, scheme):
    officer = visitor(screen=screen, scheme=scheme, name="kerja-koordinator")
    officer.signs_in("koordinator.ksb")
    for address in (*OWN, *OFFICE):
        officer.opens(address)
    officer.page.locator("[data-inbox-link]").first.click()
    officer.page.wait_for_url("**/kerja/")
    officer.opens(officer.page.url)


@pytest.mark.parametrize(("screen", "scheme"), LOOKS)
def test_an_administrators_pages_are_accessible_and_fit(visitor, screen, scheme):
    administrator = visitor(screen=screen, scheme=scheme, name="kerja-admin")
    administrator.signs_in("admin")
    for address in ADMINISTRATION:
        administrator.opens(address)
