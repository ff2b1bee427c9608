"""What is typed outlives the page, where scripts run."""

import pytest

from tests.journeys import words
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
STORY = "Pohon tumbang menutup jalan desa."


def test_a_story_is_still_there_after_the_phone_was_put_away(visitor):
    wati = visitor(screen=PHONE, name="wati-kembali", javascript=True)
    wati.opens("/ksb/laporan/kirim/")
    wati.writes(words.STORY, STORY)
    with wati.page.expect_response(lambda answer: answer.status == 204):
        wati.page.evaluate("dispatchEvent(new Event('pagehide'))")
    wati.opens("/ksb/laporan/kirim/")
    assert wati.page.get_by_label(words.STORY).input_value() == STORY
