"""The desk of the forum: who asked to join, who sits in it, and doors to meetings and registers."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import seats
from lumbung.modules.action_plan.documents.packs import span_of
from lumbung.modules.action_plan.forms.forum import ContactForm, DeclineForm, EndForm, SeatForm
from lumbung.modules.action_plan.models import Plan, PlanMember, Seat
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to, written_plan_here
from lumbung.modules.action_plan.queries import forum as forums
from lumbung.modules.action_plan.queries import legal, meetings, partnerships


@never_cache
@needs(permissions.DESK)
def desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Everything the secretariat keeps about the forum, on one page."""
    plan, viewer = written_plan_here(request, plan_key), viewer_of(request)
    members = plan.members.select_related("organisation")
    managed = [each for each in members if permissions.role_in_member(viewer, permissions.MANAGE, each)]
    chaired = [each for each in members if permissions.role_in_member(viewer, permissions.APPROVE, each)]
    context = {
        "plan": plan,
        "forums": forums.forums_of(plan),
        "waiting": forums.waiting_seats(plan),
        "meetings": [*meetings.coming(plan, now=clock.now()), *meetings.past(plan, now=clock.now())],
        "products": legal.legal_products(plan),
        "partnerships": partnerships.partnerships_of(plan),
        "managed": managed,
        "chaired": chaired,
        "managed_ids": {each.pk for each in managed},
        "chaired_ids": {each.pk for each in chaired},
        "now": clock.now(),
        "span_of": span_of,
    }
    return render(request, "action_plan/forum_desk.html", context)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def give_seat(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """Seat an institution; the chair names who monitors."""
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    if member is None:
        raise Http404("track")
    _refuse_outsider(request, member)
    form = SeatForm(request.POST or None, member=member, today=clock.local_day(clock.now()))
    if form.is_bound and form.is_valid():
        by, now, key = viewer_of(request), clock.now(), form.cleaned_data["draft_key"]
        step = partial(seats.give_seat, member=member, place=form.place(), by=by, now=now, draft_key=key)
        if saved(request, form, step, said=_("The seat stands on the forum page now.")):
            return to(request, "forum-desk", plan_key=plan.pk)
    return _form(request, plan, form, _("Give a seat"), _("Seat the institution"), member)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def admit_seat(request: HttpRequest, plan_key: str, seat_id: UUID) -> HttpResponse:
    """Say yes to an institution that asked to join."""
    seat = _seat(request, plan_key, seat_id)
    _refuse_outsider(request, seat.member)
    form = SeatForm(request.POST or None, member=seat.member, today=clock.local_day(clock.now()), asked=seat)
    if form.is_bound and form.is_valid():
        step = partial(seats.admit_seat, seat=seat, place=form.place(), by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("Admitted. The institution is told by mail.")):
            return to(request, "forum-desk", plan_key=plan_key)
    return _form(request, seat.plan, form, _("Admit to the forum"), _("Seat the institution"), seat.member)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def decline_seat(request: HttpRequest, plan_key: str, seat_id: UUID) -> HttpResponse:
    """Say no, with a reason."""
    seat = _seat(request, plan_key, seat_id)
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, seat.member)
    form = DeclineForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        step = partial(seats.decline_seat, seat=seat, reason=reason, by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("Not admitted. The institution is told the reason by mail.")):
            return to(request, "forum-desk", plan_key=plan_key)
    title = _("Do not admit: %(institution)s") % {"institution": seat.name}
    return _form(request, seat.plan, form, title, _("Send the answer"), seat.member)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def end_seat(request: HttpRequest, plan_key: str, seat_id: UUID) -> HttpResponse:
    """An institution leaves the forum."""
    seat = _seat(request, plan_key, seat_id)
    _refuse_outsider(request, seat.member)
    form = EndForm(request.POST or None, initial={"until": clock.local_day(clock.now())})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        step = partial(
            seats.end_seat,
            seat=seat,
            until=told["until"],
            reason=told["reason"],
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("The seat ended. It stays on the page among those who left.")):
            return to(request, "forum-desk", plan_key=plan_key)
    title = _("End the seat: %(institution)s") % {"institution": seat.name}
    return _form(request, seat.plan, form, title, _("End the seat"), seat.member)


@never_cache
@needs(permissions.APPROVE, "GET", "POST")
def say_contact(request: HttpRequest, plan_key: str, seat_id: UUID) -> HttpResponse:
    """How everybody reaches whoever monitors: on the forum page, in the files for OGP, in its web form."""
    seat = _seat(request, plan_key, seat_id)
    permissions.required_in_member(viewer_of(request), permissions.APPROVE, seat.member)
    form = ContactForm(request.POST or None, initial={"contact": seat.public_contact or ""})
    if form.is_bound and form.is_valid():
        contact = form.cleaned_data["contact"]
        step = partial(seats.say_contact, seat=seat, contact=contact, by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("The contact stands on the forum page now.")):
            return to(request, "forum-desk", plan_key=plan_key)
    title = _("Contact for everybody: %(institution)s") % {"institution": seat.name}
    return _form(request, seat.plan, form, title, _("Save the contact"), seat.member)


def _seat(request: HttpRequest, plan_key: str, seat_id: UUID) -> Seat:
    seat = forums.seat_in(written_plan_here(request, plan_key), seat_id)
    if seat is None:
        raise Http404("seat")
    return seat


def _refuse_outsider(request: HttpRequest, member: PlanMember) -> None:
    """Secretariat or chair of this member; which of the two a seat needs is decided by its duty."""
    if permissions.role_in_member(viewer_of(request), permissions.APPROVE, member) is None:
        permissions.required_in_member(viewer_of(request), permissions.MANAGE, member)


def _form(
    request: HttpRequest, plan: Plan, form: forms.Form, title: str, button: str, member: PlanMember
) -> HttpResponse:
    context: dict[str, Any] = {"plan": plan, "form": form, "title": title, "button": button, "member": member}
    return render(request, "action_plan/forum_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)
