"""Every public page, phone and desktop, light and dark, both languages: nothing sticks out, fails or calls away."""

import pytest

from tests.journeys import checks, public_pages, words
from tests.journeys.sending import sends_a_report
from tests.journeys.visitor import DESKTOP, PHONE, SCREENSHOTS

pytestmark = pytest.mark.journey
FIRST_PAGE_KB = 100
REPORT_FLOW_KB = 250
# The quick run looks as most people do; the heavy one in every way, at both portals.
LOOKS = [
    pytest.param(PHONE, "light", "id", {"", "ksb"}, id="phone-light-id"),
    pytest.param(DESKTOP, "dark", "en", public_pages.EVERY_PORTAL, id="desktop-dark-en", marks=pytest.mark.heavy),
    pytest.param(PHONE, "dark", "en", public_pages.EVERY_PORTAL, id="phone-dark-en", marks=pytest.mark.heavy),
    pytest.param(DESKTOP, "light", "id", public_pages.EVERY_PORTAL, id="desktop-light-id", marks=pytest.mark.heavy),
    pytest.param(PHONE, "light", "en", public_pages.EVERY_PORTAL, id="phone-light-en", marks=pytest.mark.heavy),
    pytest.param(PHONE, "dark", "id", public_pages.EVERY_PORTAL, id="phone-dark-id", marks=pytest.mark.heavy),
    pytest.param(DESKTOP, "light", "en", public_pages.EVERY_PORTAL, id="desktop-light-en", marks=pytest.mark.heavy),
    pytest.param(DESKTOP, "dark", "id", public_pages.EVERY_PORTAL, id="desktop-dark-id", marks=pytest.mark.heavy),
]


@pytest.mark.parametrize(("screen", "scheme", "language", "portals"), LOOKS)
def test_every_public_page_is_accessible_fits_and_stays_at_home(visitor, screen, scheme, language, portals):
    anyone = visitor(screen=screen, scheme=scheme, language=language, name="halaman", seen=None)
    addresses = public_pages.find(anyone.context.request, frozenset(portals))
    assert len(addresses) > 10, addresses
    prefix = "/en" if language == "en" else ""
    wrong = []
    for address in addresses:
        try:
            anyone.opens(f"{prefix}{address}")
            assert anyone.page.locator("html").get_attribute("lang") == language
        except AssertionError as problem:
            wrong.append(str(problem))
    assert not wrong, "\n".join(wrong)


def test_the_first_page_is_light(visitor):
    for address in ("/", "/ksb/"):
        anyone = visitor(screen=PHONE, name="ringan")
        anyone.page.goto(address, wait_until="networkidle")
        assert anyone.listener.kilobytes <= FIRST_PAGE_KB, anyone.listener.heaviest()
        anyone.context.close()


def test_the_whole_report_flow_is_light(visitor):
    anyone = visitor(screen=PHONE, name="alur-ringan")
    anyone.page.goto("/ksb/", wait_until="networkidle")
    sends_a_report(anyone, "Lampu jalan mati sejak tiga malam.")
    assert anyone.listener.kilobytes <= REPORT_FLOW_KB, anyone.listener.heaviest()


def test_a_page_with_faults_is_caught(visitor):
    anyone = visitor(screen=PHONE, name="cacat")
    anyone.page.goto("/ksb/")
    anyone.page.evaluate(
        """() => {
          document.querySelector('main').innerHTML +=
            '<img src="/static/web/mark.svg"><div class="planted">wide</div><p id="pale">pale</p>';
          document.querySelector('.planted').style.cssText = 'width: 900px';
          document.querySelector('#pale').style.cssText = 'color: #ddd; background: #fff';
          console.error('planted');
          fetch('http://127.0.0.2:1/planted').catch(() => {});
        }"""
    )
    found = "\n".join([*checks.axe_problems(anyone.page), *checks.overflow_problems(anyone.page)])
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "wider than the screen" in found
    heard = "\n".join(anyone.listener.take_problems())
    assert "console: planted" in heard
    assert "Content Security Policy" in heard
    assert anyone.listener.kilobytes > 1


def test_pictures_of_the_stories_are_kept_for_people(visitor):
    anyone = visitor(screen=PHONE, name="gambar", pictures=True, seen=None)
    anyone.opens("/ksb/laporan/kirim/")
    anyone.sees_heading(words.WHAT_TO_REPORT)
    assert (SCREENSHOTS / "gambar-01-ksb_laporan_kirim-360-light-id.png").stat().st_size > 1000
