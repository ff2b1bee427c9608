"""A report on a desktop with scripts: from the form through coordinator, agency and head to the rating in two taps."""

import re

import pytest

from tests.journeys import words
from tests.journeys.sending import sends_a_report
from tests.journeys.visitor import DESKTOP, PHONE

pytestmark = pytest.mark.journey


def test_a_report_goes_from_the_form_to_the_rating(visitor):
    citizen = visitor(screen=DESKTOP, name="pelapor")
    number, code = sends_a_report(citizen, "Saluran air di tepi jalan tersumbat dan meluap setiap hujan.")

    coordinator = visitor(screen=DESKTOP, name="koordinator")
    coordinator.signs_in("koordinator.ksb")
    coordinator.opens("/ksb/laporan/kotak-masuk/")
    coordinator.opens(f"/ksb/laporan/{number}/kerja/")
    coordinator.writes(words.PUBLIC_TITLE, "Saluran air tersumbat")
    coordinator.writes(words.PUBLIC_TEXT, "Saluran air di tepi jalan tersumbat.")
    coordinator.presses(words.CONFIRM_VERSION)
    coordinator.chooses(words.AGENCY, words.PUPR)
    coordinator.presses(words.ASSIGN)

    officer = visitor(screen=DESKTOP, name="petugas")
    officer.signs_in("pupr.ksb")
    officer.opens("/ksb/laporan/kotak-masuk/")
    officer.follows(number)
    officer.presses(words.ACCEPT)
    officer.chooses(words.KIND, words.FINAL)
    officer.writes(words.RESPONSE, "Saluran dibersihkan pada hari Senin bersama warga.")
    officer.presses(words.PUT_BEFORE_HEAD)

    stranger = visitor(screen=PHONE, name="tetangga")
    stranger.opens(f"/ksb/laporan/{number}/")
    stranger.does_not_read("Saluran dibersihkan")

    head = visitor(screen=DESKTOP, name="kepala")
    head.signs_in("kepala.pupr.ksb")
    head.opens(f"/ksb/laporan/{number}/kerja/")
    head.presses(words.APPROVE)

    stranger.opens(f"/ksb/laporan/{number}/")
    stranger.reads(re.compile("Saluran dibersihkan"))

    citizen.opens("/ksb/laporan/lacak/")
    citizen.writes(words.ACCESS_CODE, code)
    citizen.presses(words.OPEN_MINE)
    citizen.ticks(words.VERY_GOOD)
    citizen.presses(words.IT_IS_DONE)
    citizen.reads(words.CONFIRMED)
