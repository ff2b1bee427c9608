"""Taking what people ask: number, sealed words, code and event in one transaction."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock, sealing
from lumbung.core.base.actors import GUEST, Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import asking_telling
from lumbung.modules.open_data.events.askings import AskingSent
from lumbung.modules.open_data.models import Asking, AskingCounter, Dataset
from lumbung.modules.open_data.queries import asking_clocks
from lumbung.modules.open_data.queries import askings as known
from lumbung.modules.open_data.queries.askings import Words

LETTERS = {
    Asking.Kind.DATA: "PD",
    Asking.Kind.CORRECTION: "KR",
    Asking.Kind.TAKEDOWN: "PN",
    Asking.Kind.QUESTION: "TY",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender gets. The code is not stored; the same key gives it again."""

    asking: Asking
    code: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """How the answer reaches whoever asks: an address if they gave one, and their language."""

    email: str = ""
    language: str = "id"


def send(
    *,
    portal: Portal,
    kind: Asking.Kind,
    dataset: Dataset | None,
    words: Words,
    sender: Sender,
    draft_key: uuid.UUID,
    now: datetime,
) -> Sent:
    """Take what somebody asks, from anybody and without a name. The same key twice is one thing."""
    if dataset is None and kind != Asking.Kind.DATA:
        raise Refused("asking-about-nothing", _("Open the page of the dataset this is about and send it from there."))
    with transaction.atomic():
        Portal.objects.select_for_update().get(pk=portal.pk)
        before = Asking.objects.filter(draft_key=draft_key).first()
        if before is not None:
            return Sent(before, code_of(draft_key), is_new=False)
        asking = _kept(portal, kind, dataset, words, sender, draft_key, now)
        event = AskingSent(
            portal=portal.pk,
            number=asking.number,
            kind=kind,
            # The log would point at a harm before anybody could mend it.
            dataset=dataset.name if dataset and kind != Asking.Kind.TAKEDOWN else "",
            words_hash=asking.words_hash,
        )
        record(asking, event, actor=GUEST, now=now)
        asking_telling.arrived(asking=asking, now=now)
    return Sent(asking, code_of(draft_key), is_new=True)


def _kept(
    portal: Portal,
    kind: Asking.Kind,
    dataset: Dataset | None,
    words: Words,
    sender: Sender,
    draft_key: uuid.UUID,
    now: datetime,
) -> Asking:
    day = clock.local_day(now)
    asking = Asking(
        portal=portal,
        kind=kind,
        number=_next_number(kind, day.year),
        dataset=dataset,
        agency=dataset.producer if dataset else None,
        code_index=known.code_index(code_of(draft_key)),
        draft_key=draft_key,
        language=sender.language,
        received_at=now,
        received_on=day,
    )
    asking.salt = secrets.token_bytes(16)
    asking.words = sealing.seal(words.kept(), place=known.place_of(asking))
    asking.words_hash = sealing.salted_hash(words.kept(), asking.salt)
    if sender.email:
        asking.contact = sealing.seal(sender.email, place=f"open_data_asking.contact:{asking.pk}")
    asking.due_on = asking_clocks.due_on(asking)
    asking.save(force_insert=True)
    return asking


def _next_number(kind: Asking.Kind, year: int) -> str:
    AskingCounter.objects.get_or_create(kind=kind, year=year)
    counter = AskingCounter.objects.select_for_update().get(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{LETTERS[kind]}-{year}-{counter.last:04d}"


def code_of(draft_key: uuid.UUID) -> str:
    """The access code of what was sent with this key (ADR 12)."""
    return sealing.derived_access_code(str(draft_key), purpose=known.PURPOSE)


def hashed(asking: Asking, text: str) -> str:
    """What the log keeps of a text about it."""
    return sealing.salted_hash(text, bytes(asking.salt)) if asking.salt is not None else ""


def record(asking: Asking, event: Event, *, actor: Actor, now: datetime) -> None:
    """Write an event about it."""
    events.record(event, subject_type=known.SUBJECT, subject_id=str(asking.pk), actor=actor, now=now)
