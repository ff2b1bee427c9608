"""Every read of action plans."""

from lumbung.modules.action_plan.queries.clocks import Clock, Freshness, clocks_of, freshness_of, months_after
from lumbung.modules.action_plan.queries.plans import (
    Card,
    Sheet,
    canonical_slug,
    card_of,
    cards_of,
    earlier_plans_of,
    filed_on,
    government_cards,
    plan_in,
    plan_in_the_making,
    public_commitment,
    recorded_cards,
    sheet_of,
    terms,
    was_assessed,
)
from lumbung.modules.action_plan.queries.programme import programme_of
from lumbung.modules.action_plan.queries.records import plan_record

__all__ = [
    "Card",
    "Clock",
    "Freshness",
    "Sheet",
    "canonical_slug",
    "card_of",
    "cards_of",
    "clocks_of",
    "earlier_plans_of",
    "filed_on",
    "freshness_of",
    "government_cards",
    "months_after",
    "plan_in",
    "plan_in_the_making",
    "plan_record",
    "programme_of",
    "public_commitment",
    "recorded_cards",
    "sheet_of",
    "terms",
    "was_assessed",
]
