"""What a portal's home shows of modules other than reports: promises with their figures, and the newest data."""

from datetime import date
from typing import Any

from lumbung.core.datasets import queries as datasets
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import queries as plans
from lumbung.modules.action_plan.pages.public import shown_card


def evidence(portal: Portal, *, today: date) -> dict[str, Any]:
    """This government's commitments and tables, in the shape of `site/home_evidence.html`."""
    cards = plans.government_cards(portal, today=today) if "action_plan" in portal.modules else []
    shelves = datasets.shelves_at(portal.region_id) if "datasets" in portal.modules else []
    return {
        "commitments": [shown_card(card) for card in cards],
        "plan": cards[0].commitment.plan if cards else None,
        "shelves": [(shelf, shelf.is_up_to_date(today)) for shelf in shelves if shelf.newest],
    }
