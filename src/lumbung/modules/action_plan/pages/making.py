"""How a plan is drawn up, for everybody: stages, what is missing and who owes it, exceptions with their reasons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access import registry
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.pages.places import written_plan_here
from lumbung.modules.action_plan.queries import drafts, meetings, stages
from lumbung.modules.action_plan.queries.stages import TrackStanding


@public()
def making(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The stages of every member, the current one with its missing requirements."""
    plan = written_plan_here(request, plan_key)
    history = events.history_of("plan", plan.pk)
    context = {
        "plan": plan,
        "tracks": [shown_track(plan, standing) for standing in stages.tracks_of(plan)],
        "next_meeting": meetings.next_meeting(plan, now=clock.now()),
        "drafts": drafts.count_commitments(plan),
        "history": [(entry.on, entry.sentence) for entry in reversed(history)],
    }
    return render(request, "action_plan/making.html", context)


def shown_track(plan: Plan, standing: TrackStanding) -> dict[str, Any]:
    """What one track prints: its stages, the current one, and what that one lacks."""
    today = clock.local_day(clock.now())
    current = standing.current
    missing = stages.missing_of(plan, standing.member, current.stage, today=today) if current else []
    return {
        "standing": standing,
        "current": current,
        "missing": [(each.text, title_of_role(each.owes), each.route) for each in missing],
        "total": len(standing.stages),
    }


def title_of_role(key: str) -> Any:
    """How a role is called."""
    return registry.role(key).title
