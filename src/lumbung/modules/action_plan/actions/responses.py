"""Reasoned answers: written for one comment or several alike, published together, then corrected in the open only."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import answer_telling
from lumbung.modules.action_plan.events.consultation import AnswerCorrected, CommentsAnswered
from lumbung.modules.action_plan.models import Clearing, Comment, Consultation, DraftVersion, PlanMember, Response
from lumbung.modules.action_plan.queries import consultations, rewordings

SHORTEST_REASON = 20
CHANGES = frozenset({Response.Verdict.ACCEPTED, Response.Verdict.PARTLY})


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reason, and what changed because of it."""

    verdict: str
    reason: str
    change: str = ""
    changed_in: DraftVersion | None = None
    # Parts of commitments that say something else because of it (`queries/rewordings`).
    rewords: tuple[str, ...] = ()


def write_response(
    *, consultation: Consultation, comments: Sequence[Comment], answer: Answer, by: Viewer, now: datetime
) -> Response:
    """Write one answer to these comments. Nobody reads it until it is published with the others."""
    permissions.required_in_member(by, permissions.CONSULT, consultation.member)
    _refuse_thin(answer)
    with transaction.atomic():
        _one_at_a_time(consultation.member)
        known = _comments_now(consultation, comments)
        _refuse_version(consultation, answer)
        _refuse_unchanged(consultation, answer)
        response = Response.objects.create(
            plan=consultation.member.plan,
            verdict=answer.verdict,
            reason=answer.reason,
            salt=secrets.token_bytes(16),
            change=answer.change,
            changed_in=answer.changed_in,
            rewords=list(answer.rewords),
            written_by=permissions.account_of(by),
            written_at=now,
        )
        for comment in known:
            _leave_draft_answer(comment)
            comment.response = response
            comment.save(update_fields=["response"])
    return response


def discard_response(*, response: Response, member: PlanMember, by: Viewer) -> None:
    """Take a draft of an answer back: its comments wait for another one."""
    permissions.required_in_member(by, permissions.CONSULT, member)
    with transaction.atomic():
        _one_at_a_time(member)
        current = Response.objects.select_for_update().filter(pk=response.pk).first()
        if current is None:
            raise Refused("response-is-gone", _("This answer was taken back already. Reload the page."))
        if current.published_at is not None:
            raise Refused("response-is-published", _("This answer is published and stays as it is."))
        Comment.objects.filter(response=current).update(response=None)
        current.delete()


def publish_responses(*, member: PlanMember, by: Viewer, now: datetime) -> int:
    """Publish every answer of this government that waits, with one press; each is an event of its own."""
    held = permissions.required_in_member(by, permissions.CONSULT, member)
    with transaction.atomic():
        _one_at_a_time(member)
        waiting = list(consultations.draft_responses(member.plan, member))
        if not waiting:
            raise Refused("no-response-waits", _("No answer waits to be published. Write one first."))
        for response in waiting:
            _publish(response, member, held, by, now)
    return len(waiting)


def _one_at_a_time(member: PlanMember) -> None:
    """Writing, taking back and publishing the answers of a government wait for one another."""
    PlanMember.objects.select_for_update().get(pk=member.pk)


def _publish(response: Response, member: PlanMember, held: HeldRole, by: Viewer, now: datetime) -> None:
    salt = bytes(response.salt) if response.salt else secrets.token_bytes(16)
    response.published_at, response.salt = now, salt
    response.save(update_fields=["published_at", "salt"])
    event = CommentsAnswered(
        plan=member.plan_id,
        member=member.organisation_id,
        comments=sorted(response.comments.values_list("number", flat=True)),
        verdict=response.verdict,
        reason_hash=sealing.salted_hash(f"{response.reason}\n{response.change}", salt),
        changed_in=str(response.changed_in_id or ""),
        rewords=sorted(response.rewords or ()),
    )
    events.record(event, subject_type="response", subject_id=str(response.pk), actor=by.acting_as(held), now=now)
    answer_telling.tell_answered(response=response, now=now)


def correct_response(*, response: Response, answer: Answer, why: str, by: Viewer, now: datetime) -> Response:
    """Publish another answer in place of a published one, with the reason. The old one stays readable beside it."""
    consultation = consultations.consultation_of(response)
    if consultation is None:
        raise Refused("response-not-current", _("This answer was corrected meanwhile. Reload the page."))
    held = permissions.required_in_member(by, permissions.CONSULT, consultation.member)
    _refuse_thin(answer)
    _refuse_why(why)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=consultation.member_id)
        current = _correctable(response, answer)
        _refuse_version(consultation, answer)
        _refuse_unchanged(consultation, answer)
        made = Response.objects.create(
            plan_id=current.plan_id,
            verdict=answer.verdict,
            reason=answer.reason,
            salt=secrets.token_bytes(16),
            change=answer.change,
            changed_in=answer.changed_in,
            rewords=list(answer.rewords),
            written_by=permissions.account_of(by),
            written_at=now,
            published_at=now,
            corrects=current,
            correction_reason=why,
        )
        Comment.objects.filter(response=current).update(response=made)
        event = _corrected(made, consultation.member, why)
        events.record(event, subject_type="response", subject_id=str(made.pk), actor=by.acting_as(held), now=now)
        answer_telling.tell_corrected(response=made, now=now)
    return made


def _corrected(made: Response, member: PlanMember, why: str) -> AnswerCorrected:
    salt = bytes(made.salt or b"")
    return AnswerCorrected(
        plan=member.plan_id,
        member=member.organisation_id,
        comments=sorted(made.comments.values_list("number", flat=True)),
        corrects=str(made.corrects_id),
        verdict=made.verdict,
        reason_hash=sealing.salted_hash(f"{made.reason}\n{made.change}", salt),
        correction_hash=sealing.salted_hash(why, salt),
        changed_in=str(made.changed_in_id or ""),
        rewords=sorted(made.rewords or ()),
    )


def _refuse_why(why: str) -> None:
    public_words.refuse_personal_data("why", why)
    if len(why.strip()) < SHORTEST_REASON:
        raise Refused(
            "correction-without-reason", _("Say in one full sentence why the answer is corrected."), field="why"
        )


def _correctable(response: Response, answer: Answer) -> Response:
    """The answer as it is now, held; only a published one that holds is corrected, and only to say something else."""
    current = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if current.published_at is None:
        raise Refused("response-not-published", _("This answer is not published yet. Take it back and write another."))
    if Response.objects.filter(corrects=current).exists():
        raise Refused("response-not-current", _("This answer was corrected meanwhile. Reload the page."))
    told = Answer(current.verdict, current.reason, current.change, current.changed_in, tuple(current.rewords or ()))
    if answer == told:
        raise Refused("correction-changes-nothing", _("The answer already says this. Write what it is to say."))
    return current


def _refuse_thin(answer: Answer) -> None:
    for field, text in (("reason", answer.reason), ("change", answer.change)):
        public_words.refuse_personal_data(field, text)
    if len(answer.reason.strip()) < SHORTEST_REASON:
        raise Refused("response-without-reason", _("Give the reason in at least one full sentence."), field="reason")
    if answer.verdict in CHANGES and not answer.change.strip():
        raise Refused(
            "response-without-change", _("Say what changes in the text because of this comment."), field="change"
        )


def _comments_now(consultation: Consultation, comments: Sequence[Comment]) -> list[Comment]:
    """The comments as they are now, held; each may still be answered."""
    keys = [comment.pk for comment in comments]
    known = list(
        Comment.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, consultation=consultation)
        .select_related("response")
        .order_by("number")
    )
    if not known or len(known) != len(set(keys)):
        raise Refused("comments-not-here", _("Choose one or more comments of this public test."), field="comments")
    for comment in known:
        if comment.clearing == Clearing.HIDDEN:
            raise Refused("comment-is-hidden", _("%(number)s is hidden and needs no answer."), number=comment.number)
        if comment.response is not None and comment.response.published_at is not None:
            raise Refused(
                "comment-is-answered",
                _("%(number)s has a published answer already. Reload the page."),
                number=comment.number,
            )
    return known


def _leave_draft_answer(comment: Comment) -> None:
    """A comment that gets another answer leaves the one that waited; an answer to nobody is gone."""
    before = comment.response
    comment.response = None
    if before is not None:
        comment.save(update_fields=["response"])
        if not before.comments.exists():
            before.delete()


def _refuse_version(consultation: Consultation, answer: Answer) -> None:
    version = answer.changed_in
    if version is not None and version not in consultations.later_versions(consultation):
        raise Refused(
            "version-before-the-test",
            _("Choose a version saved after the drafts were frozen for this public test."),
            field="changed_in",
        )


def _refuse_unchanged(consultation: Consultation, answer: Answer) -> None:
    """An answer names what does say something else now, and nothing beforehand."""
    known = {each.place for each in rewordings.rewordings_of(consultation.member)} if answer.rewords else set()
    if set(answer.rewords) - known:
        raise Refused(
            "part-says-the-same",
            _("Choose parts that say something else than in the public test. Save the new text first."),
            field="rewords",
        )
