"""The independent body's coding, civil society's signed notes, and the agency's right of reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import NotPermitted
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import reporting, signing
from lumbung.modules.action_plan.events.monitoring import CommitmentAssessed, NoteSigned, ReplyGiven
from lumbung.modules.action_plan.models import Assessment, Commitment, Evidence, Note, Reply, Term
from lumbung.modules.action_plan.queries import monitoring
from lumbung.modules.action_plan.queries.testimonies import monitoring as testimonies


@dataclass(frozen=True, slots=True)
class Inception:
    """The coding at the start of a commitment."""

    is_verifiable: bool
    is_relevant: bool
    novelty: Term
    ambition: Term
    words: str
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """The coding at its end; a degree that is None does not apply."""

    completion: Term
    opened_information: Term | None
    opened_participation: Term | None
    opened_accountability: Term | None
    words: str
    lessons: str
    evidence: Sequence[Evidence] = ()


def assess(*, commitment: Commitment, coding: Inception | Ending, by: Viewer, now: datetime) -> Assessment:
    """Add an assessment. Earlier ones stay and are listed; the same one twice is one."""
    held = permissions.required_to_assess(by, commitment)
    if isinstance(coding, Ending):
        signing.refuse_before_its_end(commitment, now)
    reporting.refuse_foreign_evidence(commitment, coding.evidence)
    public_words.refuse_personal_data("lessons", _lessons(coding))
    if isinstance(coding, Ending) and coding.completion.key == monitoring.COMPLETE:
        reporting.refuse_uncaptured(commitment, coding.evidence)
    kind = Assessment.Kind.END if isinstance(coding, Ending) else Assessment.Kind.INCEPTION
    answers = {name: getattr(coding, name) for name in testimonies.CODED[kind]}
    with transaction.atomic():
        signing.held_for_writing(commitment)
        same = _same(commitment, kind, coding, held.organisation_code, answers)
        if same is not None:
            return same
        made = Assessment.objects.create(
            commitment=commitment,
            kind=kind,
            lessons=_lessons(coding),
            reply_due_on=signing.reply_due_on(now),
            **answers,
            **signing.signed(coding.words, organisation=held.organisation_code, held=held, by=by, now=now),
        )
        made.evidence.set(coding.evidence)
        event = CommitmentAssessed(
            plan=commitment.plan_id,
            commitment=commitment.pk,
            assessment=str(made.pk),
            kind=kind,
            coding=testimonies.coding_of(made),
            words_hash=made.words_hash,
            lessons_hash=sealing.salted_hash(made.lessons, bytes(made.salt)),
            evidence=[str(each.pk) for each in coding.evidence],
            reply_due_on=made.reply_due_on.isoformat(),
        )
        signing.record(event, commitment, held, by, now)
        return made


def _same(
    commitment: Commitment, kind: str, coding: Inception | Ending, organisation: str, answers: dict[str, Any]
) -> Assessment | None:
    """The assessment that says all of this already: the same form pressed twice."""
    mine = Assessment.objects.filter(
        commitment=commitment, kind=kind, words=coding.words, lessons=_lessons(coding), organisation_id=organisation
    )
    proven = {each.pk for each in coding.evidence}
    alike = mine.filter(**_equal(answers)).prefetch_related("evidence")
    return next((each for each in alike if {proof.pk for proof in each.evidence.all()} == proven), None)


def _lessons(coding: Inception | Ending) -> str:
    return coding.lessons if isinstance(coding, Ending) else ""


def _equal(answers: dict[str, Term | bool | None]) -> dict[str, object]:
    """As the conditions of a search: an empty degree is looked for as empty."""
    wanted: dict[str, object] = {name: answer for name, answer in answers.items() if answer is not None}
    empty = [name for name, answer in answers.items() if answer is None]
    return wanted | {f"{name}__isnull": True for name in empty}


def sign_note(*, commitment: Commitment, words: str, by: Viewer, now: datetime) -> Note:
    """An organisation outside government says something about a commitment, under its name."""
    held = permissions.role_outside(by)
    if held is None:
        raise NotPermitted(
            "notes-are-signed-by-organisations",
            _(
                "Notes are signed by organisations outside government that hold a seat in the forum. "
                "An agency reports on its commitment and replies to notes."
            ),
        )
    with transaction.atomic():
        signing.held_for_writing(commitment)
        same = Note.objects.filter(commitment=commitment, words=words, organisation_id=held.organisation_code).first()
        if same is not None:
            return same
        note = Note.objects.create(
            commitment=commitment,
            reply_due_on=signing.reply_due_on(now),
            **signing.signed(words, organisation=held.organisation_code, held=held, by=by, now=now),
        )
        event = NoteSigned(
            plan=commitment.plan_id,
            commitment=commitment.pk,
            said=str(note.pk),
            organisation=held.organisation_code,
            words_hash=note.words_hash,
            reply_due_on=note.reply_due_on.isoformat(),
        )
        signing.record(event, commitment, held, by, now)
        return note


def reply(*, to: Assessment | Note, words: str, by: Viewer, now: datetime) -> Reply:
    """The agency in charge answers; its head speaks for it. After the due date it may still, and the page says so."""
    commitment = to.commitment
    held = permissions.required_in_charge(by, permissions.APPROVE_REPORT, commitment)
    answered = {"assessment": to} if isinstance(to, Assessment) else {"note": to}
    with transaction.atomic():
        signing.held_for_writing(commitment)
        same = Reply.objects.filter(words=words, **answered).first()
        if same is not None:
            return same
        made = Reply.objects.create(
            **answered, **signing.signed(words, organisation=held.organisation_code, held=held, by=by, now=now)
        )
        event = ReplyGiven(
            plan=commitment.plan_id,
            commitment=commitment.pk,
            reply=str(made.pk),
            answers=str(to.pk),
            organisation=held.organisation_code,
            words_hash=made.words_hash,
        )
        signing.record(event, commitment, held, by, now)
        return made
