"""Pages anyone may open."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.action_plan import queries
from lumbung.modules.action_plan.models import Partner, Plan
from lumbung.modules.action_plan.pages import figures
from lumbung.modules.action_plan.queries import Card, printed, seals


def _plan_or_404(request: HttpRequest) -> Plan:
    plan = queries.plan_in(portal_of(request))
    if plan is None:
        raise Http404("plan")
    return plan


@public()
def plan(request: HttpRequest) -> HttpResponse:
    """The plan: every commitment on one screen, with figure, assessment and freshness."""
    found, next_plan = queries.plan_in(portal_of(request)), queries.plan_in_the_making(portal_of(request))
    if found is None:
        return render(request, "action_plan/no_plan.html", {"next_plan": next_plan})
    cards = queries.cards_of(found, today=clock.local_day(clock.now()))
    groups = [
        (member, [shown_card(card) for card in cards if card.commitment.member_id == member.pk])
        for member in found.members.all()
    ]
    context = {
        "plan": found,
        "next_plan": next_plan,
        "groups": groups,
        "canonical": queries.canonical_slug(found),
        "seal": seals.seal_of(found),
        "civil_society": [each for each in found.partners.all() if each.role == Partner.Role.CIVIL_SOCIETY],
        "monitors": [each for each in found.partners.all() if each.role == Partner.Role.MONITOR],
    }
    return render(request, "action_plan/plan.html", context)


def shown_card(card: Card) -> dict[str, Any]:
    """What one row of a list of commitments prints."""
    headline = card.headline
    return {
        "commitment": card.commitment,
        "freshness": card.freshness,
        "headline": headline,
        "value": figures.value_words(headline, headline.newest) if headline else "",
        "spark": figures.spark(headline) if headline else None,
    }


@public()
def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """One commitment: problem, start, institutions, steps, three assessments, figures anyone can recompute."""
    sheet = queries.sheet_of(portal_of(request), slug, today=clock.local_day(clock.now()))
    if sheet is None:
        raise Http404("commitment")
    context = {
        "plan": sheet.card.commitment.plan,
        "sheet": sheet,
        "commitment": sheet.card.commitment,
        "figures": [figures.shown(figure) for figure in sheet.card.figures],
        "today": clock.local_day(clock.now()),
        "canonical": sheet.canonical,
        "data_portal": sheet.data_portal,
        "seal": seals.seal_of_commitment(sheet.card.commitment.plan, slug),
        "enacted": printed.places_in_words(sheet.card.commitment) if _is_written(sheet) else [],
    }
    return render(request, "action_plan/commitment.html", context)


def _is_written(sheet: queries.Sheet) -> bool:
    return sheet.card.commitment.plan.origin == Plan.Origin.WRITTEN


@public()
def plan_json(request: HttpRequest) -> HttpResponse:
    """The plan as JSON."""
    found = _plan_or_404(request)
    cards = queries.recorded_cards(found, today=clock.local_day(clock.now()))
    answer = JsonResponse(queries.plan_record(found, cards), json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
