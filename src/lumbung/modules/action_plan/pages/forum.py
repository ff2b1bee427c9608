"""The forum for everybody: who sits in it by which decree, when it meets, and how an institution joins."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.modules.action_plan.actions import seats
from lumbung.modules.action_plan.documents.packs import span_of
from lumbung.modules.action_plan.events.seats import SeatAsked
from lumbung.modules.action_plan.forms.forum import ApplyForm
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import forum as forums
from lumbung.modules.action_plan.queries import meetings

APPLY = Limit(
    "plan-seat",
    count=20,
    per_seconds=3600,
    message=_("Too many requests came from this connection. What you typed is kept; send it again at %(time)s."),
)


@public()
def forum(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Seats by sector, those who monitor, the calendar of meetings."""
    plan, now = written_plan_here(request, plan_key), clock.now()
    context = {
        "plan": plan,
        "forums": forums.forums_of(plan),
        "here": portal_of(request).government_id,
        "coming": meetings.coming(plan, now=now),
        "past": meetings.past(plan, now=now),
        "span_of": span_of,
    }
    return render(request, "action_plan/forum.html", context)


@never_cache
@public("GET", "POST")
def apply(request: HttpRequest, plan_key: str) -> HttpResponse:
    """An institution asks to join the forum of this portal's government."""
    plan = written_plan_here(request, plan_key)
    member = _member_of_portal(request, plan)
    form = ApplyForm(request.POST) if request.method == "POST" else ApplyForm.fresh()
    if form.is_bound and form.is_valid():
        limits.take(APPLY, visitors.visitor_of(request), now=clock.now())
        application = form.application(formatting.language_now())
        seat = seats.ask_for_seat(member=member, application=application, now=clock.now())
        return to(request, "seat-receipt", plan_key=plan.pk, seat_id=seat.pk)
    context = {"plan": plan, "member": member, "form": form}
    return render(request, "action_plan/forum_apply.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@public()
def receipt(request: HttpRequest, plan_key: str, seat_id: UUID) -> HttpResponse:
    """What was asked for, and what became of it. Whoever keeps this address finds it again."""
    plan = written_plan_here(request, plan_key)
    seat = forums.seat_in(plan, seat_id)
    if seat is None or seat.draft_key is None:
        raise Http404("seat")
    trace = events.trace_of("seat", str(seat.pk), SeatAsked.key)
    return render(request, "action_plan/forum_receipt.html", {"plan": plan, "seat": seat, "trace": trace})


def _member_of_portal(request: HttpRequest, plan: Plan) -> PlanMember:
    government = portal_of(request).government_id
    return plan.members.select_related("organisation").get(organisation_id=government)
