"""What a portal's home shows of modules other than reports: promises with their figures, and the newest data."""

from datetime import datetime
from typing import Any

from lumbung.core.base import clock
from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators import registry
from lumbung.core.indicators.queries import Figure
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import queries as plans
from lumbung.modules.action_plan.pages import figures
from lumbung.modules.action_plan.pages.public import shown_card
from lumbung.modules.action_plan.queries import Card
from lumbung.modules.open_data.queries import catalogue
from lumbung.modules.reports.datasets import REPORTS_PUBLIC

MOST_NUMBERS = 3
MOST_LISTED = 5


def evidence(portal: Portal, *, now: datetime) -> dict[str, Any]:
    """This government's commitments and tables, in the shape of `site/home_evidence.html`."""
    today, has_plans = clock.local_day(now), "action_plan" in portal.modules
    cards = plans.government_cards(portal, today=today) if has_plans else []
    return {
        "commitments": [shown_card(card) for card in _measured_first(cards)],
        "numbers": _numbers(cards, portal),
        "open_plans": plans.open_plans(portal, now=now) if has_plans else [],
        "plan": cards[0].commitment.plan if cards else None,
        "listings": list(catalogue.listed(portal)[:MOST_LISTED]) if "open_data" in portal.modules else [],
    }


def _measured_first(cards: list[Card]) -> list[Card]:
    """What can be checked stands above what waits for its service; otherwise the plan's own order."""
    return sorted(cards, key=lambda card: card.headline is None)


def _numbers(cards: list[Card], portal: Portal) -> list[dict[str, Any]]:
    """How this portal's service does: the figures of the commitment that promises it, else those of its tables."""
    card = next((card for card in cards if card.headline and _is_of_reports(card.headline)), None)
    known = card.figures if card else _figures_of(portal)
    return [
        {
            "commitment": card.commitment if card else None,
            "title": figure.indicator.title,
            "value": figures.value_words(figure, figure.newest),
            "spark": figures.spark(figure),
            "newest": figure.newest,
        }
        for figure in known[:MOST_NUMBERS]
    ]


def _is_of_reports(figure: Figure) -> bool:
    return figure.indicator.dataset_key == REPORTS_PUBLIC.key


def _figures_of(portal: Portal) -> tuple[Figure, ...]:
    if "open_data" not in portal.modules:
        return ()
    found = indicators.figures((each.key, portal.region_id) for each in registry.of_dataset(REPORTS_PUBLIC.key))
    known = [figure for figure in found.values() if figure.newest.n]
    return tuple(sorted(known, key=lambda figure: figure.indicator.unit != "share"))
