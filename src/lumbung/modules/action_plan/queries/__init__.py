"""Every read of action plans."""

from lumbung.modules.action_plan.queries.clocks import Clock, Freshness, clocks_of, freshness_of, months_after
from lumbung.modules.action_plan.queries.plans import (
    Card,
    Sheet,
    canonical_slug,
    cards_of,
    government_cards,
    plan_in,
    plan_in_the_making,
    recorded_cards,
    sheet_of,
    terms,
)
from lumbung.modules.action_plan.queries.records import plan_record

__all__ = [
    "Card",
    "Clock",
    "Freshness",
    "Sheet",
    "canonical_slug",
    "cards_of",
    "clocks_of",
    "freshness_of",
    "government_cards",
    "months_after",
    "plan_in",
    "plan_in_the_making",
    "plan_record",
    "recorded_cards",
    "sheet_of",
    "terms",
]
