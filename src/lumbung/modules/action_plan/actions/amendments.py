"""Changing enacted text: one place of one commitment, with its reason and decree, approved by a second person."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.modules.action_plan import permissions, shape
from lumbung.modules.action_plan.actions import amended_text, second_person
from lumbung.modules.action_plan.events.enactment import AmendmentDeclined, AmendmentProposed, CommitmentAmended
from lumbung.modules.action_plan.letters import decisions as letters
from lumbung.modules.action_plan.models import Amendment, Commitment, LegalProduct, Milestone, PlanMember
from lumbung.modules.action_plan.queries import amendments, claims, enacted_record, enactment
from lumbung.modules.action_plan.queries.amendments import Place


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed: the place, what it is to say, why, and the decree that says so."""

    place: str
    new: Any
    reason: str
    decree: LegalProduct


def propose_amendment(*, commitment: Commitment, change: Change, by: Viewer, now: datetime) -> Amendment:
    """Propose to change enacted text. Nothing changes until the chair approves for the forum."""
    member = commitment.member
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        place, new = _settled(commitment, change)
        if change.decree.pk not in {each.pk for each in enactment.decrees_of_amendments(member)}:
            raise Refused(
                "decree-not-in-force",
                _("Choose a decree that is in force and dated after the one that enacted this text."),
                field="decree",
            )
        proposed = Amendment.objects.create(
            commitment=commitment,
            place=change.place,
            old=place.value,
            new=new,
            reason=change.reason,
            decree=change.decree,
            decree_words=enactment.decree_words(change.decree),
            proposed_at=now,
            proposed_by=permissions.account_of(by),
            proposed_role=held.role,
        )
        event = AmendmentProposed(
            plan=commitment.plan_id, commitment=commitment.pk, amendment=str(proposed.pk), place=change.place
        )
        _record(event, commitment, by, held, now)
        second_person.tell_deciders(
            commitment.plan,
            member,
            asked_for=None,
            kind=event.key,
            occasion=str(proposed.pk),
            write=partial(letters.amendment_waits, proposed),
            now=now,
        )
        return proposed


def _settled(commitment: Commitment, change: Change) -> tuple[Place, Any]:
    """The place with what it says now, and the new text in its one form; refuses what may not be amended so."""
    if enactment.enactment_of(commitment.member) is None:
        raise Refused("not-enacted", _("This text is not enacted. Change the draft."))
    place = amendments.place_of(commitment, change.place)
    if place is None:
        raise Refused("no-such-place", _("This part of the text cannot be amended. Choose another one."), field="place")
    new = enacted_record.settled_value(place.field, change.new)
    if place.field.kind == "milestone":
        new = _as_it_is_named(place, new)
    if place.value == new:
        raise Refused("nothing-changes", _("The text already says this. Write what it is to say."), field="new_id")
    if Amendment.objects.filter(commitment=commitment, place=change.place, state=Amendment.State.PROPOSED).exists():
        raise Refused("amendment-waits-already", _("An amendment of this part already waits for the forum."))
    amended_text.require_fit(commitment, place, new)
    return place, new


def _as_it_is_named(place: Place, new: Any) -> Any:
    """A milestone is added under its number, or closed as it stands; anything else is amended part by part."""
    if place.value and new:
        raise Refused(
            "milestone-is-amended-by-parts",
            _("A milestone is closed as a whole. To change it, amend its parts."),
            field="new",
        )
    if not place.value and not new:
        raise Refused("milestone-is-empty", _("Fill the milestone in."), field="new")
    return new | {"number": amendments.number_of(place.key)} if new else new


def decide_amendment(*, amendment: Amendment, approved: bool, by: Viewer, now: datetime) -> Amendment:
    """The chair approves or declines for the forum; approved, old and new stand beside each other for ever."""
    commitment = amendment.commitment
    held = permissions.required_in_member(by, permissions.APPROVE, commitment.member)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=commitment.member_id)
        current = Amendment.objects.select_related("commitment__member__plan", "commitment__plan").get(pk=amendment.pk)
        if current.state != Amendment.State.PROPOSED:
            raise Refused("amendment-decided-already", _("This amendment was decided already. Reload the page."))
        if by.account is None or current.proposed_by_id == by.account.pk:
            raise NotPermitted(
                "amendment-needs-a-second-person",
                _("Whoever proposed an amendment cannot approve it. A second person has to decide."),
            )
        if approved:
            _require_fit_still(current)
        current.state = Amendment.State.APPROVED if approved else Amendment.State.DECLINED
        current.decided_by, current.decided_role, current.decided_at = by.account, held.role, now
        current.save(update_fields=["state", "decided_by", "decided_role", "decided_at"])
        if approved:
            _add_milestone(current)
        told = _decided(current)
        _record(told, commitment, by, held, now)
        second_person.tell_asker(
            commitment.plan,
            commitment.member,
            current.proposed_by,
            kind=told.key,
            occasion=str(current.pk),
            write=partial(letters.amendment_decided, current),
            now=now,
        )
        return current


def _require_fit_still(amendment: Amendment) -> None:
    """What was approved or seated since may not fit it any more."""
    place = amendments.place_of(amendment.commitment, amendment.place)
    if place is None:
        raise Refused(
            "amended-place-is-gone",
            _("This part is not in the text any more: another amendment closed it. Decline this one."),
        )
    amended_text.require_fit(amendment.commitment, place, amendment.new)


def _add_milestone(amendment: Amendment) -> None:
    """A milestone that was added has a row, so that the agency reports on it; it is no part of what was enacted."""
    new = amendment.new
    if not amendments.is_whole(amendment.place) or not new:
        return
    texts = {f"{key}_{language}": new[key][language] for key in shape.MILESTONE_TEXTS for language in ("id", "en")}
    Milestone.objects.create(
        commitment=amendment.commitment,
        number=new["number"],
        **texts,
        owner_id=new["owner"] or None,
        starts_on=new["starts_on"],
        due_on=new["due_on"],
        is_illustrative=False,
        added_by=amendment,
    )


def _decided(amendment: Amendment) -> Event:
    commitment = amendment.commitment
    told = AmendmentDeclined if amendment.state == Amendment.State.DECLINED else CommitmentAmended
    return told(
        plan=commitment.plan_id,
        commitment=commitment.pk,
        amendment=str(amendment.pk),
        place=amendment.place,
        objects=claims.amendment_object(amendment),
    )


def _record(event: Event, commitment: Commitment, by: Viewer, held: Any, now: datetime) -> None:
    events.record(event, subject_type="plan", subject_id=commitment.plan_id, actor=by.acting_as(held), now=now)
