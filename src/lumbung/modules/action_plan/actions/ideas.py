"""Ideas: sent by anybody, merged, split, adopted or declined. A tie is only added, so nothing is lost."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import clearing, indexing, intake, intake_telling
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.events.ideas import IdeaAdopted, IdeaDeclined, IdeaMerged, IdeaSent, IdeaSplit
from lumbung.modules.action_plan.models import (
    Channel,
    Clearing,
    Draft,
    Idea,
    IdeaTie,
    Meeting,
    Plan,
    PlanMember,
)
from lumbung.modules.action_plan.queries import ideas as known
from lumbung.modules.action_plan.queries import intake as reading
from lumbung.modules.action_plan.queries.intake import Words

MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Origin:
    """How an idea came: by whom it speaks to, by which way, from which meeting."""

    member: PlanMember | None = None
    channel: str = Channel.ONLINE
    meeting: Meeting | None = None


def send_idea(*, plan: Plan, words: Words, origin: Origin, draft_key: uuid.UUID, by: Viewer, now: datetime) -> Sent:
    """Take an idea: number, sealed words, code and event in one transaction. The same key twice is one idea."""
    permissions.refuse_withdrawn(plan)
    held = _entering(plan, origin, by)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        before = Idea.objects.filter(draft_key=draft_key).first()
        if before is not None:
            return Sent(before, intake.code_of(draft_key), is_new=False)
        if not known.takes_ideas(plan, origin.member):
            raise Refused(
                "ideas-closed",
                _("Ideas for this plan are no longer taken. Comment on its draft in the public test instead."),
            )
        idea, sealed_hash = _kept(plan, words, origin, draft_key, now)
        event = IdeaSent(plan.pk, idea.number, idea.channel, sealed_hash)
        clearing.record(idea, event, held, by, now)
        intake_telling.words_wait(plan=plan, member=origin.member, now=now)
    return Sent(idea, intake.code_of(draft_key), is_new=True)


def _entering(plan: Plan, origin: Origin, by: Viewer) -> HeldRole | None:
    """Anybody sends online, and stays a guest in the log; whatever else was brought is entered by an officer."""
    if origin.channel == Channel.ONLINE:
        return None
    return permissions.required_in_plan(by, permissions.CONSULT, plan, origin.member)


def _kept(
    plan: Plan, words: Words, origin: Origin, draft_key: uuid.UUID, now: datetime, **public: object
) -> tuple[Idea, str]:
    day = clock.local_day(now)
    idea = Idea(
        plan=plan,
        member=origin.member,
        number=intake.next_number(intake.IDEA, day.year),
        channel=origin.channel,
        meeting=origin.meeting,
        code_index=reading.code_index(intake.code_of(draft_key)),
        draft_key=draft_key,
        received_at=now,
        received_on=day,
        **public,
    )
    sealed = intake.seal(words.kept(), place=reading.place_of(idea))
    idea.words, idea.salt, idea.words_hash = sealed.words, sealed.salt, sealed.words_hash
    idea.save(force_insert=True)
    indexing.index_item(idea)
    return idea, sealed.words_hash


def merge_idea(*, idea: Idea, into: Idea, reason: str, by: Viewer, now: datetime) -> IdeaTie:
    """Merge an idea into another one that says the same. Only open ideas are merged, so no circle can arise."""
    held = _working(idea, reason, by)
    with transaction.atomic():
        current = _open_now(idea)
        target = _open_now(into)
        if target.plan_id != current.plan_id or target.pk == current.pk:
            raise Refused("idea-not-of-this-plan", _("Choose another idea of this plan."), field="into")
        _refuse_unread(current, target)
        if current.state == Idea.State.ADOPTED:
            raise Refused("idea-adopted", _("This idea is adopted already. Merge the other one into it instead."))
        tie = _tie(current, IdeaTie.Kind.MERGED, reason, now, into_idea=target)
        _settle(current, Idea.State.MERGED)
        event = IdeaMerged(idea.plan_id, current.number, target.number, intake.hashed(current, reason))
        clearing.record(current, event, held, by, now)
        return tie


def split_idea(*, idea: Idea, parts: Sequence[Words], reason: str, by: Viewer, now: datetime) -> list[Idea]:
    """Split an idea that says several things; each part is an idea of its own, public at once."""
    held = _working(idea, reason, by)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refused("idea-parts", _("Split an idea into 2 to %(most)s parts."), field="parts", most=MOST_PARTS)
    for part in parts:
        public_words.refuse_personal_data("parts", part.kept())
    with transaction.atomic():
        current = _open_now(idea)
        _refuse_unread(current)
        if current.state == Idea.State.ADOPTED:
            raise Refused("idea-not-to-be-split", _("This idea is adopted already and cannot be split any more."))
        made = [_part_of(current, part, now) for part in parts]
        for child, _hash in made:
            _tie(current, IdeaTie.Kind.SPLIT, reason, now, into_idea=child)
        _settle(current, Idea.State.SPLIT)
        event = IdeaSplit(
            plan=idea.plan_id,
            number=current.number,
            into=[child.number for child, _hash in made],
            parts_hash=[sealed_hash for _child, sealed_hash in made],
            reason_hash=intake.hashed(current, reason),
            public_hashes=[intake.hashed(child, reading.public_words(child).kept()) for child, _hash in made],
        )
        clearing.record(current, event, held, by, now)
        return [child for child, _hash in made]


def _part_of(whole: Idea, part: Words, now: datetime) -> tuple[Idea, str]:
    origin = Origin(whole.member, whole.channel, whole.meeting)
    public = {
        "public_title": part.title,
        "public_text": part.text,
        "institution": whole.institution,
        "clearing": Clearing.PUBLIC,
    }
    return _kept(whole.plan, part, origin, uuid.uuid4(), now, **public)


def adopt_idea(*, idea: Idea, draft: Draft, reason: str, by: Viewer, now: datetime) -> IdeaTie:
    """Say in which draft an idea lives on; it may flow into several."""
    held = _working(idea, reason, by)
    with transaction.atomic():
        current = _open_now(idea)
        _refuse_unread(current)
        if draft.plan_id != current.plan_id or draft.withdrawn_at is not None:
            raise Refused("draft-not-of-this-plan", _("Choose a draft of this plan."), field="draft")
        if IdeaTie.objects.filter(idea=current, into_draft=draft).exists():
            raise Refused("idea-adopted-there", _("The idea is adopted in this draft already."), field="draft")
        tie = _tie(current, IdeaTie.Kind.ADOPTED, reason, now, into_draft=draft)
        _settle(current, Idea.State.ADOPTED)
        event = IdeaAdopted(idea.plan_id, current.number, draft.slug or "plan", intake.hashed(current, reason))
        clearing.record(current, event, held, by, now)
        return tie


def decline_idea(*, idea: Idea, reason: str, by: Viewer, now: datetime) -> Idea:
    """Say why an idea is not taken up. It stays in the list, with the reason."""
    held = _working(idea, reason, by)
    with transaction.atomic():
        current = _open_now(idea)
        if current.state == Idea.State.ADOPTED:
            raise Refused("idea-adopted-already", _("This idea is adopted in a draft and cannot be declined any more."))
        current.declined_reason = reason
        _settle(current, Idea.State.DECLINED)
        event = IdeaDeclined(idea.plan_id, current.number, intake.hashed(current, reason))
        clearing.record(current, event, held, by, now)
        return current


def _working(idea: Idea, reason: str, by: Viewer) -> HeldRole:
    held = permissions.required_in_plan(by, permissions.CONSULT, idea.plan, idea.member)
    public_words.refuse_personal_data("reason", reason)
    return held


def _open_now(idea: Idea) -> Idea:
    """The idea as it is now, held; the plan is held too, so that two steps never cross."""
    Plan.objects.select_for_update().get(pk=idea.plan_id)
    current = Idea.objects.select_for_update(of=("self",)).select_related("plan", "member").get(pk=idea.pk)
    if current.state not in known.OPEN:
        raise Refused(
            "idea-is-settled",
            _("The idea %(number)s is “%(state)s” already. Reload the page."),
            number=current.number,
            state=current.get_state_display(),
        )
    return current


def _refuse_unread(*ideas: Idea) -> None:
    for idea in ideas:
        if idea.clearing != Clearing.PUBLIC:
            raise Refused("idea-not-cleared", _("Clear the idea %(number)s for the public first."), number=idea.number)


def _tie(idea: Idea, kind: str, reason: str, now: datetime, **end: object) -> IdeaTie:
    return IdeaTie.objects.create(idea=idea, kind=kind, reason=reason, made_at=now, **end)


def _settle(idea: Idea, state: str) -> None:
    idea.state = state
    idea.save(update_fields=["state", "declined_reason"])
