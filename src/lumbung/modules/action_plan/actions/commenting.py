"""Comments of the forum on drafts in the making: public at once, in the name of the institution."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.organisations import queries as organisations
from lumbung.core.web import public_words
from lumbung.kernels import anchoring
from lumbung.kernels.anchoring import Anchor
from lumbung.modules.action_plan import permissions, shape
from lumbung.modules.action_plan.actions import carrying, drafting, intake
from lumbung.modules.action_plan.events.commenting import DraftCommented
from lumbung.modules.action_plan.models import Channel, Clearing, Comment, Draft, DraftVersion
from lumbung.modules.action_plan.queries import intake as reading
from lumbung.modules.action_plan.queries.intake import Words as Sent

NOWHERE = Anchor("", "", "")


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says, and about which words: field, quotation, and what stands around it."""

    text: str
    draft_key: uuid.UUID
    field: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""


def anchor_of(version: DraftVersion, words: Words) -> Anchor:
    """The words a comment is about, as they stand in the version; refuses a quotation that does not stand there."""
    if not words.quote.strip():
        return NOWHERE
    known = {field.key for field in shape.anchored_fields(version.draft.kind)}
    text = shape.anchored_text(version.body, words.field) if words.field in known else ""
    found = anchoring.locate(text, words.quote, before=words.before, after=words.after)
    if found is None:
        raise Refused(
            "quotation-not-in-text",
            _("These words do not stand in this part of the draft. Copy them from the text, or leave the field empty."),
            field="quote",
        )
    return found


def comment_on_draft(*, version: DraftVersion, words: Words, by: Viewer, now: datetime) -> Comment:
    """One comment of a member of the forum on a draft in the making; the same key twice is one comment."""
    draft = version.draft
    held = permissions.required_contributor(by, draft.plan)
    public_words.refuse_personal_data("text", words.text)
    anchor = anchor_of(version, words)
    with transaction.atomic():
        standing = Draft.objects.select_for_update().get(pk=draft.pk)
        known = Comment.objects.filter(draft_key=words.draft_key).first()
        if known is not None:
            return known
        drafting.require_standing(standing)
        drafting.require_open(draft.plan, draft.member)
        day, institution = clock.local_day(now), organisations.by_code(held.organisation_code)
        named = institution.name_id if institution else ""
        comment = Comment(
            plan=draft.plan,
            number=intake.next_number(intake.COMMENT, day.year),
            channel=Channel.ONLINE,
            draft=draft,
            version=version,
            field=words.field,
            quote=anchor.quote,
            before=anchor.before,
            after=anchor.after,
            clearing=Clearing.PUBLIC,
            public_text=words.text,
            institution=named,
            account=permissions.account_of(by),
            code_index=intake.code_index(intake.code_of(words.draft_key)),
            draft_key=words.draft_key,
            received_at=now,
            received_on=day,
        )
        sealed = intake.seal(Sent(words.text, institution=named).kept(), place=reading.place_of(comment))
        comment.words, comment.salt, comment.words_hash = sealed.words, sealed.salt, sealed.words_hash
        comment.save(force_insert=True)
        carrying.place_comment(comment=comment)
        event = DraftCommented(
            plan=draft.plan_id,
            draft=draft.slug or "plan",
            version=version.number,
            number=comment.number,
            field=words.field,
            words_hash=sealed.words_hash,
        )
        events.record(event, subject_type="comment", subject_id=str(comment.pk), actor=by.acting_as(held), now=now)
        return comment
