"""Priority data in English: the next release is begun, returned, mended, passed by three desks, read by anybody."""

import pytest

from tests.journeys import words
from tests.journeys.visitor import DESKTOP, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.heavy]
say = words.Tongue("en")
KEY = "panjang-jalan-kondisi"
PAGE, DRAFT = f"/en/ntb/data/{KEY}/", f"/en/ntb/data/kelola/{KEY}/"
REMARK = "Name the office that answers questions."


def signed_in(visitor, name, screen=DESKTOP):
    who = visitor(screen=screen, name=name, language="en")
    who.signs_in(f"{name}.ntb")
    return who


def test_priority_data_are_returned_mended_and_pass_three_desks(visitor):
    producer = signed_in(visitor, "produsen")
    producer.opens(PAGE)
    producer.presses(say("Begin the next release"))
    producer.reads("Priority data")
    producer.presses(say("Hand in for checking"))

    supporting = signed_in(visitor, "pendukung", PHONE)
    supporting.opens(DRAFT)
    supporting.page.locator("details:has([name=reason])").first.evaluate("each => { each.open = true }")
    supporting.page.locator("[name=reason]").first.fill(REMARK)
    supporting.presses(say("Return to the producer"))

    producer.opens(DRAFT)
    producer.reads(REMARK)
    producer.opens(f"{DRAFT}isi/dataset/")
    producer.page.locator("[name=contact]").fill("Bidang Bina Marga, seksi data")
    producer.presses(say("Save"))
    producer.opens(DRAFT)
    producer.presses(say("Hand in for checking"))

    for name in ("pendukung", "walidata", "pembina"):
        desk = signed_in(visitor, name)
        desk.opens(DRAFT)
        desk.presses(say("Pass"))
    steward = signed_in(visitor, "walidata")
    steward.opens(DRAFT)
    steward.presses(say("Publish now"))

    reader = visitor(screen=PHONE, name="pembaca", language="en", javascript=False)
    reader.opens(PAGE)
    reader.reads("Bidang Bina Marga, seksi data")
    reader.opens(f"{PAGE}v1/")
    reader.opens(f"{PAGE}grafik/")
