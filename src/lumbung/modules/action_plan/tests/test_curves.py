"""How far a duration is drawn, what its sentence says, and what a month rests on."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from lumbung.core.indicators.queries import CurveStep
from lumbung.modules.action_plan.pages import curves


@dataclass(frozen=True)
class Whole:
    value: Decimal | None


@dataclass(frozen=True)
class Measured:
    newest: Any


def steps(*rows):
    return [CurveStep(days, at_risk, 1, share) for days, at_risk, share in rows]


@pytest.mark.parametrize(
    ("watched", "shown"),
    [
        (steps((5, 46, 0.9), (20, 21, 0.5), (60, 15, 0.3), (90, 2, 0.1)), 60),  # few, but drawn to the day of the law
        (steps((5, 400, 0.9), (120, 40, 0.2), (200, 3, 0.1)), 120),
        (steps((5, 9, 0.9), (30, 4, 0.4)), 30),  # nothing was watched longer
        (steps((5, 900, 0.9), (400, 30, 0.1)), 180),
    ],
)
def test_the_drawing_reaches_what_its_sentence_speaks_of(watched, shown):
    assert curves._days_shown(watched) == shown


def test_the_sentence_names_only_a_day_that_is_drawn(settings):
    watched = steps((5, 9, 0.9), (30, 4, 0.4))
    assert "30" in curves._finding(watched, Measured(Whole(None)), 30)
    assert "60" not in curves._finding(watched, Measured(Whole(None)), 30)


@pytest.mark.parametrize(("shown", "marked"), [(20, (0, 5, 10, 15, 20)), (60, (0, 10, 20, 30, 40, 50, 60))])
def test_days_are_marked_close_enough_to_read(shown, marked):
    assert curves._marked(shown) == marked
