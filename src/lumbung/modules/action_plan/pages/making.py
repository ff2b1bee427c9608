"""How a plan is drawn up, for everybody: stages, what is missing and who owes it, exceptions with their reasons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access import registry
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.events.queries import HistoryEntry
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.pages.places import written_plan_here
from lumbung.modules.action_plan.queries import (
    consultations,
    invitations,
    meetings,
    roadmaps,
    stages,
    standing_behind,
    withdrawals,
)
from lumbung.modules.action_plan.queries.stages import StageStanding, TrackStanding

NEWEST = 8
# Each idea, comment and saved draft is told where it is read.
ON_THEIR_OWN_PAGES = frozenset({"action_plan.draft_begun", "action_plan.draft_saved", "action_plan.words_cleared"})


# Where everybody sees what a requirement asks for, beside the page of the desk on which it is brought.
SEEN_AT = {
    "amendments-desk": "enactment",
    "clearing": "ideas",
    "consultation-desk": "consultations",
    "drafts": "public-drafts",
    "enactment-desk": "enactment",
    "forum-desk": "forum",
    "hidden-desk": "hidden",
    "ideas": "ideas",
    "submission-desk": "enactment",
    "web-form": "enactment",
}


@public()
def making(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The stages of every member, the current one with its missing requirements."""
    plan = written_plan_here(request, plan_key)
    everything = events.history_of("plan", plan.pk)
    told = [entry for entry in everything if entry.key not in ON_THEIR_OWN_PAGES]
    told.reverse()  # of one day, too, the newest stands first
    told.sort(key=lambda entry: entry.on, reverse=True)
    history = [{"at": entry.on, "title": entry.sentence} for entry in told]
    context = {
        "plan": plan,
        "tracks": shown_tracks(plan, everything),
        "tests": consultations.open_tests(plan, today=clock.local_day(clock.now())),
        "next_meeting": meetings.next_meeting(plan, now=clock.now()),
        "withdrawals": [
            (each, title_of_role(each.asked_role), title_of_role(each.decided_role) if each.decided_role else "")
            for each in withdrawals.withdrawals_of(plan)
        ],
        "invitations": [standing_behind.invitation(each) for each in invitations.invitations_to(plan)],
        "newest": history[:NEWEST],
        "older": history[NEWEST:],
        "changed_on": told[0].on if told else plan.loaded_at,
    }
    return render(request, "action_plan/making.html", context)


def shown_tracks(plan: Plan, everything: Sequence[HistoryEntry]) -> list[dict[str, Any]]:
    """Every track, with the days that were announced for its stages before."""
    earlier = roadmaps.earlier_announcements(everything)
    return [shown_track(plan, standing) | {"earlier": earlier} for standing in stages.tracks_of(plan)]


def shown_track(plan: Plan, standing: TrackStanding) -> dict[str, Any]:
    """What one track prints: its stages, the current one, and what that one lacks."""
    today = clock.local_day(clock.now())
    current = standing.current
    missing = stages.missing_of(plan, standing.member, current.stage, today=today) if current else []
    return {
        "standing": standing,
        "current": current,
        "missing": [(each.text, title_of_role(each.owes), each.route, SEEN_AT.get(each.route, "")) for each in missing],
        "behind": {one.pk: standing_behind.exception(one) for each in standing.stages for one in each.exceptions},
        "only_words": bool(missing) and not stages.apart_from_words(missing),
        "total": len(standing.stages),
        "is_late": plan.withdrawn_at is None and _is_late(current, today),
    }


def _is_late(current: StageStanding | None, today: date) -> bool:
    """Whether the stage the track is in should have ended by what was announced."""
    return current is not None and current.announced is not None and current.announced.ends_on < today


def title_of_role(key: str) -> Any:
    """How a role is called."""
    return registry.role(key).title
