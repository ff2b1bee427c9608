"""The page of work of one meeting: announce, invite, share, count, write down, cancel."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import meetings as actions
from lumbung.modules.action_plan.documents import packs
from lumbung.modules.action_plan.forms.meetings import (
    AttendanceForm,
    CancelForm,
    HoldForm,
    InviteForm,
    MaterialForm,
    MeetingForm,
)
from lumbung.modules.action_plan.forms.papers import upload_of
from lumbung.modules.action_plan.models import Meeting
from lumbung.modules.action_plan.pages.meetings import meeting_here, seats_called
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to, written_plan_here
from lumbung.modules.action_plan.queries import meetings


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def plan_meeting(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """A new meeting of one member, or of all together."""
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan, member)
    form = MeetingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made: list[Meeting] = []

        def step() -> None:
            facts, by, key = form.facts(), viewer_of(request), form.cleaned_data["draft_key"]
            made.append(
                actions.plan_meeting(plan=plan, member=member, facts=facts, by=by, now=clock.now(), draft_key=key)
            )

        if saved(request, form, step, said=_("The meeting stands in the public calendar.")):
            return to(request, "meeting-desk", plan_key=plan.pk, meeting_id=made[0].pk)
    context = {
        "plan": plan,
        "member": member,
        "form": form,
        "title": _("Plan a meeting"),
        "button": _("Plan the meeting"),
    }
    return render(request, "action_plan/forum_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.MANAGE)
def work(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Where the meeting stands, and the next step."""
    meeting = _meeting(request, plan_key, meeting_id)
    return _page(request, meeting, {})


@needs(permissions.MANAGE, "POST")
def change(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Correct what is announced."""
    meeting, form = _meeting(request, plan_key, meeting_id), MeetingForm(request.POST, auto_id="ubah_%s")
    return _step(
        request,
        meeting,
        {"change_form": form},
        lambda: actions.change_meeting(meeting=meeting, facts=form.facts(), by=viewer_of(request), now=clock.now()),
        _("The announcement was changed."),
    )


@needs(permissions.MANAGE, "POST")
def invite(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Send the invitation."""
    meeting, form = _meeting(request, plan_key, meeting_id), InviteForm(request.POST, auto_id="undang_%s")
    return _step(
        request,
        meeting,
        {"invite_form": form},
        lambda: actions.invite(
            meeting=meeting, invitation=form.cleaned_data["invitation"], by=viewer_of(request), now=clock.now()
        ),
        _("The invitation is public. Print it or copy its address to whom it concerns."),
    )


@needs(permissions.MANAGE, "POST")
def share(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Share a document or a link."""
    meeting, form = (
        _meeting(request, plan_key, meeting_id),
        MaterialForm(request.POST, request.FILES, auto_id="bahan_%s"),
    )
    return _step(
        request,
        meeting,
        {"material_form": form},
        lambda: actions.share_material(
            meeting=meeting,
            title=form.cleaned_data["title"],
            url=form.cleaned_data["url"],
            upload=upload_of(form),
            by=viewer_of(request),
            now=clock.now(),
        ),
        _("Shared. Everybody finds it on the page of the meeting."),
    )


@needs(permissions.MANAGE, "POST")
def count(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Write down who came."""
    meeting = _meeting(request, plan_key, meeting_id)
    form = AttendanceForm(request.POST, seats=seats_called(meeting), known=_known(meeting))
    return _step(
        request,
        meeting,
        {"attendance_form": form},
        lambda: actions.write_down_who_came(meeting=meeting, rows=form.came(), by=viewer_of(request), now=clock.now()),
        _("Those who came were counted."),
    )


@needs(permissions.MANAGE, "POST")
def hold(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Close the meeting with minutes and decisions."""
    meeting, form = _meeting(request, plan_key, meeting_id), HoldForm(request.POST, auto_id="notulen_%s")
    return _step(
        request,
        meeting,
        {"hold_form": form},
        lambda: actions.hold_meeting(
            meeting=meeting,
            minutes=form.cleaned_data["minutes"],
            decisions=form.decided(),
            by=viewer_of(request),
            now=clock.now(),
        ),
        _("The meeting is closed. Minutes and decisions are public."),
    )


@needs(permissions.MANAGE, "POST")
def cancel(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """Call the meeting off."""
    meeting, form = _meeting(request, plan_key, meeting_id), CancelForm(request.POST, auto_id="batal_%s")
    return _step(
        request,
        meeting,
        {"cancel_form": form},
        lambda: actions.cancel_meeting(
            meeting=meeting, reason=form.cleaned_data["reason"], by=viewer_of(request), now=clock.now()
        ),
        _("The meeting is cancelled; the reason stands on its page."),
    )


def _meeting(request: HttpRequest, plan_key: str, meeting_id: UUID) -> Meeting:
    meeting = meeting_here(request, plan_key, meeting_id)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, meeting.plan, meeting.member)
    return meeting


def _step(
    request: HttpRequest, meeting: Meeting, forms_by_name: dict[str, forms.Form], run: Callable[[], object], said: str
) -> HttpResponse:
    """Run one step of the page, or show the page again with what has to be corrected."""
    form = next(iter(forms_by_name.values()))
    if form.is_valid() and saved(request, form, run, said=said):
        return to(request, "meeting-desk", plan_key=meeting.plan_id, meeting_id=meeting.pk)
    return _page(request, meeting, forms_by_name)


def _known(meeting: Meeting) -> list[Any]:
    return list(meeting.attendance.select_related("organisation"))


def _page(request: HttpRequest, meeting: Meeting, bound: dict[str, Any]) -> HttpResponse:
    began = meeting.starts_at <= clock.now()
    context = {
        "plan": meeting.plan,
        "meeting": meeting,
        "sheet": meetings.sheet_of(meeting),
        "span": packs.span_of(meeting),
        "packs": packs.available(meeting),
        "began": began,
        "open": meeting.state in meetings.COMING,
        "failed": next(iter(bound), ""),
        "failed_form": next(iter(bound.values()), None),
        "change_form": MeetingForm(initial=MeetingForm.about(meeting), auto_id="ubah_%s"),
        "invite_form": InviteForm(initial={"invitation": _invitation(meeting)}, auto_id="undang_%s"),
        "material_form": MaterialForm(auto_id="bahan_%s"),
        "attendance_form": AttendanceForm(seats=seats_called(meeting), known=_known(meeting)),
        "hold_form": HoldForm(auto_id="notulen_%s"),
        "cancel_form": CancelForm(auto_id="batal_%s"),
        **bound,
    }
    return render(request, "action_plan/meeting_desk.html", context, status=UNPROCESSABLE if bound else 200)


def _invitation(meeting: Meeting) -> str:
    """A first wording, for the secretariat to change."""
    opening = _("To the members of the multi-stakeholder forum.")
    words = _("We invite you to “%(title)s”. Everybody who wants to contribute to the action plan is welcome.")
    return f"{opening}\n\n{words % {'title': meeting.title}}"
