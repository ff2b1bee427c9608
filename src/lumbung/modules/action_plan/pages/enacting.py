"""The desk of enactment: endorsements entered or given, the second look of the head of region, amendments."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import amendments as amending
from lumbung.modules.action_plan.actions import enactment as enacting
from lumbung.modules.action_plan.forms.enactment import AmendmentSheet, EnactForm, EndorsementForm
from lumbung.modules.action_plan.forms.papers import upload_of
from lumbung.modules.action_plan.models import Commitment, Freeze, Plan, PlanMember
from lumbung.modules.action_plan.pages.draft_form import ADD
from lumbung.modules.action_plan.pages.enactment import shown_amendments
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to, written_plan_here
from lumbung.modules.action_plan.queries import amendments, changes, drafted_record, enactment, printed
from lumbung.modules.action_plan.queries.amendments import Place
from lumbung.modules.action_plan.queries.draft_choices import choices_for
from lumbung.modules.action_plan.queries.enactment import Standing


@never_cache
@needs(permissions.DESK)
def desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Each member's part: who stands behind it, what the head of region can enact."""
    plan = written_plan_here(request, plan_key)
    rows = [_with_rights(request, standing) for standing in enactment.standings_of(plan)]
    return render(request, "action_plan/enactment_desk.html", {"plan": plan, "rows": rows})


def _with_rights(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    viewer, member = viewer_of(request), standing.member
    seat = enactment.seat_of(viewer, member)
    given = {each.organisation_id for each in standing.endorsements}
    return {
        "standing": standing,
        "manages": permissions.role_in_member(viewer, permissions.MANAGE, member) is not None,
        "enacts": permissions.role_in_member(viewer, permissions.ENACT, member) is not None,
        "seat": seat if seat and seat.organisation_id not in given else None,
    }


def _frozen_here(request: HttpRequest, plan_key: str, track: str) -> tuple[Plan, PlanMember, Freeze]:
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    frozen = enactment.newest_freeze(member) if member else None
    if member is None or frozen is None:
        raise Http404("freeze")
    return plan, member, frozen


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def register_endorsement(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """Enter an endorsement from a signed paper."""
    plan, member, frozen = _frozen_here(request, plan_key, track)
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, member)
    form = EndorsementForm(request.POST or None, request.FILES or None, organisations=enactment.outside_government())
    if request.method == "POST" and form.is_valid():
        step = partial(
            enacting.register_endorsement,
            freeze=frozen,
            facts=form.facts,
            upload=upload_of(form),
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("The endorsement is public and stands in the public log.")):
            return to(request, "enactment-desk", plan_key=plan.pk)
    context = {
        "plan": plan,
        "form": form,
        "title": _("Enter an endorsement"),
        "lede": _("From a paper signed by an institution outside government, for version %(number)s of %(member)s.")
        % {"number": frozen.number, "member": member.organisation.name},
        "button": _("Enter the endorsement"),
        "back": "enactment-desk",
    }
    return render(request, "action_plan/enactment_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.CONTRIBUTE, "POST")
def endorse(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """A member of the forum endorses for its own organisation."""
    plan, _member, frozen = _frozen_here(request, plan_key, track)
    step = partial(enacting.endorse, freeze=frozen, note="", by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Your organisation stands behind this version now."))
    return to(request, "enactment-desk", plan_key=plan.pk)


@never_cache
@needs(permissions.ENACT, "GET", "POST")
def enact(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """The second look: exactly what is enacted, its hash, and the confirmation."""
    plan, member, frozen = _frozen_here(request, plan_key, track)
    permissions.required_in_member(viewer_of(request), permissions.ENACT, member)
    record, decrees = enactment.record_to_enact(frozen), enactment.decrees_of(member)
    sha256 = drafted_record.record_sha256(record)
    form = EnactForm(request.POST or None, decrees=decrees, initial={"seen": sha256})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        step = partial(
            enacting.enact,
            member=member,
            decree=told["decree"],
            seen_sha256=told["seen"],
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("Enacted. Its fingerprint stands in the public log.")):
            return to(request, "enactment-desk", plan_key=plan.pk)
    context = {
        "plan": plan,
        "member": member,
        "frozen": frozen,
        "form": form,
        "words": printed.words_to_enact(record),
        "sha256": sha256,
        "decrees": decrees,
        "endorsements": enactment.endorsements_of(frozen),
        "enactment": enactment.enactment_of(member),
    }
    return render(request, "action_plan/enact.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.DESK)
def amendments_desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Enacted commitments, and the amendments that wait or were decided."""
    plan, viewer = written_plan_here(request, plan_key), viewer_of(request)
    rows = [row | {"decides": _may_decide(request, row["amendment"])} for row in shown_amendments(plan)]
    commitments = [
        (each, permissions.role_in_member(viewer, permissions.MANAGE, each.member) is not None)
        for each in enactment.enacted_commitments_of(plan)
    ]
    context = {"plan": plan, "rows": rows, "commitments": commitments}
    return render(request, "action_plan/amendments_desk.html", context)


def _may_decide(request: HttpRequest, amendment: Any) -> bool:
    viewer = viewer_of(request)
    held = permissions.role_in_member(viewer, permissions.APPROVE, amendment.commitment.member)
    is_own = viewer.account is not None and viewer.account.pk == amendment.proposed_by_id
    return held is not None and amendment.state == amendment.State.PROPOSED and not is_own


def _enacted_here(request: HttpRequest, plan_key: str, slug: str) -> tuple[Plan, Commitment]:
    plan = written_plan_here(request, plan_key)
    commitment = enactment.enacted_commitment(plan, slug)
    if commitment is None:
        raise Http404("commitment")
    return plan, commitment


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def propose_amendment(request: HttpRequest, plan_key: str, slug: str) -> HttpResponse:
    """Choose the part of the text, then write what it is to say."""
    plan, commitment = _enacted_here(request, plan_key, slug)
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, commitment.member)
    places = changes.places_to_amend(commitment)
    place, now_says = next((each for each in places if each[0].key == request.GET.get("bagian")), (None, ""))
    context = {"plan": plan, "commitment": commitment, "places": places, "place": place, "now_says": now_says}
    if place is None:
        return render(request, "action_plan/amendment_place.html", context)
    sheet, is_complete = _amendment_sheet(request, plan, place)
    sheet.offer(enactment.decrees_of_amendments(commitment.member))
    if is_complete and sheet.is_valid:
        step = partial(
            amending.propose_amendment,
            commitment=commitment,
            change=sheet.change(place),
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, sheet.form, step, said=_("The amendment waits for the chair of the forum.")):
            return to(request, "amendments-desk", plan_key=plan.pk)
    status = UNPROCESSABLE if is_complete else 200
    return render(request, "action_plan/amendment_form.html", context | {"sheet": sheet}, status=status)


def _amendment_sheet(request: HttpRequest, plan: Plan, place: Place) -> tuple[AmendmentSheet, bool]:
    """The form of one place, and whether it was sent whole: a button that adds a row sends it unfinished."""
    fields, choices = AmendmentSheet.fields_of(place), choices_for(plan, day=clock.local_day(clock.now()))
    if request.method != "POST":
        return AmendmentSheet.of(fields, {"new": place.value}, choices=choices), False
    if more := request.POST.get(ADD):
        return AmendmentSheet.typed(fields, request.POST, more=more, choices=choices), False
    return AmendmentSheet.sent(fields, request.POST, choices=choices), True


@needs(permissions.APPROVE, "POST")
def decide_amendment(request: HttpRequest, plan_key: str, amendment_id: UUID) -> HttpResponse:
    """The chair approves or declines for the forum."""
    plan = written_plan_here(request, plan_key)
    found = next((each for each in amendments.amendments_of(plan) if each.pk == amendment_id), None)
    if found is None:
        raise Http404("amendment")
    approved = request.POST.get("decision") == "approve"
    step = partial(
        amending.decide_amendment, amendment=found, approved=approved, by=viewer_of(request), now=clock.now()
    )
    pressed(request, step, said=_("Decided. The decision stands in the public log."))
    return to(request, "amendments-desk", plan_key=plan.pk)
