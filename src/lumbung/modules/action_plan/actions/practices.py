"""Good practice: written by the secretariat, with figures that stay those of the data."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.indicators import registry
from lumbung.core.web import public_words
from lumbung.modules.action_plan import names, permissions
from lumbung.modules.action_plan.events.monitoring import PracticeChanged, PracticePublished
from lumbung.modules.action_plan.models import Commitment, GoodPractice, PlanMember
from lumbung.modules.action_plan.queries import practices


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """What a story tells."""

    slug: str
    commitment: Commitment | None
    title_id: str
    title_en: str
    text_id: str
    text_en: str


def publish_practice(*, member: PlanMember, facts: PracticeFacts, by: Viewer, now: datetime) -> GoodPractice:
    """Publish a story of this member."""
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    _refuse_unfit(facts)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        if not names.is_short(facts.slug):
            raise Refused(
                "practice-slug-is-no-short-name",
                _("Use small letters, digits and hyphens, for example rapor-bulanan."),
                field="slug",
            )
        if GoodPractice.objects.filter(slug=facts.slug).exists():
            raise Refused(
                "practice-slug-taken", _("Another story has this short name. Choose another one."), field="slug"
            )
        practice = GoodPractice.objects.create(
            member=member,
            slug=facts.slug,
            written_by=permissions.account_of(by),
            published_at=now,
            changed_at=now,
            **_told(facts),
        )
        event = PracticePublished(plan=member.plan_id, practice=practice.slug, sha256=_sha256(facts))
        _record(event, practice, held, by, now)
        return practice


def change_practice(*, practice: GoodPractice, facts: PracticeFacts, by: Viewer, now: datetime) -> GoodPractice:
    """Change a story; the log keeps the hash of what it said before."""
    held = permissions.required_in_member(by, permissions.MANAGE, practice.member)
    _refuse_unfit(facts)
    with transaction.atomic():
        current = GoodPractice.objects.select_for_update().get(pk=practice.pk)
        for name, value in _told(facts).items():
            setattr(current, name, value)
        current.changed_at = now
        current.save()
        event = PracticeChanged(plan=practice.member.plan_id, practice=current.slug, sha256=_sha256(facts))
        _record(event, current, held, by, now)
        return current


def _told(facts: PracticeFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ("commitment", "title_id", "title_en", "text_id", "text_en")}


def _sha256(facts: PracticeFacts) -> str:
    told = {name: getattr(facts, name) for name in ("title_id", "title_en", "text_id", "text_en")}
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def _refuse_unfit(facts: PracticeFacts) -> None:
    for name, text in _told(facts).items():
        if isinstance(text, str):
            public_words.refuse_personal_data(name, text)
    for name in ("text_id", "text_en"):
        for key in practices.figures_named_in(getattr(facts, name)):
            if not registry.is_registered(key):
                raise Refused(
                    "practice-names-unknown-figure",
                    _("No indicator is called “%(key)s”. Use one of the keys listed below the field."),
                    field=name,
                    key=key,
                )


def _record(event: Event, practice: GoodPractice, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="practice", subject_id=practice.slug, actor=by.acting_as(held), now=now)
