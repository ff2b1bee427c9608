"""A resident on a small phone without scripts: from the front page to the receipt, and back in with the code."""

import re

import pytest

from tests.journeys import words
from tests.journeys.sending import read_receipt
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
STORY = "Jalan di depan pasar berlubang sejak dua pekan. Motor sering jatuh ketika hujan."


def test_wati_reports_a_pothole_and_adds_what_she_forgot(visitor):
    wati = visitor(screen=PHONE, name="wati", javascript=False)
    wati.opens("/")
    wati.follows(re.compile("KSB Terbuka"))
    wati.follows(words.SEND_A_REPORT)
    wati.sees_heading(words.WHAT_TO_REPORT)
    wati.writes(words.STORY, STORY)
    wati.ticks(words.ROAD)
    wati.presses(words.TO_THE_PLACE)

    wati.sees_heading(words.WHERE_IS_IT)
    wati.chooses(words.DISTRICT, words.PLACE)
    wati.presses(words.TO_THE_CHECK)
    wati.reads(words.ERRORS)
    wati.chooses(words.VILLAGE, words.PLACE)
    wati.writes(words.LANDMARK, "depan pasar")
    wati.presses(words.TO_THE_CHECK)

    wati.sees_heading(words.CHECK_AND_SEND)
    wati.presses(words.SEND)
    wati.sees_heading(words.RECEIVED)
    _number, code = read_receipt(wati)

    later = visitor(screen=PHONE, name="wati-kembali", javascript=False)
    later.opens("/ksb/laporan/lacak/")
    later.writes(words.ACCESS_CODE, code.lower())
    later.presses(words.OPEN_MINE)
    later.reads(STORY)
    later.writes(words.ADD, "Lubang ada di sisi utara jalan.")
    later.presses(words.SEND_ADDITION)
    later.reads(words.ADDITION_RECEIVED)
    later.reads("Lubang ada di sisi utara jalan.")
