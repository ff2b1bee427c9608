"""The national secretariat's notes before submission, and the answer to each."""

import secrets
import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.events.submission import ReviewFinished, ReviewNoteAnswered, ReviewNoteWritten
from lumbung.modules.action_plan.models import Plan, Review, ReviewNote
from lumbung.modules.action_plan.queries import submission


def write_note(
    *, plan: Plan, about: str, text: str, by: Viewer, now: datetime, draft_key: uuid.UUID | None = None
) -> ReviewNote:
    """The national secretariat writes a note on the plan or on one commitment. The same form sent twice is one note."""
    held = permissions.required_in_plan(by, permissions.REVIEW, plan)
    public_words.refuse_personal_data("text", text)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        known = ReviewNote.objects.filter(plan=plan, draft_key=draft_key).first() if draft_key else None
        if known is not None:
            return known
        _refuse_after(plan)
        salt = secrets.token_bytes(16)
        note = ReviewNote.objects.create(
            plan=plan,
            number=submission.next_note_number(plan),
            about=about,
            text=text,
            salt=salt,
            draft_key=draft_key,
            written_at=now,
            written_by=permissions.account_of(by),
        )
        event = ReviewNoteWritten(
            plan=plan.pk, number=note.number, about=about, text_hash=sealing.salted_hash(text, salt)
        )
        _record(plan, event, held, by, now)
        return note


def answer_note(*, note: ReviewNote, answer: str, by: Viewer, now: datetime) -> ReviewNote:
    """The secretariat answers a note: what was changed because of it, or why nothing was."""
    plan = note.plan
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    public_words.refuse_personal_data("answer", answer)
    with transaction.atomic():
        current = ReviewNote.objects.select_for_update().get(pk=note.pk)
        if current.answered_at is not None:
            raise Refused("note-answered-already", _("This note is answered already. Reload the page."))
        current.salt = bytes(current.salt) or secrets.token_bytes(16)  # erased with hidden words
        current.answer, current.answered_at, current.answered_by = answer, now, permissions.account_of(by)
        current.save(update_fields=["answer", "answered_at", "answered_by", "salt"])
        event = ReviewNoteAnswered(
            plan=plan.pk, number=current.number, answer_hash=sealing.salted_hash(answer, bytes(current.salt))
        )
        _record(plan, event, held, by, now)
        return current


def finish_review(*, plan: Plan, by: Viewer, now: datetime) -> Review:
    """The national secretariat has said all it has to say of this text; the answers may still come.

    It reads a text that is frozen or enacted. When that text changes, the review is open again.
    """
    held = permissions.required_in_plan(by, permissions.REVIEW, plan)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        sha256 = submission.reviewed_sha256(plan)
        if not sha256:
            raise Refused(
                "nothing-to-review",
                _("There is no text to review yet: each member of the plan freezes its drafts first."),
            )
        _refuse_after(plan)
        account, notes = permissions.account_of(by), submission.next_note_number(plan) - 1
        review = Review.objects.create(plan=plan, text_sha256=sha256, finished_at=now, finished_by=account)
        event = ReviewFinished(plan=plan.pk, notes=notes, sha256=sha256)
        _record(plan, event, held, by, now)
        return review


def _refuse_after(plan: Plan) -> None:
    if submission.review_of(plan) is not None:
        raise Refused(
            "review-finished", _("The review of this text is finished. It opens again when the text changes.")
        )


def _record(plan: Plan, event: Event, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
