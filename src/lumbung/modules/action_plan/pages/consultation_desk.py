"""Public tests, for the secretariat: opening one, and entering what was said at a meeting, row by row."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import consultation as actions
from lumbung.modules.action_plan.actions import prolonging
from lumbung.modules.action_plan.forms.consultation import EntryForm, OpenForm, ProlongForm
from lumbung.modules.action_plan.models import Channel, Clearing, Consultation, Plan, PlanMember
from lumbung.modules.action_plan.pages import intake_limits, slips
from lumbung.modules.action_plan.pages.consultation import standing_now, test_here
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, members_of, to, written_plan_here
from lumbung.modules.action_plan.queries import consultations, drafts
from lumbung.modules.action_plan.queries.intake import Item, Words

SHOWN_BELOW = 8
SOURCE = ("channel", "meeting", "received_on")


@never_cache
@needs(permissions.CONSULT)
def consultation_desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The public tests of each government this officer works for."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.CONSULT, plan)
    sides = [_side(request, member) for member in members_of(plan) if _works_for(request, member)]
    return render(request, "action_plan/consultation_desk.html", {"plan": plan, "sides": sides})


def _works_for(request: HttpRequest, member: PlanMember) -> bool:
    return permissions.role_in_member(viewer_of(request), permissions.CONSULT, member) is not None


def _side(request: HttpRequest, member: PlanMember) -> dict[str, Any]:
    tests = consultations.consultations_of_member(member).order_by("-opens_on")
    return {
        "member": member,
        "tests": [(test, standing_now(test), consultations.counts_of(test)) for test in tests],
        "freezes": consultations.freezes_to_test(member),
        "manages": permissions.role_in_member(viewer_of(request), permissions.MANAGE, member) is not None,
        "drafts_waiting": consultations.draft_responses(member.plan, member).count(),
    }


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def open_test(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """Announce a public test of frozen drafts."""
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan, member)
    if member is None:
        raise NotPermitted("public-test-of-a-member", _("Each government opens the public test of its own drafts."))
    freezes = consultations.freezes_to_test(member)
    form = OpenForm(request.POST if request.method == "POST" else None, freezes=freezes)
    if form.is_bound and form.is_valid():
        step = partial(
            actions.open_consultation, member=member, by=viewer_of(request), now=clock.now(), **form.cleaned_data
        )
        if saved(request, form, step, said=_("The public test is announced.")):
            return to(request, "consultation-desk", plan_key=plan.pk)
    context = {"plan": plan, "member": member, "form": form, "has_freeze": bool(freezes)}
    return render(
        request, "action_plan/consultation_open.html", context, status=UNPROCESSABLE if form.is_bound else 200
    )


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def prolong(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """Keep a public test open longer."""
    plan, test = test_here(request, plan_key, test_id)
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, test.member)
    form = ProlongForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        step = partial(
            prolonging.prolong_consultation,
            consultation=test,
            by=viewer_of(request),
            now=clock.now(),
            **form.cleaned_data,
        )
        if saved(request, form, step, said=_("The new last day is public.")):
            return to(request, "consultation-desk", plan_key=plan.pk)
    context = {"plan": plan, "test": test, "form": form, "is_over": standing_now(test) == "closed"}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "action_plan/consultation_prolong.html", context, status=status)


def test_to_work_on(request: HttpRequest, plan_key: str, test_id: str) -> tuple[Plan, Consultation]:
    """A public test this officer enters and answers comments of."""
    plan, test = test_here(request, plan_key, test_id)
    permissions.required_in_member(viewer_of(request), permissions.CONSULT, test.member)
    return plan, test


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def enter_comments(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """One row after the other, by keyboard: Enter saves and gives the next."""
    plan, test = test_to_work_on(request, plan_key, test_id)
    form = entry_form(request, plan, test)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            intake_limits.count_sending(request, now=clock.now())
            done = actions.send_comment(**_row_of(test, form), by=viewer_of(request), now=clock.now())
        except NotPermitted:
            raise
        except Refused as refused:
            field = "number" if refused.field == "draft" else refused.field
            form.add_error(field if field in form.fields else None, refused.sentence)
            status = refused.status if refused.status != Refused.status else UNPROCESSABLE
        else:
            _tell(request, done.item)
            slips.keep_for_slips(request, test, [done])
            form, status = entry_form(request, plan, test, after=form), 200
    context = {
        "plan": plan,
        "test": test,
        "form": form,
        "numbered": [(each.draft.number, drafts.shown_title(each)) for each in consultations.frozen_versions(test)],
        "slips": slips.waiting_slips(request, test),
        "last": consultations.comments_of(test).order_by("-number")[:SHOWN_BELOW],
        "counts": consultations.counts_of(test),
    }
    return render(request, "action_plan/comments_enter.html", context, status=status)


def _tell(request: HttpRequest, item: Item) -> None:
    """Public now, or waiting: whoever entered it has to know."""
    if item.clearing == Clearing.WAITING:
        sentence = _("%(number)s is saved and waits to be cleared: the check found personal data in it.")
        messages.warning(request, sentence % {"number": item.number})
    else:
        messages.success(request, _("%(number)s is saved and public.") % {"number": item.number})


def entry_form(request: HttpRequest, plan: Plan, test: Consultation, *, after: EntryForm | None = None) -> EntryForm:
    """An empty row; meeting, day and sector stay as they were in the row before."""
    meetings = consultations.meetings_to_name(test, now=clock.now())
    by_number = consultations.drafts_by_number(test)
    if request.method == "POST" and after is None:
        return EntryForm(request.POST, meetings=meetings, by_number=by_number)
    today = clock.local_day(clock.now())
    initial: dict[str, Any] = {"channel": Channel.MEETING, "received_on": min(today, test.closes_on)}
    if after is not None:
        initial = {name: after.cleaned_data[name] for name in (*SOURCE, "sector")} | {"draft_key": uuid.uuid4()}
    return EntryForm(initial=initial, meetings=meetings, by_number=by_number)


def _row_of(test: Consultation, form: EntryForm) -> dict[str, Any]:
    told = form.cleaned_data
    return {
        "consultation": test,
        "words": Words(told["text"], institution=told["institution"]),
        "about": actions.About(form.by_number.get(told["number"]), "", told["quote"]),
        "origin": actions.Origin(told["channel"], told["sector"], told["meeting"], told["received_on"]),
        "draft_key": told["draft_key"],
    }
