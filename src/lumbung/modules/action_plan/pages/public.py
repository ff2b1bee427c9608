"""Pages anyone may open."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.modules.action_plan import permissions, queries
from lumbung.modules.action_plan.actions.reporting import period_of
from lumbung.modules.action_plan.documents import files, loaded, record
from lumbung.modules.action_plan.forms.monitoring import OverviewForm
from lumbung.modules.action_plan.models import FiledReport, Partner, Plan
from lumbung.modules.action_plan.pages import assessments, elsewhere, figures, intake_limits
from lumbung.modules.action_plan.queries import Card, Clock, clocks, lessons, printed, remarks, seals

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
    now = clock.now()
    submitted, drawn_up = queries.plans_in(portal), queries.open_plans(portal, now=now)
    found = next((each for each in submitted if monitored in {"", each.pk}), None)
    if found is None and monitored:
        raise Http404("plan")
    if found is None:
        nothing = {"open_plans": drawn_up, "elsewhere": elsewhere.shown_plans(now)}
        return render(request, "action_plan/no_plan.html", nothing)
    today = clock.local_day(now)
    cards = queries.cards_of(found, today=today)
    reports = queries.filed_on(found)
    form = OverviewForm(request.GET, plan=found, cards=cards)
    rows = [shown_card(card) for card in cards if form.shows(card)]
    context = {
        "plan": found,
        "front_key": submitted[0].pk,
        "open_plans": drawn_up,
        "elsewhere": elsewhere.shown_plans(now),
        "form": form,
        "groups": [
            (member, [row for row in rows if row["commitment"].member_id == member.pk])
            for member in found.members.all()
        ],
        "how_many": len(cards),
        "counted": counted(cards),
        "last_changed": max((card.freshness.since for card in cards), default=found.loaded_at),
        "canonical": queries.canonical_slug(found),
        "nightly": seals.nightly(),
        "clocks": monitor_clocks(found, cards, reports, today),
        "filed": reports,
        "earlier": [each for each in submitted if each.pk != found.pk],
        "lessons": lessons.lessons_before(found),
        "civil_society": [each for each in found.partners.all() if each.role == Partner.Role.CIVIL_SOCIETY],
        "monitors": [each for each in found.partners.all() if each.role == Partner.Role.MONITOR],
    }
    return render(request, "action_plan/plan.html", context)


def counted(cards: list[Card]) -> list[str]:
    """How many disagree, are silent, are stale, wait for their service; where nobody reported nothing can disagree."""
    trios = [card.trio for card in cards]
    apart, silent = sum(trio.disagrees for trio in trios), sum(trio.self_report is None for trio in trios)
    told = []
    if apart or silent < len(cards):
        told.append(_("%(apart)s where assessments disagree") % {"apart": formatting.number(apart)})
    if silent:
        told.append(_("%(silent)s not reported on by their agency yet") % {"silent": formatting.number(silent)})
    stale, waiting = sum(card.freshness.is_stale for card in cards), sum(card.headline is None for card in cards)
    told.append(_("%(stale)s without anything new for four months") % {"stale": formatting.number(stale)})
    told.append(_("%(waiting)s awaiting their service") % {"waiting": formatting.number(waiting)})
    return told


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
        "has_reported": card.sayings.reported_on is not None,
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
        "filed": sheet.filed,
        "history": history,
        "elsewhere": elsewhere.shown_commitments(sheet.unknown_targets, clock.now()),
        "today": today,
        "canonical": sheet.canonical,
        "data_portal": sheet.data_portal,
        "nightly": seals.nightly(),
        "enacted": printed.places_in_words(sheet.card.commitment) if _is_written(sheet) else [],
        "last_changed": sheet.card.freshness.since,
        "discussion": remarks.discussion_of(sheet.card.commitment),
        "works": may(viewer_of(request), permissions.DESK),
    }
    return render(request, "action_plan/commitment.html", context)


def _is_written(sheet: queries.Sheet) -> bool:
    return sheet.card.commitment.plan.origin == Plan.Origin.WRITTEN


def monitor_clocks(plan: Plan, cards: list[Card], filed: list[FiledReport], today: date) -> list[dict[str, Any]]:
    """Every report the monitoring body owes, in the order of their days: first ones by member, last ones by commitment.

    `cards` show whether public sources have a first one.
    """
    found = {card.commitment.member_id for card in cards if card.commitment.ambition}
    first = [each for each in filed if each.kind == FiledReport.Kind.INCEPTION]
    owed = [
        (
            clocks.inception_clock(
                plan, [row for row in first if row.member_id == each.pk], found=each.pk in found, today=today
            ),
            each.organisation.name,
        )
        for each in plan.members.all()
    ]
    for card in cards:
        last = clocks.end_clock(card.commitment, filed, today=today)
        owed += [(last, card.commitment.short)] if last else []
    return [shown_clock(each, about) for each, about in sorted(owed, key=lambda row: row[0].due_on)]


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
        "kind": "late" if each.standing == "overdue" or each.missed_on else "",
        "url": _address_of(each.filed) if each.filed else "",
        "url_label": each.filed.title if each.filed else "",
    }


def _address_of(report: FiledReport) -> str:
    if report.url or report.document is None:
        return report.url
    return reverse("files:document", kwargs={"file_id": report.document.pk})


def _clock_words(each: Clock) -> str:
    if each.missed_on is None:
        return _standing_words(each)
    missed = _("It was due on %(day)s and not filed when an amendment moved the last day of the commitment.")
    return " ".join((_standing_words(each), missed % {"day": formatting.date_medium(each.missed_on)}))


def _standing_words(each: Clock) -> str:
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


FILES: dict[str, tuple[Callable[[Plan, str], bytes], str]] = {
    "csv": (loaded.ogp_table, files.CONTENT_TYPES["csv"]),
    "docx": (loaded.docx, files.CONTENT_TYPES["docx"]),
    "pdf": (loaded.pdf_ua, files.CONTENT_TYPES["pdf"]),
}


@public()
def plan_file(request: HttpRequest, kind: str) -> HttpResponse:
    """A plan taken from public sources as a file; one drawn up here has its files where it is enacted."""
    found = _plan_or_404(request)
    if kind not in FILES or found.origin != Plan.Origin.LOADED:
        raise Http404("kind of file")
    intake_limits.count_download(request, now=clock.now())
    make, content_type = FILES[kind]
    answer = HttpResponse(make(found, formatting.language_now()), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.pk}.{kind}"'
    return answer


@public()
@readable_anywhere
def plan_json(request: HttpRequest) -> HttpResponse:
    """The plan as JSON: the record that is taken over again elsewhere, its proof, and what the pages tell of it."""
    found = _plan_or_404(request)
    cards = queries.recorded_cards(found, today=clock.local_day(clock.now()))
    content = record.published(found, queries.plan_record(found, cards), now=clock.now())
    return HttpResponse(content, content_type=files.CONTENT_TYPES["json"])
