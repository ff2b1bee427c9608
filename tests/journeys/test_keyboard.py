"""Somebody who uses no mouse sends a report with the keyboard alone, and always sees where they are."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys import words
from tests.journeys.sending import read_receipt
from tests.journeys.visitor import DESKTOP

pytestmark = pytest.mark.journey
TABS = 60
FOCUS_IS_SEEN = """() => {
  const thing = document.activeElement, style = getComputedStyle(thing);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
}"""
NAME_OF_FOCUS = """() => {
  const thing = document.activeElement;
  const label = thing.labels && thing.labels[0];
  const name = ((label ? label.innerText : thing.innerText) || thing.getAttribute('aria-label') || '').trim();
  return [name, thing.tagName];
}"""


def tab_to(page: Page, name: str, *kinds: str) -> None:
    """Press Tab until the focus stands on the thing of that name; every stop on the way can be seen."""
    passed = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        here, kind = page.evaluate(NAME_OF_FOCUS)
        assert page.evaluate(FOCUS_IS_SEEN), f"the focus cannot be seen on {here!r} of {page.url}"
        if here.startswith(name) and kind in kinds:
            return
        passed.append(here)
    raise AssertionError(f"Tab never comes to {name!r} on {page.url}; it passes {passed}")


def choose(page: Page, label: str, option: re.Pattern[str]) -> None:
    """Type the beginning of an option into a list that has the focus."""
    tab_to(page, label, "SELECT")
    texts = page.evaluate("() => [...document.activeElement.options].map(option => option.text)")
    page.keyboard.type(next(text for text in texts if option.search(text)), delay=0)


def pick(page: Page, option: str) -> None:
    """Tab into the set of choices, then go down it with the arrow to the one of that name."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    for _ in range(TABS):
        here, _kind = page.evaluate(NAME_OF_FOCUS)
        assert page.evaluate(FOCUS_IS_SEEN), f"the focus cannot be seen on {here!r} of {page.url}"
        if here.startswith(option):
            assert page.evaluate("() => document.activeElement.checked")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow never comes to {option!r} on {page.url}")


def go_on(page: Page, button: str) -> None:
    """Tab to the button and press it with Enter."""
    tab_to(page, button, "BUTTON", "INPUT")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_report_is_sent_with_the_keyboard_alone(visitor):
    tuti = visitor(screen=DESKTOP, name="tanpa-tetikus")
    tuti.opens("/ksb/laporan/kirim/")
    page = tuti.page
    page.keyboard.press("Tab")
    assert page.evaluate(NAME_OF_FOCUS) == [words.SKIP, "A"], "the first stop is the way past the menu"
    page.keyboard.press("Enter")
    tab_to(page, words.STORY, "TEXTAREA")
    page.keyboard.type("Jalan berlubang di depan sekolah.")
    pick(page, words.ROAD)
    go_on(page, words.TO_THE_PLACE)

    tuti.sees_heading(words.WHERE_IS_IT)
    choose(page, words.DISTRICT, words.PLACE)
    if not tuti.offers(words.VILLAGE, words.PLACE):
        go_on(page, words.TO_THE_CHECK)
    choose(page, words.VILLAGE, words.PLACE)
    go_on(page, words.TO_THE_CHECK)

    tuti.sees_heading(words.CHECK_AND_SEND)
    go_on(page, words.SEND)
    read_receipt(tuti)
