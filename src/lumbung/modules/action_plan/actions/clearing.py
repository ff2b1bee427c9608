"""Making what people sent fit for the public: read, cleared of personal data, or hidden with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import hiding, indexing, intake
from lumbung.modules.action_plan.events.intake import PublicWordsChanged, WordsCleared, WordsHidden
from lumbung.modules.action_plan.models import Clearing, Idea
from lumbung.modules.action_plan.queries import intake as known
from lumbung.modules.action_plan.queries.intake import Item, Words


def open_words(*, item: Item, by: Viewer, now: datetime) -> Words | None:
    """Open sealed words for whoever clears them, and write down that they were read: once a page view."""
    held = _held(by, item)
    events.record_access(
        account_id=str(by.account.pk) if by.account else "",
        role=held.role,
        subject_type=known.kind_of(item),
        subject_id=str(item.pk),
        fields=("words",),
        channel="page",
        reason="",
        now=now,
    )
    return known.words_of(item)


def clear_words(*, item: Item, words: Words, by: Viewer, now: datetime) -> Item:
    """Confirm what the public reads: the words as sent, with personal data left out and each gap marked.

    Nobody puts words into a citizen's mouth: nothing is added, changed or moved. What was answered stays as it was
    answered; only hiding it, with a second person, is open then.
    """
    held = _held(by, item)
    public_words.refuse_unreadable(_by_field(words))
    with transaction.atomic():
        current = locked(item)
        _refuse_settled(current)
        public_words.refuse_other_words(_by_field(_sent(current)), _by_field(words))
        is_changed = current.clearing == Clearing.PUBLIC
        if isinstance(current, Idea):
            current.public_title = words.title
        current.public_text, current.institution = words.text, words.institution
        current.clearing, current.hidden_reason = Clearing.PUBLIC, ""
        current.save()
        indexing.index_item(current)
        kind = PublicWordsChanged if is_changed else WordsCleared
        event = kind(current.plan_id, current.number, intake.hashed(current, words.kept()))
        record(current, event, held, by, now)
        return current


def _refuse_settled(item: Item) -> None:
    if item.clearing == Clearing.HIDDEN:
        raise Refused(
            "words-are-hidden",
            _("This is hidden. If it was hidden wrongly, the chair of the forum shows it again."),
        )
    if known.is_answered(item):
        raise Refused(
            "words-are-answered",
            _("This is answered, so its words stay. If they hold personal data, hide them: a second person decides."),
        )


def _sent(item: Item) -> Words:
    return known.words_of(item) or known.public_words(item)


def _by_field(words: Words) -> dict[str, str]:
    return {"title": words.title, "text": words.text, "institution": words.institution}


def hide_words(*, item: Item, reason: str, by: Viewer, now: datetime) -> Item:
    """Hide words that may not stand there. Number, hash and place in every count stay, with the reason.

    A second person confirms it, or shows the words again (`actions/hiding`); until then the stage stays open.
    """
    held = _held(by, item)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = locked(item)
        if current.clearing == Clearing.HIDDEN:
            raise Refused("nothing-to-hide", _("These words are hidden already. Reload the page."))
        made = hiding.note_hiding(
            plan=current.plan,
            member=known.member_of(current),
            kind=known.kind_of(current),
            subject=str(current.pk),
            about=current.number,
            reason=reason,
            texts=hiding.texts_before(current),
            held=held,
            by=by,
            now=now,
        )
        if isinstance(current, Idea):
            current.public_title = ""
        current.public_text, current.institution = "", ""
        current.clearing, current.hidden_reason = Clearing.HIDDEN, reason
        current.save()
        indexing.index_item(current)
        event = WordsHidden(current.plan_id, current.number, intake.hashed(current, reason), str(made.pk))
        record(current, event, held, by, now)
        return current


def locked(item: Item) -> Item:
    """The item as it is now, held until the transaction ends."""
    current: Item = type(item).objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    return current


def record(item: Item, event: Event, held: HeldRole | None, by: Viewer, now: datetime) -> None:
    """Write an event of an idea or comment."""
    actor = by.acting_as(held)
    events.record(event, subject_type=known.kind_of(item), subject_id=str(item.pk), actor=actor, now=now)


def _held(by: Viewer, item: Item) -> HeldRole:
    return permissions.required_over_words(by, permissions.CONSULT, item.plan, known.member_of(item))
