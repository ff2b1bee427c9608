"""The desk of monitoring: what waits for whom, and one page for each commitment."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed
from lumbung.modules.action_plan import permissions, queries
from lumbung.modules.action_plan.actions import monitor_parts as actions
from lumbung.modules.action_plan.actions.reporting import period_of
from lumbung.modules.action_plan.forms.monitoring import DecisionForm
from lumbung.modules.action_plan.models import Commitment, Plan, PlanMember
from lumbung.modules.action_plan.pages import assessments
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to
from lumbung.modules.action_plan.pages.public import monitor_clocks
from lumbung.modules.action_plan.queries import clocks, evidence, lessons, monitor_parts, remarks
from lumbung.modules.action_plan.queries import monitoring as known
from lumbung.modules.action_plan.queries.monitoring import Sayings


def plan_here(request: HttpRequest, plan_key: str) -> Plan:
    """Any plan of which this portal's government is a member."""
    plan = known.plan_to_monitor(portal_of(request).government_id, plan_key)
    if plan is None:
        raise Http404("plan")
    return plan


def commitment_here(request: HttpRequest, plan_key: str, slug: str) -> Commitment:
    """A commitment of such a plan."""
    found = known.commitment_for_work(plan_here(request, plan_key).pk, slug)
    if found is None:
        raise Http404("commitment")
    return found


@never_cache
@needs(permissions.DESK)
def monitoring(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Every commitment with what waits, the reports that are due, the lessons."""
    plan, today, viewer = plan_here(request, plan_key), clock.local_day(clock.now()), viewer_of(request)
    is_submitted = plan.submitted_on is not None
    cards = queries.worked_cards(plan, today=today) if is_submitted else []
    reports = queries.filed_on(plan) if is_submitted else []
    context = {
        "plan": plan,
        "rows": [
            {
                "commitment": card.commitment,
                "trio": assessments.shown_trio(card),
                "waits": card.sayings.waiting is not None,
                "replies": bool(card.sayings.replies_due(today)),
                "freshness": card.freshness,
            }
            for card in cards
        ],
        "clocks": monitor_clocks(plan, cards, reports, today) if is_submitted else [],
        "filed": reports,
        "files": _files_for(viewer, plan) if is_submitted else [],
        "lessons": lessons.lessons_of(plan),
        "unnamed": [(each, _chaired(viewer, plan)) for each in monitor_parts.unnamed(plan)],
        "manages": permissions.role_in_plan(viewer, permissions.MANAGE, plan) is not None,
    }
    return render(request, "action_plan/monitoring.html", context)


def _chaired(viewer: Viewer, plan: Plan) -> list[PlanMember]:
    """The members in whose name this viewer says who monitors."""
    members = plan.members.select_related("organisation")
    return [each for each in members if permissions.role_in_member(viewer, permissions.APPROVE, each)]


@needs(permissions.APPROVE, "POST")
def name_part(request: HttpRequest, plan_key: str, partner_id: int, track: str) -> HttpResponse:
    """The chair says that a body monitors the part of this member."""
    plan = plan_here(request, plan_key)
    partner, member = monitor_parts.unnamed_by_id(plan, partner_id), member_here(plan, track)
    if partner is None or member is None:
        raise Http404("monitor")
    step = partial(actions.name_part, partner=partner, member=member, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Said. The body may assess this part now."))
    return to(request, "monitoring", plan_key=plan.pk)


def _files_for(viewer: Viewer, plan: Plan) -> list[PlanMember]:
    """Members whose part of the plan this viewer monitors."""
    members = plan.members.select_related("organisation")
    return [member for member in members if permissions.role_as_monitor(viewer, plan, member)]


@never_cache
@needs(permissions.DESK)
def work(request: HttpRequest, monitored: str, slug: str) -> HttpResponse:
    """One commitment, with the forms of whoever is looking."""
    return shown_work(request, commitment_here(request, monitored, slug), DecisionForm())


def shown_work(request: HttpRequest, commitment: Commitment, decision: DecisionForm) -> HttpResponse:
    """That page; a decision that could not be taken stands in it, with what was typed."""
    today, sayings = clock.local_day(clock.now()), known.sayings_of(commitment)
    card = queries.card_of(commitment, today=today)
    context = {
        "plan": commitment.plan,
        "commitment": commitment,
        "trio": assessments.shown_trio(card),
        "sayings": sayings,
        "period_of": period_of,
        "waiting": sayings.waiting,
        "returned": [
            each for each in sayings.self_reports if hasattr(each, "decision") and not known.is_approved(each)
        ],
        "proofs": evidence.proofs_of(commitment),
        "may": _rights(viewer_of(request), commitment),
        "replyable": _replyable(sayings),
        "decision_form": decision,
        "unanswered": remarks.unanswered(commitment),
        "today": today,
        "last_day": clocks.last_day(commitment),
    }
    status = UNPROCESSABLE if decision.is_bound else 200
    return render(request, "action_plan/monitoring_work.html", context, status=status)


def _rights(viewer: Viewer, commitment: Commitment) -> dict[str, bool]:
    reports = permissions.role_in_charge(viewer, permissions.REPORT, commitment) is not None
    assesses = permissions.role_as_monitor(viewer, commitment.plan, commitment.member) is not None
    notes = permissions.role_outside(viewer) is not None
    heads = permissions.role_in_charge(viewer, permissions.APPROVE_REPORT, commitment) is not None
    return {
        "report": reports,
        "approve": heads,
        "reply": heads,
        "assess": assesses,
        "note": notes,
        "evidence": reports or assesses or notes,
    }


def _replyable(sayings: Sayings) -> list[tuple[str, Any, str]]:
    """What nobody has replied to yet."""
    rows: list[tuple[str, Any, str]] = [("penilaian", each, each.get_kind_display()) for each in sayings.assessments]
    rows += [("catatan", each, _("Note of %(name)s") % {"name": each.organisation.name}) for each in sayings.notes]
    return [row for row in rows if not list(row[1].replies.all())]
