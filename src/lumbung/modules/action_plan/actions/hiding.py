"""Hiding words that may not stand there: a trace of who, when and why for everybody, a second person, then erasing."""

import json
import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.files import actions as files
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import indexing
from lumbung.modules.action_plan.events.hiding import HiddenTextErased, HidingDecided, TextHidden
from lumbung.modules.action_plan.models import Comment, Evidence, Hiding, Idea, Plan, PlanMember, Remark
from lumbung.modules.action_plan.models.words import MARK
from lumbung.modules.action_plan.queries import hidden
from lumbung.modules.action_plan.queries import intake as known
from lumbung.modules.action_plan.queries.hidden import PLACES, Standing
from lumbung.modules.action_plan.queries.intake import Item

ITEMS: dict[str, type[Idea] | type[Comment] | type[Remark]] = {
    Hiding.Kind.IDEA: Idea,
    Hiding.Kind.COMMENT: Comment,
    Hiding.Kind.REMARK: Remark,
}
ITEM_TEXTS = ("public_title", "public_text", "institution")


def hide_text(*, words: Standing, reason: str, by: Viewer, now: datetime) -> Hiding:
    """Take words out of sight. What was said, by whom and when stays; so does that it was hidden, and why."""
    held = permissions.required_over_words(by, permissions.CONSULT, words.plan, words.member)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        row = _held(words.kind, str(words.row.pk))
        current = hidden.standing(words.kind, row)
        if not current.is_there:
            raise Refused("nothing-to-hide", _("These words are hidden already. Reload the page."))
        names = PLACES[words.kind].texts
        texts = {name: getattr(row, name) for name in names}
        made = note_hiding(
            plan=words.plan,
            member=words.member,
            kind=words.kind,
            subject=str(row.pk),
            about=words.about,
            reason=reason,
            texts=texts,
            held=held,
            by=by,
            now=now,
        )
        for name in names:
            setattr(row, name, MARK if texts[name] else "")
        row.save(update_fields=list(names))
        _rename(row)
        reason_hash = sealing.salted_hash(reason, bytes(made.reason_salt))
        event = TextHidden(
            plan=made.plan_id,
            kind=made.kind,
            about=made.about,
            reason_hash=reason_hash,
            hiding=str(made.pk),
            subject=made.subject,
        )
        _record(event, words.told_of, held, by, now)
        return made


def note_hiding(
    *,
    plan: Plan,
    member: PlanMember | None,
    kind: str,
    subject: str,
    about: str,
    reason: str,
    texts: dict[str, str],
    held: HeldRole,
    by: Viewer,
    now: datetime,
) -> Hiding:
    """Write down who hid what and why, with the words sealed, in the caller's transaction."""
    key = uuid.uuid4()
    return Hiding.objects.create(
        id=key,
        plan=plan,
        member=member,
        kind=kind,
        subject=subject,
        about=about,
        reason=reason,
        reason_salt=secrets.token_bytes(16),
        kept=sealing.seal(json.dumps(texts), place=_place_of(key)),
        hidden_by=permissions.account_of(by),
        hidden_role=held.role,
        hidden_at=now,
    )


def decide_hiding(*, hiding: Hiding, upheld: bool, by: Viewer, now: datetime) -> Hiding:
    """The second person keeps the words hidden, or shows them again as they stood."""
    held = permissions.required_over_words(by, permissions.APPROVE, hiding.plan, hiding.member)
    account = permissions.account_of(by)
    with transaction.atomic():
        current = _current(hiding)
        if current.is_upheld is not None:
            raise Refused("hiding-decided-already", _("This was decided already. Reload the page."))
        if current.hidden_by_id == account.pk:
            raise NotPermitted(
                "hiding-needs-a-second-person", _("Whoever hid words cannot confirm it. A second person has to decide.")
            )
        if not upheld:
            _show_again(current)
        current.is_upheld, current.decided_by, current.decided_role = upheld, account, held.role
        current.decided_at = now
        current.save()
        event = HidingDecided(
            plan=current.plan_id, kind=current.kind, about=current.about, upheld=upheld, hiding=str(current.pk)
        )
        _record(event, _told_of(current), held, by, now)
        return current


def erase_hidden(*, hiding: Hiding, by: Viewer, now: datetime) -> Hiding:
    """Destroy words that two persons hid, with the salts of their hashes: every proof of the log stays valid."""
    held = permissions.required_over_words(by, permissions.CONSULT, hiding.plan, hiding.member)
    with transaction.atomic():
        current = _current(hiding)
        if not current.is_upheld or current.erased_at is not None:
            raise Refused(
                "hiding-not-confirmed",
                _("Words are erased once, after a second person confirmed that they stay hidden."),
            )
        _erase(current)
        current.kept, current.erased_at = None, now
        current.save(update_fields=["kept", "erased_at"])
        event = HiddenTextErased(plan=current.plan_id, kind=current.kind, about=current.about, hiding=str(current.pk))
        _record(event, _told_of(current), held, by, now)
        return current


def texts_before(item: Item) -> dict[str, str]:
    """What the public read of an idea or comment until now."""
    return {name: getattr(item, name) for name in ITEM_TEXTS if hasattr(item, name)} | {"clearing": item.clearing}


def _current(hiding: Hiding) -> Hiding:
    rows = Hiding.objects.select_for_update(of=("self",)).select_related("plan", "member__organisation")
    return rows.get(pk=hiding.pk)


def _held(kind: str, subject: str) -> Any:
    model: Any = ITEMS.get(kind) or PLACES[kind].model
    return model.objects.select_for_update(of=("self",)).get(pk=subject)


def _show_again(hiding: Hiding) -> None:
    texts = json.loads(sealing.unseal(hiding.kept or b"", place=_place_of(hiding.pk)))
    row = _held(hiding.kind, hiding.subject)
    if hiding.kind in ITEMS:
        row.hidden_reason = ""
        texts["hidden_reason"] = ""
    for name, text in texts.items():
        setattr(row, name, text)
    row.save(update_fields=list(texts))
    _rename(row)
    if hiding.kind in ITEMS:
        indexing.index_item(row)
    hiding.kept = None


def _rename(row: Any) -> None:
    """What was kept of a piece of evidence bears its title."""
    if isinstance(row, Evidence):
        for document_id in row.captures.filter(document__isnull=False).values_list("document", flat=True):
            files.retitle_document(document_id=document_id, title=row.title)


def _erase(hiding: Hiding) -> None:
    row = _held(hiding.kind, hiding.subject)
    names = ("words", "salt") if hiding.kind in ITEMS else PLACES[hiding.kind].salts
    for name in names:
        setattr(row, name, None if row._meta.get_field(name).null else b"")  # noqa: SLF001
    if names:
        row.save(update_fields=list(names))


def _told_of(hiding: Hiding) -> tuple[str, str]:
    row = _held(hiding.kind, hiding.subject)
    return (known.kind_of(row), str(row.pk)) if hiding.kind in ITEMS else hidden.standing(hiding.kind, row).told_of


def _place_of(key: uuid.UUID) -> str:
    return f"action_plan_hiding.kept:{key}"


def _record(event: Event, told_of: tuple[str, str], held: HeldRole, by: Viewer, now: datetime) -> None:
    subject_type, subject_id = told_of
    events.record(event, subject_type=subject_type, subject_id=subject_id, actor=by.acting_as(held), now=now)
