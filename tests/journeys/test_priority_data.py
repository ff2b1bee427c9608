"""Priority data in English: the next release is begun, passed by three desks, the supervisor's last, and read."""

import pytest

from tests.journeys import words
from tests.journeys.visitor import DESKTOP, PHONE

pytestmark = pytest.mark.journey
say = words.Tongue("en")
KEY = "panjang-jalan-kondisi"
PAGE, DRAFT = f"/en/ntb/data/{KEY}/", f"/en/ntb/data/kelola/{KEY}/"


def signed_in(visitor, name, screen=DESKTOP):
    who = visitor(screen=screen, name=name, language="en")
    who.signs_in(f"{name}.ntb")
    return who


def test_priority_data_pass_three_desks_before_everybody_reads_them(visitor):
    producer = signed_in(visitor, "produsen")
    producer.opens(PAGE)
    producer.presses(say("Begin the next release"))
    producer.reads("Priority data")
    producer.opens(f"{DRAFT}isi/dataset/")
    producer.page.locator("[name=contact]").fill("Bidang Bina Marga, seksi data")
    producer.presses(say("Save"))
    producer.presses(say("Hand in for checking"))

    for name, screen in (("pendukung", PHONE), ("walidata", DESKTOP), ("pembina", DESKTOP)):
        desk = signed_in(visitor, name, screen)
        desk.opens(DRAFT)
        desk.presses(say("Pass"))
    steward = signed_in(visitor, "walidata")
    steward.opens(DRAFT)
    steward.presses(say("Publish now"))

    reader = visitor(screen=PHONE, name="pembaca", language="en", javascript=False)
    reader.opens(PAGE)
    reader.reads("Bidang Bina Marga, seksi data")
    reader.opens(f"{PAGE}v1/")
    reader.follows(say("Open the newest release"))
