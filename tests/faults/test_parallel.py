"""Many at once: 0 lost, 0 duplicate numbers; the same draft twice is one report."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import citizen
from tests.faults import conditions
from tests.http_client import Browser

pytestmark = pytest.mark.fault

AT_ONCE = 50


def test_fifty_parallel_submits_lose_nothing_and_repeat_no_number(served):
    before = set(conditions.numbers(served))

    def fill(place: int):
        return citizen.fill_in(Browser(served.port, address=f"10.9.0.{place + 1}"), portal="ksb", text=f"Jalan {place}")

    with ThreadPoolExecutor(8) as few:
        screens = list(few.map(fill, range(AT_ONCE)))
    with ThreadPoolExecutor(AT_ONCE) as all_at_once:
        answers = list(all_at_once.map(lambda screen: screen.press(), screens))
    given = [citizen.number_in(answer) for answer in answers]

    assert [(page.status, page.text[:500]) for page, number in zip(answers, given, strict=True) if not number] == []
    assert len(set(given)) == AT_ONCE
    new = set(conditions.numbers(served)) - before
    assert {"lost": set(given) - new, "not given to anyone": new - set(given)} == {
        "lost": set(),
        "not given to anyone": set(),
    }
    assert conditions.half_reports(served) == []


def test_the_same_draft_sent_ten_times_at_once_is_one_report(served):
    before = len(conditions.numbers(served))
    screen = citizen.fill_in(Browser(served.port), portal="ksb", text="Jalan berlubang di depan SDN 1")

    with ThreadPoolExecutor(10) as impatient:
        given = set(impatient.map(lambda _press: screen.send(), range(10)))

    assert len(given) == 1
    assert "" not in given
    assert len(conditions.numbers(served)) == before + 1
