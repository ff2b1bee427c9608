"""The desk of those who write drafts: the list, a form made from the shape, freezing."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions, shape
from lumbung.modules.action_plan.actions import drafting
from lumbung.modules.action_plan.forms.drafts import BeginDraftForm, FreezeForm, WithdrawForm
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.pages.draft_places import commitment_here, name_of, newest_here, one_member_here
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import drafts as known
from lumbung.modules.action_plan.queries import lessons

STEPS = {"naik": -1, "turun": 1}


@never_cache
@needs(permissions.DESK)
def draft_list(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Every draft of the plan, by member, with what each lacks."""
    plan = written_plan_here(request, plan_key)
    rows = known.rows_of(plan)
    members = [_member(request, plan, each, rows) for each in plan.members.select_related("organisation")]
    context = {
        "plan": plan,
        "narrative": next((row for row in rows if row.version.draft.member_id is None), None),
        "writes_narrative": permissions.role_in_plan(viewer_of(request), permissions.DRAFT, plan) is not None,
        "members": members,
        "withdrawn": known.withdrawn_of(plan),
    }
    return render(request, "action_plan/drafts_desk.html", context)


def _member(request: HttpRequest, plan: Plan, member: PlanMember, rows: list[known.DraftRow]) -> dict[str, Any]:
    viewer = viewer_of(request)
    return {
        "member": member,
        "rows": [row for row in rows if row.version.draft.member_id == member.pk],
        "freezes": [each for each in known.freezes_of(plan) if each.member_id == member.pk],
        "writes": permissions.role_in_member(viewer, permissions.DRAFT, member) is not None,
        "manages": permissions.role_in_member(viewer, permissions.MANAGE, member) is not None,
        "is_enacted": known.is_enacted(plan, member),
    }


@never_cache
@needs(permissions.DRAFT, "GET", "POST")
def begin_draft(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """A new commitment of one member."""
    plan = written_plan_here(request, plan_key)
    member = one_member_here(plan, track)
    permissions.required_in_member(viewer_of(request), permissions.DRAFT, member)
    form = BeginDraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        slug, short = form.cleaned_data["slug"], form.cleaned_data["short"]
        body = shape.empty_body("commitment") | {"short": {"id": short, "en": ""}}
        by, now = viewer_of(request), clock.now()
        step = partial(drafting.begin_commitment, member=member, slug=slug, body=body, by=by, now=now)
        if saved(request, form, step, said=_("The draft was begun. Write what it says.")):
            return to(request, "draft-edit", plan_key=plan.pk, draft=slug)
    context = {"plan": plan, "member": member, "form": form, "lessons": lessons.lessons_before(plan)}
    return render(request, "action_plan/draft_begin.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def withdraw_draft(request: HttpRequest, plan_key: str, draft: str) -> HttpResponse:
    """Take a commitment out of the plan."""
    plan = written_plan_here(request, plan_key)
    found = commitment_here(plan, draft)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan, found.member)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(drafting.withdraw, draft=found, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The draft was withdrawn. Its versions and comments stay readable.")):
            return to(request, "drafts", plan_key=plan.pk)
    context = {"plan": plan, "draft": found, "title": known.shown_title(newest_here(found)), "form": form}
    return render(request, "action_plan/draft_withdraw.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.DRAFT, "POST")
def move_draft(request: HttpRequest, plan_key: str, draft: str) -> HttpResponse:
    """One place up or down among the member's commitments."""
    plan = written_plan_here(request, plan_key)
    found = commitment_here(plan, draft)
    step = STEPS.get(request.POST.get("arah", ""))
    if step is None:
        raise Http404("direction")
    move = partial(drafting.move, draft=found, step=step, by=viewer_of(request), now=clock.now())
    pressed(request, move, said=_("The order was changed."))
    return to(request, "drafts", plan_key=plan.pk)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def freeze_drafts(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """Freeze what a member's drafts say now, after seeing what that is."""
    plan = written_plan_here(request, plan_key)
    member = one_member_here(plan, track)
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, member)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note, by, now = form.cleaned_data["note"], viewer_of(request), clock.now()
        step = partial(drafting.freeze, member=member, note=note, by=by, now=now)
        if saved(request, form, step, said=_("The drafts were frozen and are public as a version of their own.")):
            return to(request, "drafts", plan_key=plan.pk)
    versions = [(each, name_of(each.draft), known.gaps_of(each)) for each in known.newest_versions(member)]
    number = len([each for each in known.freezes_of(plan) if each.member_id == member.pk]) + 1
    context = {"plan": plan, "member": member, "form": form, "versions": versions, "number": number}
    return render(request, "action_plan/draft_freeze.html", context, status=UNPROCESSABLE if form.is_bound else 200)
