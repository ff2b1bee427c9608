"""What other installations are told of our plans: the plan as JSON, and the words its keys stand for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from lumbung.core.base import clock
from lumbung.core.base.declarations import FeedItem
from lumbung.core.indicators import registry as indicators
from lumbung.core.links import queries as links
from lumbung.core.links.models import Link
from lumbung.modules.action_plan.models import Plan, Term
from lumbung.modules.action_plan.queries import plans
from lumbung.modules.action_plan.queries.plans import Card
from lumbung.modules.action_plan.queries.records import plan_record

FEED = "action_plan"
LANGUAGES = ("id", "en")
Words = dict[str, str]


def feed_items(now: datetime) -> Iterator[FeedItem]:
    """Every submitted plan; one that only shows how it is done is nobody's promise and is not told."""
    known = Plan.objects.filter(submitted_on__isnull=False, is_illustration=False).order_by("pk")
    for plan in known.prefetch_related("members__organisation", "partners"):
        yield _item(plan, plans.recorded_cards(plan, today=clock.local_day(now)))


def why_gone(key: str) -> Words:
    """Why a plan that was told is told no longer."""
    plan = Plan.objects.filter(pk=key).first()
    if plan is None:
        return _spoken(gettext_lazy("This plan is no longer kept at the installation that told it."))
    if plan.is_illustration:
        return _spoken(gettext_lazy("It shows how a plan is drawn up; no government has decided it."))
    return _spoken(gettext_lazy("Its submission to OGP was taken back."))


def _item(plan: Plan, cards: list[Card]) -> FeedItem:
    lead = next((each.organisation_id for each in plan.members.all() if each.is_lead), "")
    slug = plans.canonical_slug(plan)
    with translation.override("id"):
        path = reverse("action_plan:plan", kwargs={"portal_slug": slug}) if slug else ""
    body = {
        "plan": plan_record(plan, cards),
        "contributes_to": links.targets_of(
            "commitment", [card.commitment.pk for card in cards], Link.Kind.CONTRIBUTES_TO, "commitment"
        ),
        "governments": {each.organisation_id: _name_of(each.organisation) for each in plan.members.all()},
        "indicators": _indicators(cards),
        "words": _words(),
    }
    return FeedItem(plan.pk, {"id": plan.title_id, "en": plan.title_en}, lead, path, body)


def _name_of(organisation: Any) -> Words:
    return {"id": organisation.name_id, "en": organisation.name_en}


def _indicators(cards: Iterable[Card]) -> dict[str, Mapping[str, Any]]:
    """The name and unit of each figure, so that a reader need not know it."""
    keys = {figure.newest.indicator_key for card in cards for figure in card.figures}
    declared = {key: indicators.get(key) for key in sorted(keys)}
    return {key: {"short": _spoken(each.short), "unit": each.unit} for key, each in declared.items()}


def _spoken(label: Any) -> Words:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(label)
    return told


def _words() -> dict[str, Words]:
    """What the keys of assessments mean."""
    scales = (Term.Scale.COMPLETION, Term.Scale.AMBITION)
    rows = Term.objects.filter(scale__in=scales).order_by("scale", "edition", "position")
    return {f"{row.scale}/{row.key}": {"id": row.label_id, "en": row.label_en} for row in rows}
