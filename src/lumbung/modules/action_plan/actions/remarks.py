"""Remarks on commitments: sent by anybody, cleared like ideas and comments, answered by the agency in charge."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import clearing, indexing, intake, intake_telling, signing
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.events.remarks import RemarkAnswered, RemarkSent
from lumbung.modules.action_plan.models import Clearing, Commitment, Plan, Remark, RemarkAnswer
from lumbung.modules.action_plan.queries import intake as reading
from lumbung.modules.action_plan.queries.intake import Words


def send_remark(*, commitment: Commitment, words: Words, draft_key: uuid.UUID, by: Viewer, now: datetime) -> Sent:
    """Take a remark: number, sealed words, code and event in one transaction. The same key twice is one remark."""
    if commitment.plan.submitted_on is None:
        raise Refused(
            "commitment-not-in-force",
            _("This commitment is not in force yet. Send an idea, or comment on its draft instead."),
        )
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=commitment.plan_id)
        before = Remark.objects.filter(draft_key=draft_key).first()
        if before is not None:
            return Sent(before, intake.code_of(draft_key), is_new=False)
        remark = _kept(commitment, words, draft_key, now)
        event = RemarkSent(commitment.plan_id, commitment.pk, remark.number, remark.channel, remark.words_hash)
        clearing.record(remark, event, None, by, now)
        intake_telling.words_wait(plan=commitment.plan, member=commitment.member, now=now)
    return Sent(remark, intake.code_of(draft_key), is_new=True)


def _kept(commitment: Commitment, words: Words, draft_key: uuid.UUID, now: datetime) -> Remark:
    day = clock.local_day(now)
    remark = Remark(
        plan=commitment.plan,
        commitment=commitment,
        number=intake.next_number(intake.REMARK, day.year),
        code_index=reading.code_index(intake.code_of(draft_key)),
        draft_key=draft_key,
        received_at=now,
        received_on=day,
    )
    sealed = intake.seal(words.kept(), place=reading.place_of(remark))
    remark.words, remark.salt, remark.words_hash = sealed.words, sealed.salt, sealed.words_hash
    remark.save(force_insert=True)
    indexing.index_item(remark)
    return remark


def answer_remark(*, remark: Remark, words: str, by: Viewer, now: datetime) -> RemarkAnswer:
    """The head of the agency in charge answers, for everybody to read; the same words twice are one answer."""
    commitment = remark.commitment
    held = permissions.required_in_charge(by, permissions.APPROVE_REPORT, commitment)
    public_words.refuse_personal_data("words", words)
    with transaction.atomic():
        current = Remark.objects.select_for_update().get(pk=remark.pk)
        if current.clearing != Clearing.PUBLIC:
            raise Refused("remark-not-public", _("Only what everybody may read is answered. Wait until it is cleared."))
        same = RemarkAnswer.objects.filter(remark=current, words=words).first()
        if same is not None:
            return same
        made = RemarkAnswer.objects.create(
            remark=current, **signing.signed(words, organisation=held.organisation_code, held=held, by=by, now=now)
        )
        event = RemarkAnswered(
            plan=commitment.plan_id,
            commitment=commitment.pk,
            number=current.number,
            organisation=held.organisation_code,
            words_hash=made.words_hash,
        )
        clearing.record(current, event, held, by, now)
        return made
