"""Anonymous and confidential together: a stranger learns in its first week not even that it exists."""

import pytest

from tests.journeys import words
from tests.journeys.sending import sends_a_report
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
PERSON = {"name": "Zulkarnaen Tanaman", "phone": "081977001001", "email": "zulkarnaen@tanaman.example"}
TEXT = "Jalan ditutup pagar oleh tetangga saya yang galak."
TITLE = "Jalan tertutup pagar"


def test_of_an_anonymous_and_confidential_report_strangers_see_nothing_before_monday(visitor):
    reporter = visitor(screen=PHONE, name="pelapor-rahasia")
    number, _code = sends_a_report(reporter, TEXT, modes=(words.ANONYMOUS, words.CONFIDENTIAL), **PERSON)
    secrets = (*PERSON.values(), TEXT, TITLE, "galak")

    stranger = visitor(screen=PHONE, name="orang-lain")
    stranger.opens(f"/ksb/laporan/{number}/")
    stranger.reads(words.NO_NEWS_YET)
    stranger.does_not_read(*secrets)

    coordinator = visitor(screen=PHONE, name="koordinator-rahasia")
    coordinator.signs_in("koordinator.ksb")
    coordinator.opens(f"/ksb/laporan/{number}/kerja/")
    coordinator.reads(TEXT)
    coordinator.does_not_read(*PERSON.values())
    coordinator.writes(words.PUBLIC_TITLE, TITLE)
    coordinator.writes(words.PUBLIC_TEXT, TEXT)
    coordinator.presses(words.CONFIRM_VERSION)

    for address in (f"/ksb/laporan/{number}/", "/ksb/laporan/", "/ksb/", "/ntb/laporan/", "/ntb/"):
        stranger.opens(address)
        stranger.does_not_read(*secrets)
