"""A draft on its way: submitted, passed or returned by those who check, taken back. Publishing is in publishing.py."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import queries as accounts
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions, states
from lumbung.modules.open_data.actions.datasets import DRAFT
from lumbung.modules.open_data.events import DraftPassed, DraftReturned, DraftSubmitted, DraftTakenBack
from lumbung.modules.open_data.models import Check, Draft, Remark
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates
from lumbung.modules.open_data.states import DraftState, Step

# Who looks at a draft in which state.
LEVELS = {
    DraftState.SUBMITTED: (Check.Level.SUPPORTING, permissions.PRECHECK),
    DraftState.CHECKED: (Check.Level.STEWARD, permissions.CHECK),
    DraftState.SECOND_CHECK: (Check.Level.SUPERVISOR, permissions.SECOND_CHECK),
    DraftState.READY: (Check.Level.STEWARD, permissions.CHECK),
}
SUPPORTING_ROLE = "supporting_steward"


def submit(*, draft: Draft, seen: int, note: str, release_on: date | None, by: Viewer, now: datetime) -> Draft:
    """Hand a draft to those who check. Every gate has to be open; the first that is not says what is missing."""
    held = permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    public_words.refuse_personal_data("note", note)
    with transaction.atomic():
        current = known.locked(draft)
        known.require_writable(current)
        require_seen(current, seen)
        _require_open_gates(current)
        current.note, current.release_on = note.strip(), release_on
        current.submitted_at, current.submitted_by = now, by.account
        to = _first_desk(current, clock.local_day(now))
        _move(current, Step.SUBMIT, to, "note", "release_on", "submitted_at", "submitted_by")
        _answer_remarks(current, now)
        event = DraftSubmitted(dataset=current.dataset.name, to=to, metadata_sha256=sha256_of(current.metadata))
        events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def take_back(*, draft: Draft, by: Viewer, now: datetime) -> Draft:
    """Take a draft back before anybody looked at it."""
    held = permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        _require(current, Step.TAKE_BACK)
        _move(current, Step.TAKE_BACK, DraftState.DRAFT)
        event = DraftTakenBack(dataset=current.dataset.name)
        events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def pass_draft(*, draft: Draft, seen: int, by: Viewer, now: datetime) -> Draft:
    """Say that a draft is right at one's own level; it goes on to the next desk."""
    with transaction.atomic():
        current = known.locked(draft)
        _require(current, Step.PASS)
        require_seen(current, seen)
        # A second press must not pass the next check as well, for somebody who may do both.
        if current.state != draft.state:
            raise _stands_elsewhere(current)
        level, verb = LEVELS[DraftState(current.state)]
        held = permissions.required_in(by, verb, current.dataset)
        _refuse_own(current, by)
        _refuse_both_checks(current, by)
        _require_open_gates(current)
        to = _next_desk(current)
        _note_check(current, level, Check.Verdict.PASSED, "", by, now)
        _move(current, Step.PASS, to)
        event = DraftPassed(dataset=current.dataset.name, level=level, to=to)
        events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def return_draft(*, draft: Draft, reason: str, remarks: Mapping[str, str], by: Viewer, now: datetime) -> Draft:
    """Give a draft back to its producer: one reason for all of it, and remarks beside the fields they concern."""
    if not reason.strip():
        raise Refused("return-needs-a-reason", _("Say what has to be mended. The producer reads it."), field="reason")
    with transaction.atomic():
        current = known.locked(draft)
        _require(current, Step.RETURN)
        level, verb = LEVELS[DraftState(current.state)]
        held = permissions.required_in(by, verb, current.dataset)
        check = _note_check(current, level, Check.Verdict.RETURNED, reason.strip(), by, now)
        marked = [
            Remark(check_of=check, field=field, text=text.strip()) for field, text in remarks.items() if text.strip()
        ]
        Remark.objects.bulk_create(marked)
        _move(current, Step.RETURN, DraftState.RETURNED)
        event = DraftReturned(dataset=current.dataset.name, level=level, remarks=len(marked))
        events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def sha256_of(metadata: Mapping[str, Any]) -> str:
    """The hash of metadata: SHA-256 of their RFC 8785 bytes."""
    return hashlib.sha256(rfc8785.dumps(dict(metadata))).hexdigest()


def require_seen(draft: Draft, seen: int) -> None:
    """Refuse when somebody saved the draft after this person opened it."""
    if draft.version != seen:
        raise Refused(
            "draft-was-saved-meanwhile", _("Somebody saved this draft meanwhile. Reload the page and look again.")
        )


def _require(draft: Draft, step: Step) -> None:
    if step not in states.ALLOWED[DraftState(draft.state)]:
        raise _stands_elsewhere(draft)


def _stands_elsewhere(draft: Draft) -> Refused:
    return Refused(
        "draft-stands-elsewhere",
        _("This draft is in the state “%(state)s” now, where this is not possible. Reload the page."),
        state=DraftState(draft.state).label,
    )


def _move(draft: Draft, step: Step, to: DraftState, *also: str) -> None:
    if not states.may_pass(DraftState(draft.state), step, to):
        raise ValueError(f"{step} leads from {draft.state} to {to}; allowed {states.ALLOWED[DraftState(draft.state)]}")
    draft.state = to
    draft.save(update_fields=["state", *also])


def _require_open_gates(draft: Draft) -> None:
    gap = gates.first_gap(draft)
    if gap is not None:
        raise Refused("gate-is-closed", _("Not yet: %(gap)s"), gap=str(gap))


def _first_desk(draft: Draft, day: date) -> DraftState:
    """The supporting steward of the producer, or the steward where the agency has none but the submitter."""
    found = accounts.accounts_with([SUPPORTING_ROLE], day=day, organisation_code=draft.dataset.producer_id)
    others = [account for account in found if account.pk != draft.submitted_by_id]
    return DraftState.SUBMITTED if others else DraftState.CHECKED


def _next_desk(draft: Draft) -> DraftState:
    if draft.state == DraftState.SUBMITTED:
        return DraftState.CHECKED
    if draft.state == DraftState.CHECKED and draft.dataset.is_priority:
        return DraftState.SECOND_CHECK
    return DraftState.READY


def _refuse_own(draft: Draft, by: Viewer) -> None:
    if by.account is not None and draft.submitted_by_id == by.account.pk:
        raise Refused(
            "own-draft", _("You submitted this draft yourself. Somebody else has to check it; hand it to a colleague.")
        )


def _refuse_both_checks(draft: Draft, by: Viewer) -> None:
    """The second check of priority data is another person's than the first one of the portal."""
    if draft.state != DraftState.SECOND_CHECK:
        return
    last = draft.checks.filter(level=Check.Level.STEWARD, verdict=Check.Verdict.PASSED).order_by("-checked_at").first()
    if last is not None and last.checked_by_id == permissions.account_id_of(by):
        raise Refused(
            "both-checks", _("You passed this draft as data steward. The second check of priority data is another's.")
        )


def _note_check(
    draft: Draft, level: Check.Level, verdict: Check.Verdict, reason: str, by: Viewer, now: datetime
) -> Check:
    return Check.objects.create(
        draft=draft,
        level=level,
        verdict=verdict,
        reason=reason,
        draft_version=draft.version,
        checked_by_id=permissions.account_id_of(by),
        checked_at=now,
    )


def _answer_remarks(draft: Draft, now: datetime) -> None:
    Remark.objects.filter(check_of__draft=draft, answered_at__isnull=True).update(answered_at=now)
