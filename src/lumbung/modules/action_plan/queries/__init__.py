"""Every read of action plans."""

from lumbung.modules.action_plan.queries.clocks import (
    Clock,
    Freshness,
    clocks_of,
    filed_on,
    freshness_of,
    months_after,
)
from lumbung.modules.action_plan.queries.plans import (
    Card,
    Sheet,
    canonical_slug,
    card_of,
    cards_of,
    government_cards,
    plan_in,
    plan_in_the_making,
    plans_in,
    public_commitment,
    recorded_cards,
    sheet_of,
    terms,
    worked_cards,
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
    "filed_on",
    "freshness_of",
    "government_cards",
    "months_after",
    "plan_in",
    "plan_in_the_making",
    "plan_record",
    "plans_in",
    "programme_of",
    "public_commitment",
    "recorded_cards",
    "sheet_of",
    "terms",
    "worked_cards",
]
