"""What other installations are told: each plan as JSON with the words its keys stand for, and each figure by itself.

A plan names the figures that measure its commitments; their values are records of their own (ADR 25), so that a plan
is only told again when something of it changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from lumbung.core.base import clock
from lumbung.core.base.declarations import FeedItem
from lumbung.core.indicators import words
from lumbung.core.indicators.queries import Figure
from lumbung.core.links import queries as links
from lumbung.core.links.models import Link
from lumbung.modules.action_plan.models import Plan, Term
from lumbung.modules.action_plan.queries import plans, records
from lumbung.modules.action_plan.queries.plans import Card

FEED, FIGURES = "action_plan", "action_plan_figures"
LANGUAGES = ("id", "en")
Words = dict[str, str]


def feed_items(now: datetime) -> Iterator[FeedItem]:
    """Every submitted plan; one that only shows how it is done is nobody's promise and is not told."""
    for plan in _told():
        yield _item(plan, plans.recorded_cards(plan, today=clock.local_day(now)))


def why_gone(key: str) -> Words:
    """Why a plan that was told is told no longer."""
    plan = Plan.objects.filter(pk=key).first()
    if plan is None:
        return _spoken(gettext_lazy("This plan is no longer kept at the installation that told it."))
    if plan.is_illustration:
        return _spoken(gettext_lazy("It shows how a plan is drawn up; no government has decided it."))
    return _spoken(gettext_lazy("Its submission to OGP was taken back."))


def why_figure_gone(_key: str) -> Words:
    """Why a figure that was told is told no longer."""
    return _spoken(gettext_lazy("The table behind it was withdrawn, or no commitment is measured by it any more."))


def figure_items(now: datetime) -> Iterator[FeedItem]:
    """The newest figure of each indicator that measures a commitment of these plans; one withdrawn is not told."""
    known: dict[str, FeedItem] = {}
    for plan in _told():
        for card in plans.recorded_cards(plan, today=clock.local_day(now)):
            for figure in card.figures:
                item = _figure_item(card.commitment.member.organisation_id, figure)
                known.setdefault(item.id, item)
    yield from (known[key] for key in sorted(known))


def figure_id(indicator: str, place: str) -> str:
    """What a figure is called in its feed: "reports.on_time_share:52.07"."""
    return f"{indicator}:{place}"


def called(figure: str) -> str:
    """What people call a figure of the feed: its title and place."""
    indicator, _colon, place = figure.partition(":")
    return f"{words.said_indicator(indicator)}, {words.said_place(place)}"


def _told() -> Iterable[Plan]:
    known = Plan.objects.filter(submitted_on__isnull=False, is_illustration=False).order_by("pk")
    return known.prefetch_related("members__organisation", "partners")


def _item(plan: Plan, cards: list[Card]) -> FeedItem:
    lead = next((each.organisation_id for each in plan.members.all() if each.is_lead), "")
    slug = plans.canonical_slug(plan)
    with translation.override("id"):
        path = reverse("action_plan:plan", kwargs={"portal_slug": slug}) if slug else ""
    body = {
        "plan": _without_values(records.plan_record(plan, cards), cards),
        "contributes_to": links.targets_of(
            "commitment", [card.commitment.pk for card in cards], Link.Kind.CONTRIBUTES_TO, "commitment"
        ),
        "governments": {each.organisation_id: _name_of(each.organisation) for each in plan.members.all()},
        "words": _words(),
    }
    return FeedItem(plan.pk, {"id": plan.title_id, "en": plan.title_en}, lead, path, body)


def _without_values(record: dict[str, Any], cards: Sequence[Card]) -> dict[str, Any]:
    """The record of a plan in which each commitment only names its figures."""
    told = [
        each | {"figures": [figure_id(one.newest.indicator_key, one.newest.place) for one in card.figures]}
        for each, card in zip(record["commitments"], cards, strict=True)
    ]
    return record | {"commitments": told}


def _figure_item(government: str, figure: Figure) -> FeedItem:
    newest, declared = figure.newest, figure.indicator
    body = records.figure_record(figure) | {
        "place": newest.place,
        "unit": declared.unit,
        "better": declared.better,
        "short": _spoken(declared.short),
        "definition": _spoken(declared.definition),
    }
    title, item = _spoken(declared.title), figure_id(newest.indicator_key, newest.place)
    return FeedItem(item, title, government, "", body)


def _name_of(organisation: Any) -> Words:
    return {"id": organisation.name_id, "en": organisation.name_en}


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
