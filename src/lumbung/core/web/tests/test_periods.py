"""Periods in the words of both languages; what is no time stays as it stands."""

import pytest
from django.utils import translation

from lumbung.core.web import periods

SAID = [
    ("2025", "2025", "2025", "2025"),
    ("2019", "2025", "2019–2025", "2019–2025"),
    ("2026-02", "2026-11", "Februari–November 2026", "February–November 2026"),
    ("2025-11", "2026-02", "November 2025–Februari 2026", "November 2025–February 2026"),
    ("2026-02", "2026-02", "Februari 2026", "February 2026"),
    ("2026-Q1", "2026-Q3", "Triwulan I–III 2026", "Quarter 1–3 2026"),
    ("2025-Q4", "2026-Q1", "Triwulan IV 2025–Triwulan I 2026", "Quarter 4 2025–Quarter 1 2026"),
    ("2026-03-03", "2026-03-14", "3–14 Maret 2026", "3–14 March 2026"),
    ("2026-03-03", "2026-05-01", "3 Maret–1 Mei 2026", "3 March–1 May 2026"),
    ("2025", "2026-02", "2025–Februari 2026", "2025–February 2026"),
    ("", "2026-02-30", "2026-02-30", "2026-02-30"),
]


@pytest.mark.parametrize(("first", "last", "indonesian", "english"), SAID)
def test_a_period_is_said_as_people_say_it(first, last, indonesian, english):
    assert periods.period(first, last, "id") == indonesian
    assert periods.period(first, last, "en") == english


def test_a_period_that_goes_on_says_since_when():
    with translation.override("id"):
        assert periods.period("2026-02") == "sejak Februari 2026"
