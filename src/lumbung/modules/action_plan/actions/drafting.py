"""Drafts: begun, saved as versions, frozen. Nothing that was saved is ever changed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.action_plan import names, permissions, shape
from lumbung.modules.action_plan.actions import carrying
from lumbung.modules.action_plan.events.drafting import (
    DraftBegun,
    DraftSaved,
    DraftsFrozen,
    DraftsReordered,
    DraftWithdrawn,
)
from lumbung.modules.action_plan.models import Commitment, Draft, DraftVersion, Freeze, Plan, PlanMember
from lumbung.modules.action_plan.queries import drafts, forum

Body = Mapping[str, Any]
ASIDE = 10_000


def require_open(plan: Plan, member: PlanMember | None) -> None:
    """Refuse once the text is enacted: from then on it is changed by amendments only. The one place that says so."""
    if drafts.is_enacted(plan, member):
        raise Refused("draft-is-enacted", _("This text is enacted. From now on it is changed by an amendment."))


def require_standing(draft: Draft) -> None:
    """Refuse once the draft was withdrawn: what it said stays as it was."""
    if draft.withdrawn_at is not None:
        raise Refused("draft-withdrawn-already", _("This draft was withdrawn already. Reload the page."))


def begin_narrative(*, plan: Plan, body: Body, actor: Actor, by: Viewer, now: datetime) -> DraftVersion:
    """The plan's own text, in the transaction in which the plan begins."""
    draft = Draft.objects.create(plan=plan, kind=Draft.Kind.PLAN, begun_at=now)
    _record_begun(draft, actor, now)
    return _save(draft, body, note="", actor=actor, by=by, now=now)


def begin_commitment(
    *, member: PlanMember, slug: str, body: Body, by: Viewer, now: datetime, number: int | None = None
) -> DraftVersion:
    """A new commitment of one member, with its first version; it comes last unless a record gives it its number."""
    held = permissions.required_in_member(by, permissions.DRAFT, member)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        require_open(member.plan, member)
        _refuse_disorder(body)
        _refuse_monitors(member, body)
        refuse_taken(slug)
        draft = Draft.objects.create(
            plan_id=member.plan_id,
            kind=Draft.Kind.COMMITMENT,
            member=member,
            slug=slug,
            number=number or drafts.next_number(member),
            begun_at=now,
        )
        actor = by.acting_as(held)
        _record_begun(draft, actor, now)
        return _save(draft, body, note="", actor=actor, by=by, now=now)


def refuse_taken(slug: str) -> None:
    """Refuse what cannot be the address of a commitment: it is none, another page has it, or another commitment."""
    if not names.is_short(slug):
        raise Refused(
            "draft-slug-is-no-short-name",
            _("Use small letters, digits and hyphens, for example data-terbuka-desa."),
            field="slug",
        )
    if slug in names.TAKEN_FOR_COMMITMENTS:
        raise Refused(
            "short-name-is-an-address",
            _("Another page has this address. Choose a short name that says what it is about."),
            field="slug",
        )
    if Draft.objects.filter(slug=slug).exists() or Commitment.objects.filter(pk=slug).exists():
        raise Refused(
            "draft-slug-taken", _("Another commitment has this short name. Choose another one."), field="slug"
        )


def save_version(*, draft: Draft, body: Body, seen: int, note: str, by: Viewer, now: datetime) -> DraftVersion:
    """Save what a draft says now. `seen` is the version the writer started from; a newer one refuses."""
    held = permissions.required_in_plan(by, permissions.DRAFT, draft.plan, draft.member)
    public_words.refuse_personal_data("note", note)
    with transaction.atomic():
        current = Draft.objects.select_for_update().get(pk=draft.pk)
        require_open(draft.plan, draft.member)
        require_standing(current)
        _refuse_disorder(body)
        _refuse_monitors(draft.member, body)
        newest = drafts.newest_version(current)
        if newest is not None and newest.number != seen:
            raise Refused(
                "draft-was-saved-meanwhile",
                _("Somebody saved version %(number)s meanwhile. Compare it with yours, then save again."),
                number=newest.number,
            )
        if newest is not None and newest.sha256 == sha256_of(body):
            return newest
        return _save(current, body, note=note, actor=by.acting_as(held), by=by, now=now)


def withdraw(*, draft: Draft, reason: str, by: Viewer, now: datetime) -> Draft:
    """Take a commitment out of the plan, with a reason everybody reads. Its versions and comments stay."""
    if draft.member is None:
        raise Refused("narrative-stays", _("The text of the plan itself cannot be withdrawn. Change it instead."))
    held = permissions.required_in_member(by, permissions.MANAGE, draft.member)
    with transaction.atomic():
        current = Draft.objects.select_for_update().get(pk=draft.pk)
        require_open(draft.plan, draft.member)
        require_standing(current)
        current.withdrawn_at, current.withdrawn_reason = now, reason
        current.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        event = DraftWithdrawn(plan=draft.plan_id, draft=draft.slug, member=draft.member.organisation_id)
        events.record(event, subject_type="draft", subject_id=str(draft.pk), actor=by.acting_as(held), now=now)
        return current


def move(*, draft: Draft, step: int, by: Viewer, now: datetime) -> None:
    """Move a commitment one place up (-1) or down (+1) among its member's; the numbers follow the order."""
    if draft.member is None:
        raise Refused("narrative-stays", _("The text of the plan itself cannot be withdrawn. Change it instead."))
    held = permissions.required_in_member(by, permissions.DRAFT, draft.member)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=draft.member.pk)
        require_open(draft.plan, draft.member)
        order = list(drafts.commitments_of(draft.member))
        place = next((number for number, each in enumerate(order) if each.pk == draft.pk), None)
        if place is None or not 0 <= place + step < len(order):
            raise Refused("no-place-there", _("There is no place to move it to. Reload the page."))
        order.insert(place + step, order.pop(place))
        _number(order)
        event = DraftsReordered(
            plan=draft.plan_id, member=draft.member.organisation_id, order=[each.slug for each in order]
        )
        events.record(event, subject_type="plan", subject_id=draft.plan_id, actor=by.acting_as(held), now=now)


def _number(order: list[Draft]) -> None:
    """Number drafts from 1; first aside, because two may not hold one number even for a moment."""
    for offset in (ASIDE, 0):
        for number, draft in enumerate(order, start=1):
            Draft.objects.filter(pk=draft.pk).update(number=number + offset)


def freeze(*, member: PlanMember, note: str, by: Viewer, now: datetime) -> Freeze:
    """Freeze what the member's drafts say now; the next number of its frozen drafts."""
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    public_words.refuse_personal_data("note", note)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        require_open(member.plan, member)
        versions = drafts.newest_versions(member)
        names = [f"{version.draft.slug or 'plan'}:{version.number}" for version in versions]
        together = drafts.hash_of(versions)
        last = Freeze.objects.filter(member=member).order_by("-number").first()
        if last is not None and last.sha256 == together:
            raise Refused(
                "nothing-changed-since-freeze", _("Nothing changed since version %(number)s."), number=last.number
            )
        frozen = Freeze.objects.create(
            member=member, number=last.number + 1 if last else 1, sha256=together, frozen_at=now, note=note
        )
        frozen.versions.set(versions)
        event = DraftsFrozen(
            plan=member.plan_id, member=member.organisation_id, number=frozen.number, versions=names, sha256=together
        )
        events.record(event, subject_type="plan", subject_id=member.plan_id, actor=by.acting_as(held), now=now)
        return frozen


def sha256_of(body: Body) -> str:
    """The hash of a body: SHA-256 of its RFC 8785 bytes."""
    return hashlib.sha256(rfc8785.dumps(dict(body))).hexdigest()


def _refuse_disorder(body: Body) -> None:
    """What begins, ends later; a text in which it does not could never be enacted."""
    for part in shape.disordered(body):
        raise Refused(
            "draft-days-in-wrong-order", _("%(part)s: the end lies before the beginning. Correct the dates."), part=part
        )


def _refuse_monitors(member: PlanMember | None, body: Body) -> None:
    """Whoever monitors a part carries none of its commitments; `seats.give_seat` refuses the other way round."""
    named = sorted(shape.carriers_in(body))
    monitors = forum.monitors_among(member, named) if member is not None and named else []
    if monitors:
        raise Refused(
            "institution-monitors-this-part",
            _("%(institution)s monitors this part of the plan, so it cannot carry a commitment. Name another one."),
            field="institutions",
            institution=monitors[0].name,
        )


def _record_begun(draft: Draft, actor: Actor, now: datetime) -> None:
    member = draft.member.organisation_id if draft.member else ""
    event = DraftBegun(plan=draft.plan_id, draft=draft.slug or "plan", kind=draft.kind, member=member)
    events.record(event, subject_type="plan", subject_id=draft.plan_id, actor=actor, now=now)


def _save(draft: Draft, body: Body, *, note: str, actor: Actor, by: Viewer, now: datetime) -> DraftVersion:
    newest = drafts.newest_version(draft)
    version = DraftVersion.objects.create(
        draft=draft,
        number=newest.number + 1 if newest else 1,
        body=dict(body),
        sha256=sha256_of(body),
        note=note,
        saved_by=by.account,
        saved_at=now,
    )
    if newest is not None:
        carrying.carry(version=version, before=newest)
    event = DraftSaved(plan=draft.plan_id, draft=draft.slug or "plan", version=version.number, sha256=version.sha256)
    events.record(event, subject_type="draft", subject_id=str(draft.pk), actor=actor, now=now)
    return version
