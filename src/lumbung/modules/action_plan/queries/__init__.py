"""Every read of action plans."""

from lumbung.modules.action_plan.queries.clocks import Clock, Freshness, clocks_of, freshness_of, months_after
from lumbung.modules.action_plan.queries.filed import filed_on
from lumbung.modules.action_plan.queries.open_plans import OpenPlan, open_plans
from lumbung.modules.action_plan.queries.plans import (
    Card,
    Sheet,
    canonical_slug,
    card_of,
    cards_of,
    government_cards,
    plan_in,
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
    "OpenPlan",
    "Sheet",
    "canonical_slug",
    "card_of",
    "cards_of",
    "clocks_of",
    "filed_on",
    "freshness_of",
    "government_cards",
    "months_after",
    "open_plans",
    "plan_in",
    "plan_record",
    "plans_in",
    "programme_of",
    "public_commitment",
    "recorded_cards",
    "sheet_of",
    "terms",
    "worked_cards",
]
