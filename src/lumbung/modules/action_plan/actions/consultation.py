"""Public tests: opened on frozen drafts, commented by anybody while open, by letter or meeting entered by officers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.kernels.anchoring import Anchor
from lumbung.modules.action_plan import permissions, shape, states
from lumbung.modules.action_plan.actions import answer_telling, carrying, clearing, indexing, intake, intake_telling
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.events.consultation import CommentSent, ConsultationOpened
from lumbung.modules.action_plan.models import (
    Channel,
    Comment,
    Consultation,
    Draft,
    DraftVersion,
    Freeze,
    Meeting,
    Plan,
    PlanMember,
)
from lumbung.modules.action_plan.queries import consultations, quotations
from lumbung.modules.action_plan.queries import intake as reading
from lumbung.modules.action_plan.queries.intake import Words

NOON = time(12)


@dataclass(frozen=True, slots=True)
class About:
    """What a comment is about: the plan as a whole, a draft, a field of it, or words quoted from it."""

    draft: Draft | None = None
    field: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a comment came. Anything but online is entered by an officer, with the day it came."""

    channel: str = Channel.ONLINE
    sector: str = ""
    meeting: Meeting | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to tell of the answer, and in which language."""

    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """One comment of several an officer enters together."""

    words: Words
    about: About
    origin: Origin
    draft_key: uuid.UUID


@dataclass(frozen=True, slots=True)
class _Anchor:
    version: DraftVersion | None
    field: str
    place: Anchor | None


def open_consultation(
    *, member: PlanMember, freeze: Freeze, opens_on: date, closes_on: date, question: str, by: Viewer, now: datetime
) -> Consultation:
    """Announce a public test of frozen drafts, for as many days as the rules ask for or more."""
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    _refuse_days(opens_on, closes_on, clock.local_day(now))
    public_words.refuse_personal_data("question", question)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        if freeze.member_id != member.pk:
            raise Refused("freeze-of-another", _("Choose frozen drafts of this government."), field="freeze")
        if Consultation.objects.filter(member=member, opens_on__lte=closes_on, closes_on__gte=opens_on).exists():
            raise Refused(
                "public-tests-overlap",
                _("Another public test of this government runs in these days. Choose other days."),
                field="opens_on",
            )
        made = Consultation.objects.create(
            member=member, freeze=freeze, opens_on=opens_on, closes_on=closes_on, question=question, announced_at=now
        )
        event = ConsultationOpened(
            plan=member.plan_id,
            member=member.organisation_id,
            version=freeze.number,
            opens_on=opens_on.isoformat(),
            closes_on=closes_on.isoformat(),
        )
        events.record(event, subject_type="plan", subject_id=member.plan_id, actor=by.acting_as(held), now=now)
        return made


def _refuse_days(opens_on: date, closes_on: date, today: date) -> None:
    if opens_on < today:
        raise Refused(
            "public-test-in-the-past", _("A public test opens today or later. Correct the date."), field="opens_on"
        )
    least = states.rules().public_test_days
    if (closes_on - opens_on).days + 1 < least:
        raise Refused(
            "public-test-too-short",
            _("A public test stays open for %(days)s days or more. Choose a later last day."),
            field="closes_on",
            days=least,
        )


def send_comment(
    *,
    consultation: Consultation,
    words: Words,
    about: About,
    origin: Origin,
    draft_key: uuid.UUID,
    by: Viewer,
    now: datetime,
    contact: Contact | None = None,
) -> Sent:
    """Take a comment: number, sealed words, anchor, code and event in one transaction. The same key twice is one."""
    held = None
    permissions.refuse_withdrawn(consultation.member.plan)
    if origin.channel != Channel.ONLINE:
        held = permissions.required_in_member(by, permissions.CONSULT, consultation.member)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=consultation.member.plan_id)
        before = Comment.objects.filter(draft_key=draft_key).first()
        if before is not None:
            return Sent(before, intake.code_of(draft_key), is_new=False)
        received_on = _received_on(consultation, origin, clock.local_day(now))
        comment, sealed_hash = _kept(consultation, words, about, origin, draft_key, received_on, now)
        draft = (about.draft.slug or "plan") if about.draft else "plan"
        event = CommentSent(comment.plan_id, comment.number, comment.channel, draft, sealed_hash)
        clearing.record(comment, event, held, by, now)
        if contact is not None:
            answer_telling.keep_contact(comment=comment, email=contact.email, language=contact.language)
        if held is None or reading.is_flagged(words):
            intake_telling.words_wait(plan=comment.plan, member=consultation.member, now=now)
        else:
            comment = _cleared(comment, words, by, now)
    return Sent(comment, intake.code_of(draft_key), is_new=True)


def check_row(*, consultation: Consultation, row: Row, now: datetime) -> None:
    """Refuse a row that could not be entered; nothing is written."""
    _received_on(consultation, row.origin, clock.local_day(now))
    _anchor_of(consultation, row.about)


def enter_rows(*, consultation: Consultation, rows: Sequence[Row], by: Viewer, now: datetime) -> list[Sent]:
    """Enter several comments together: all of them or none."""
    permissions.required_in_member(by, permissions.CONSULT, consultation.member)
    with transaction.atomic():
        return [
            send_comment(
                consultation=consultation,
                words=row.words,
                about=row.about,
                origin=row.origin,
                draft_key=row.draft_key,
                by=by,
                now=now,
            )
            for row in rows
        ]


def _cleared(comment: Comment, words: Words, by: Viewer, now: datetime) -> Comment:
    # An officer has read it and nothing in it was flagged (ADR 24).
    cleared = clearing.clear_words(item=comment, words=words, by=by, now=now)
    if not isinstance(cleared, Comment):
        raise TypeError(f"{comment.number} is no comment")
    return cleared


def _received_on(consultation: Consultation, origin: Origin, today: date) -> date:
    """The day a comment counts for; refused where the public test was not open on it."""
    day = today if origin.channel == Channel.ONLINE else origin.received_on or today
    if day > today:
        raise Refused("received-in-future", _("The day it came lies in the future. Correct it."), field="received_on")
    if day < consultation.opens_on:
        raise Refused("public-test-not-open", _("This public test has not opened yet."), field="received_on")
    if day > consultation.closes_on:
        raise Refused(
            "public-test-closed",
            _("This public test is closed. The secretariat still enters what came by letter before the last day."),
            field="received_on",
        )
    return day


def _kept(
    consultation: Consultation,
    words: Words,
    about: About,
    origin: Origin,
    draft_key: uuid.UUID,
    received_on: date,
    now: datetime,
) -> tuple[Comment, str]:
    anchor, today = _anchor_of(consultation, about), clock.local_day(now)
    at = now if received_on == today else datetime.combine(received_on, NOON, tzinfo=clock.WITA)
    comment = Comment(
        plan=consultation.member.plan,
        consultation=consultation,
        number=intake.next_number(intake.COMMENT, today.year),
        channel=origin.channel,
        meeting=origin.meeting,
        sector=origin.sector,
        draft=about.draft,
        version=anchor.version,
        field=anchor.field,
        code_index=reading.code_index(intake.code_of(draft_key)),
        draft_key=draft_key,
        received_at=at,
        received_on=received_on,
    )
    sealed = intake.seal(words.kept(), place=reading.place_of(comment))
    comment.words, comment.salt, comment.words_hash = sealed.words, sealed.salt, sealed.words_hash
    if anchor.place is not None:
        comment.quote, comment.before, comment.after = anchor.place.quote, anchor.place.before, anchor.place.after
    comment.save(force_insert=True)
    indexing.index_item(comment)
    carrying.place_comment(comment=comment)
    return comment, sealed.words_hash


def _anchor_of(consultation: Consultation, about: About) -> _Anchor:
    """Where a comment stands in the frozen text; refused where draft or words are not part of it."""
    if about.draft is None:
        if about.quote:
            raise Refused("quote-needs-draft", _("Choose the commitment the quoted words stand in."), field="draft")
        return _Anchor(None, "", None)
    versions = consultations.frozen_versions(consultation)
    version = next((each for each in versions if each.draft_id == about.draft.pk), None)
    if version is None:
        raise Refused("draft-not-tested", _("This draft is not part of this public test."), field="draft")
    if not about.quote:
        known = shape.field_of(version.draft.kind, about.field)
        return _Anchor(version, known.key if known else "", None)
    field = about.field or quotations.field_holding(version, about.quote)
    place = quotations.place_in(version, field, about.quote) if field else None
    if place is None:
        raise Refused(
            "quote-not-found",
            _("The quoted words do not stand in this draft. Copy them from the page again, or leave the quote out."),
            field="quote",
        )
    return _Anchor(version, field, place)
