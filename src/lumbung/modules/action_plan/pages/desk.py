"""The desk of those who draw a plan up: where it stands, and the next step."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import plans, stages
from lumbung.modules.action_plan.actions.plans import PlanFacts
from lumbung.modules.action_plan.forms.stages import BeginForm, ExceptionForm, RoadmapForm
from lumbung.modules.action_plan.models import Plan, PlanMember, StageException
from lumbung.modules.action_plan.pages.inviting import shown_invitations
from lumbung.modules.action_plan.pages.making import shown_track
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to, written_plan_here
from lumbung.modules.action_plan.pages.withdrawing import shown_withdrawal
from lumbung.modules.action_plan.queries import invitations, roadmaps
from lumbung.modules.action_plan.queries import plans as known
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries.stages import TrackStanding

# Pages a requirement may name that not everybody at the desk can open.
ROUTES_OF = {permissions.MANAGE: {"roadmap"}, permissions.CONSULT: {"clearing", "consultation-desk"}}


@never_cache
@needs(permissions.DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """The plans this government draws up."""
    government = portal_of(request).government_id
    found = [(plan, standings.tracks_of(plan)) for plan in standings.written_plans_of(government)]
    may_begin = known.may_begin_plan(viewer_of(request), government)
    asked = invitations.waiting_for(government)
    context = {
        "plans": found,
        "asked": asked,
        "may_begin": may_begin,
        "monitored": known.submitted_plans(portal_of(request)),
    }
    return render(request, "action_plan/desk.html", context)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    government = portal_of(request).government_id
    form = BeginForm(
        request.POST or None, partners=known.possible_partners(government), earlier=known.earlier_plans(government)
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        members = {known.government(government): told["template"]}
        if told["partner"]:
            members[told["partner"]] = told["partner_template"] or told["template"]
        names = ("key", "title_id", "title_en", "starts_on", "ends_on", "follows")
        facts = PlanFacts(members=members, **{name: told[name] for name in names})
        step = partial(plans.begin_plan, facts=facts, by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("The plan was begun. Publish its roadmap next.")):
            return to(request, "plan-desk", plan_key=facts.key)
    return render(request, "action_plan/begin.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.DESK)
def plan_desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """One plan: each member's current stage, what it lacks, and the buttons of whoever may press them."""
    plan = written_plan_here(request, plan_key)
    return render(request, "action_plan/plan_desk.html", _desk_of(request, plan))


def _desk_of(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    earlier = roadmaps.earlier_announcements(events.history_of("plan", plan.pk))
    tracks = [_with_rights(request, plan, each) | {"earlier": earlier} for each in standings.tracks_of(plan)]
    consults = permissions.role_over_words(viewer_of(request), permissions.CONSULT, plan, None) is not None
    return (
        {"plan": plan, "tracks": tracks, "consults": consults}
        | shown_withdrawal(request, plan)
        | shown_invitations(request, plan)
    )


def _with_rights(request: HttpRequest, plan: Plan, standing: TrackStanding) -> dict[str, Any]:
    viewer, member = viewer_of(request), standing.member

    def may(verb: str) -> bool:
        held = (
            permissions.role_in_member(viewer, verb, member) if member else permissions.role_in_plan(viewer, verb, plan)
        )
        return held is not None

    waiting = standing.current.waiting_exception if standing.current else None
    grants = permissions.role_to_grant
    asked_self = bool(waiting and viewer.account and waiting.asked_by_id == viewer.account.pk)
    closed = {route for verb, routes in ROUTES_OF.items() if not may(verb) for route in routes}
    shown = shown_track(plan, standing)
    return shown | {
        "agrees": _speaks_for(viewer, plan, standing) if shown["only_words"] else [],
        "closed": closed,
        "manages": may(permissions.MANAGE),
        "decides": waiting is not None and not asked_self and grants(viewer, waiting, plan, member) is not None,
        "waiting": waiting,
    }


def _speaks_for(viewer: Viewer, plan: Plan, standing: TrackStanding) -> list[PlanMember]:
    """The governments whose word on leaving the joint stage this person gives."""
    if standing.member is not None or standing.current is None:
        return []
    given = standings.words_given(plan, standing.current.stage)
    spoke = any(viewer.account and each.given_by_id == viewer.account.pk for each in given.values())
    silent = [each for each in plan.members.select_related("organisation") if each.pk not in given and not spoke]
    return [each for each in silent if permissions.role_in_member(viewer, permissions.MANAGE, each)]


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def roadmap(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """The dates of every stage of a track."""
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan, member)
    standing = standings.track_standing(plan, member)
    announced = {each.stage.key: each.announced for each in standing.stages}
    form = RoadmapForm(request.POST or None, template=standing.template, announced=announced)
    if request.method == "POST" and form.is_valid():
        by, now, dates = viewer_of(request), clock.now(), form.dates
        step = partial(plans.publish_roadmap, plan=plan, member=member, dates=dates, by=by, now=now)
        if saved(request, form, step, said=_("The roadmap is public now.")):
            return to(request, "plan-desk", plan_key=plan.pk)
    context = {"plan": plan, "standing": standing, "form": form}
    return render(request, "action_plan/roadmap.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.MANAGE, "POST")
def pass_stage(request: HttpRequest, plan_key: str, track: str, stage: str) -> HttpResponse:
    """Leave a stage, or come back to the list of what is missing."""
    plan = written_plan_here(request, plan_key)
    member, by, now = member_here(plan, track), viewer_of(request), clock.now()
    step = partial(stages.pass_stage, plan=plan, member=member, stage=stage, by=by, now=now)
    pressed(request, step, said=_("The stage was passed and stands in the public log."))
    return to(request, "plan-desk", plan_key=plan.pk)


@needs(permissions.MANAGE, "POST")
def agree(request: HttpRequest, plan_key: str, track: str, stage: str) -> HttpResponse:
    """The word of one government on leaving a stage that all pass together."""
    plan = written_plan_here(request, plan_key)
    member, by, now = member_here(plan, track), viewer_of(request), clock.now()
    if member is None:
        raise Http404("track")
    step = partial(stages.agree_to_leave, plan=plan, member=member, stage=stage, by=by, now=now)
    pressed(request, step, said=_("Agreed. With the word of every government the stage is passed."))
    return to(request, "plan-desk", plan_key=plan.pk)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def ask_exception(request: HttpRequest, plan_key: str, track: str, stage: str) -> HttpResponse:
    """Ask to leave a stage although something is missing."""
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan, member)
    standing = standings.track_standing(plan, member)
    if standing.current is None or standing.current.stage.key != stage:
        raise Http404("stage")
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(stages.ask_exception, plan=plan, member=member, stage=stage, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The exception waits for a second person.")):
            return to(request, "plan-desk", plan_key=plan.pk)
    context = {"plan": plan, "track": shown_track(plan, standing), "form": form}
    return render(request, "action_plan/exception.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.APPROVE, "POST")
def decide_exception(request: HttpRequest, plan_key: str, exception_id: str) -> HttpResponse:
    """The second person grants or declines."""
    plan = written_plan_here(request, plan_key)
    asked = StageException.objects.filter(plan=plan, pk=exception_id).first()
    if asked is None:
        raise Http404("exception")
    granted = request.POST.get("decision") == "grant"
    step = partial(stages.decide_exception, exception=asked, granted=granted, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Decided. The decision stands in the public log."))
    return to(request, "plan-desk", plan_key=plan.pk)
