"""Plans of other installations as the page of a portal prints them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lumbung.modules.action_plan.pages import assessments, figures
from lumbung.modules.action_plan.queries import remote_plans
from lumbung.modules.action_plan.queries.remote_plans import FromElsewhere, RemoteCommitment, RemoteWord


def shown_plans(now: datetime) -> list[dict[str, Any]]:
    """Each plan with its commitments, and the doubt that belongs beside it."""
    return [_shown(each) for each in remote_plans.plans_from_elsewhere(now)]


def shown_commitments(slugs: Iterable[str], now: datetime) -> list[dict[str, Any]]:
    """Commitments of other installations a commitment of ours contributes to, each with its newest figure."""
    return [_row(found, each) | {"plan": found} for each, found in remote_plans.commitments_named(slugs, now)]


def _shown(found: FromElsewhere) -> dict[str, Any]:
    return {
        "plan": found.plan,
        "source": found.source,
        "item": found.shown.item,
        "is_here": found.is_here,
        "address": found.address,
        "entry_address": found.entry_address,
        "rows": [_row(found, each) for each in found.plan.commitments],
    }


def _row(found: FromElsewhere, each: RemoteCommitment) -> dict[str, Any]:
    first = found.headline(each)
    return {
        "commitment": each,
        "figure": first,
        "value": figures.in_words(first.value, first.unit) if first else "",
        "excluded": figures.counted_beside(first.excluded) if first else "",
        "said_tone": _tone(each.said),
        "found_tone": _tone(each.found),
    }


def _tone(word: RemoteWord | None) -> str:
    return assessments.TONES.get(word.key, "info") if word else "plain"
