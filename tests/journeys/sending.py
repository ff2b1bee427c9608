"""Sending a report, as one step of longer stories."""

import re

from tests.journeys import words
from tests.journeys.visitor import Visitor

NUMBER = re.compile(r"\b[A-Z]{3}-\d{4}-\d{6}\b")
CODE = re.compile(r"\b(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}\b")


def sends_a_report(who: Visitor, text: str, *, modes: tuple[str, ...] = (), **contact: str) -> tuple[str, str]:
    """Go through the three screens; returns number and access code as the receipt shows them."""
    who.opens("/ksb/laporan/kirim/")
    who.writes(words.STORY, text)
    who.ticks(words.ROAD)
    who.presses(words.TO_THE_PLACE)
    chooses_a_place(who)
    who.presses(words.TO_THE_CHECK)
    for label, value in contact.items():
        who.writes({"name": words.NAME, "phone": words.TELEPHONE, "email": words.EMAIL}[label], value)
    for mode in modes:
        who.ticks(mode)
    who.presses(words.SEND)
    return read_receipt(who)


def chooses_a_place(who: Visitor) -> None:
    """District, then village; where the list of villages comes with the next page, ask for it first."""
    who.sees_heading(words.WHERE_IS_IT)
    who.chooses(words.DISTRICT, words.PLACE)
    if not who.offers(words.VILLAGE, words.PLACE):
        who.presses(words.TO_THE_CHECK)
    who.chooses(words.VILLAGE, words.PLACE)


def read_receipt(who: Visitor) -> tuple[str, str]:
    """Number and access code of the receipt on the screen."""
    who.sees_heading(words.RECEIVED)
    shown = who.page.locator("main").inner_text()
    number, code = NUMBER.search(shown), CODE.search(shown)
    assert number, f"the receipt lacks a number:\n{shown}"
    assert code, f"the receipt lacks an access code:\n{shown}"
    return number.group(), code.group()
