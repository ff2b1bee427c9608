"""Making what people asked fit for the public: read, personal data left out, or hidden with a reason (ADR 27, 34)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import asking, asking_telling
from lumbung.modules.open_data.events.askings import AskingCleared, AskingHidden
from lumbung.modules.open_data.models import Asking
from lumbung.modules.open_data.queries import askings as known
from lumbung.modules.open_data.queries.askings import Words


def required_steward(by: Viewer, found: Asking) -> HeldRole:
    """The steward of the portal: only they open sealed words."""
    held = permissions.required_at(by, permissions.ANSWER, region_code=found.portal.region_id)
    if not permissions.sees_whole_desk(by, found.portal.region_id):
        raise NotPermitted("asking-not-yours", _("The data steward looks this through before your agency answers it."))
    return held


def open_words(*, found: Asking, by: Viewer, now: datetime) -> Words | None:
    """Open sealed words for whoever looks them through, and write down that they were read."""
    held = required_steward(by, found)
    events.record_access(
        account_id=str(by.account.pk) if by.account else "",
        role=held.role,
        subject_type=known.SUBJECT,
        subject_id=str(found.pk),
        fields=("words",),
        channel="page",
        reason="",
        now=now,
    )
    return known.words_of(found)


def clear(*, found: Asking, words: Words, by: Viewer, now: datetime) -> Asking:
    """Confirm what the public reads: the words as sent, with parts left out and each gap marked."""
    held = required_steward(by, found)
    public_words.refuse_unreadable(_by_field(words))
    with transaction.atomic():
        current = locked(found)
        if current.clearing != Asking.Clearing.WAITING:
            raise Refused("asking-cleared-already", _("Somebody looked this through already. Reload the page."))
        sent = known.words_of(current) or Words("")
        public_words.refuse_other_words(_by_field(sent), _by_field(words))
        current.public_text, current.public_why, current.public_where = words.text, words.why, words.where
        current.clearing = Asking.Clearing.PUBLIC
        current.save(update_fields=["public_text", "public_why", "public_where", "clearing"])
        event = AskingCleared(current.number, asking.hashed(current, words.kept()))
        asking.record(current, event, actor=by.acting_as(held), now=now)
        asking_telling.reached_agency(asking=current, now=now)
        return current


def _by_field(words: Words) -> dict[str, str]:
    return {"text": words.text, "why": words.why, "where": words.where}


def hide(*, found: Asking, reason: str, by: Viewer, now: datetime) -> Asking:
    """Take words out of sight, before or after they were public. Number, hash, answer and reason stay."""
    held = required_steward(by, found)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = locked(found)
        if current.clearing == Asking.Clearing.HIDDEN:
            raise Refused("nothing-to-hide", _("These words are hidden already. Reload the page."))
        current.public_text, current.public_why, current.public_where = "", "", ""
        current.clearing, current.hidden_reason = Asking.Clearing.HIDDEN, reason
        current.save(update_fields=["public_text", "public_why", "public_where", "clearing", "hidden_reason"])
        event = AskingHidden(current.number, asking.hashed(current, reason))
        asking.record(current, event, actor=by.acting_as(held), now=now)
        asking_telling.moved(asking=current, step="hidden", now=now)
        return current


def locked(found: Asking) -> Asking:
    """The asking as it is now, held until the transaction ends."""
    current = Asking.objects.select_for_update(of=("self",)).select_related("portal", "dataset__portal", "agency")
    return current.get(pk=found.pk)
