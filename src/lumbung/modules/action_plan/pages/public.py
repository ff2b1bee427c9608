"""Pages anyone may open."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.modules.action_plan import queries
from lumbung.modules.action_plan.actions.reporting import period_of
from lumbung.modules.action_plan.forms.monitoring import OverviewForm
from lumbung.modules.action_plan.models import Partner, Plan
from lumbung.modules.action_plan.pages import assessments, elsewhere, figures
from lumbung.modules.action_plan.queries import Card, Clock, clocks, lessons, printed, remote_plans, seals

LATEST = 20


def _plan_or_404(request: HttpRequest) -> Plan:
    plan = queries.plan_in(portal_of(request))
    if plan is None:
        raise Http404("plan")
    return plan


@public()
def plan(request: HttpRequest, monitored: str = "") -> HttpResponse:
    """The plan: every commitment on one screen, with figure, assessments, trend and freshness."""
    portal = portal_of(request)
    submitted, next_plan = queries.plans_in(portal), queries.plan_in_the_making(portal)
    found = next((each for each in submitted if monitored in {"", each.pk}), None)
    if found is None and monitored:
        raise Http404("plan")
    if found is None:
        nothing = {"next_plan": next_plan, "elsewhere": elsewhere.shown_plans(clock.now())}
        return render(request, "action_plan/no_plan.html", nothing)
    now = clock.now()
    today = clock.local_day(now)
    cards = queries.cards_of(found, today=today)
    form = OverviewForm(request.GET, plan=found, cards=cards)
    rows = [shown_card(card) for card in cards if form.shows(card)]
    context = {
        "plan": found,
        "next_plan": next_plan,
        "elsewhere": elsewhere.shown_plans(now),
        "form": form,
        "groups": [
            (member, [row for row in rows if row["commitment"].member_id == member.pk])
            for member in found.members.all()
        ],
        "counted": counted(cards),
        "canonical": queries.canonical_slug(found),
        "nightly": seals.nightly(),
        "clocks": monitor_clocks(found, cards, today),
        "earlier": [each for each in submitted if each.pk != found.pk],
        "lessons": lessons.lessons_before(found),
        "civil_society": [each for each in found.partners.all() if each.role == Partner.Role.CIVIL_SOCIETY],
        "monitors": [each for each in found.partners.all() if each.role == Partner.Role.MONITOR],
    }
    return render(request, "action_plan/plan.html", context)


def counted(cards: list[Card]) -> dict[str, int]:
    """How many commitments there are, are stale, disagree, and wait for their service."""
    return {
        "all": len(cards),
        "stale": sum(card.freshness.is_stale for card in cards),
        "apart": sum(card.trio.disagrees for card in cards),
        "waiting": sum(card.headline is None for card in cards),
    }


def shown_card(card: Card) -> dict[str, Any]:
    """What one row of a list of commitments prints."""
    headline = card.headline
    return {
        "commitment": card.commitment,
        "freshness": card.freshness,
        "headline": headline,
        "value": figures.value_words(headline, headline.newest) if headline else "",
        "spark": figures.spark(headline) if headline else None,
        "trio": assessments.shown_trio(card),
        "course": assessments.course(card),
    }


@public()
def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """One commitment: three assessments with what sets them apart on top, evidence, milestones, notes and replies."""
    today = clock.local_day(clock.now())
    sheet = queries.sheet_of(portal_of(request), slug, today=today)
    if sheet is None:
        raise Http404("commitment")
    shown = [figures.shown(figure) for figure in sheet.card.figures]
    happened = events.newest_about([("commitment", slug)], of_part="action_plan", most=LATEST)
    history = [{"at": found.entry.on, "title": found.entry.sentence} for found in happened]
    context = {
        "plan": sheet.card.commitment.plan,
        "sheet": sheet,
        "card": sheet.card,
        "commitment": sheet.card.commitment,
        "trio": assessments.shown_trio(sheet.card),
        "period_of": period_of,
        "figures": shown,
        "drawn": assessments.drawn_milestones(sheet.card, today),
        "programme": [{"label": label, "value": value} for label, value in queries.programme_of(sheet.card.commitment)],
        "clocks": [shown_clock(each) for each in sheet.clocks],
        "history": history,
        "elsewhere": remote_plans.commitments_named(sheet.unknown_targets, clock.now()),
        "today": today,
        "canonical": sheet.canonical,
        "data_portal": sheet.data_portal,
        "nightly": seals.nightly(),
        "enacted": printed.places_in_words(sheet.card.commitment) if _is_written(sheet) else [],
        "last_changed": _last_changed(sheet.card),
    }
    return render(request, "action_plan/commitment.html", context)


def _is_written(sheet: queries.Sheet) -> bool:
    return sheet.card.commitment.plan.origin == Plan.Origin.WRITTEN


def _last_changed(card: Card) -> date:
    """The day on which something on the page last changed."""
    known = [card.commitment.plan.loaded_at, *(figure.newest.computed_at for figure in card.figures)]
    known += [each.written_at for each in (*card.sayings.self_reports, *card.sayings.assessments, *card.sayings.notes)]
    return max(known)


def monitor_clocks(plan: Plan, cards: list[Card], today: date) -> list[dict[str, Any]]:
    """The first reports the monitoring body owes, one for each member; `cards` show whether public sources have one."""
    filed, found = queries.filed_on(plan), any(card.commitment.ambition for card in cards)
    return [
        shown_clock(
            clocks.inception_clock(
                plan, [each for each in filed if each.member_id == member.pk], found=found, today=today
            ),
            member.organisation.name,
        )
        for member in plan.members.all()
    ]


def shown_clock(each: Clock, about: str = "") -> dict[str, Any]:
    """One report somebody owes, as a line of a timeline."""
    titles = {
        "inception": _("First report of the independent body"),
        "end": _("End-of-commitment report of the independent body"),
    }
    return {
        "at": each.due_on,
        "title": f"{titles[each.kind]}: {about}" if about else titles[each.kind],
        "detail": _clock_words(each),
        "kind": "late" if each.standing == "overdue" else "",
        "url": each.filed.url if each.filed else "",
        "url_label": each.filed.title if each.filed else "",
    }


def _clock_words(each: Clock) -> str:
    if each.filed is not None:
        told = {"day": formatting.date_medium(each.filed.filed_on), "body": each.filed.organisation.name}
        return (
            _("Filed late, on %(day)s, by %(body)s.") if each.is_late else _("Filed on %(day)s by %(body)s.")
        ) % told
    if each.standing == "found":
        return _("Found; the day it appeared was not.")
    if each.standing == "overdue":
        return _("Past its due date; not filed here and not found in public sources.")
    return _("Running.")


@public()
def plan_json(request: HttpRequest) -> HttpResponse:
    """The plan as JSON."""
    found = _plan_or_404(request)
    cards = queries.recorded_cards(found, today=clock.local_day(clock.now()))
    answer = JsonResponse(queries.plan_record(found, cards), json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
