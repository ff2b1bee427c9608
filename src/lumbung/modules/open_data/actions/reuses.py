"""What people made of the data: handed in by anybody, shown once a steward looked at it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.files import fetching
from lumbung.core.files.fetching import NotFetched
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions.datasets import DATASET
from lumbung.modules.open_data.events.askings import ReuseDeclined, ReuseShown
from lumbung.modules.open_data.models import Dataset, Reuse


@dataclass(frozen=True, slots=True)
class Made:
    """What somebody made, in their words."""

    title: str
    about: str
    address: str
    made_by: str = ""


def hand_in(*, dataset: Dataset, made: Made, draft_key: uuid.UUID, now: datetime) -> Reuse:
    """Take what somebody made. The same key twice is one thing; nobody sees it before a steward does."""
    try:
        fetching.refuse_address(made.address)
    except NotFetched as error:
        raise Refused(
            "reuse-address", _("Write a public web address that begins with https://."), field="address"
        ) from error
    found, _new = Reuse.objects.get_or_create(
        draft_key=draft_key,
        defaults={
            "dataset": dataset,
            "title": made.title,
            "about": made.about,
            "address": made.address,
            "made_by": made.made_by,
            "sent_at": now,
        },
    )
    return found


def show(*, reuse: Reuse, by: Viewer, now: datetime) -> Reuse:
    """Show it beside the dataset."""
    for field in ("title", "about", "made_by", "address"):
        public_words.refuse_personal_data(field, getattr(reuse, field))
    return _decide(reuse, Reuse.State.SHOWN, "", ReuseShown(reuse.dataset.name), by, now)


def decline(*, reuse: Reuse, reason: str, by: Viewer, now: datetime) -> Reuse:
    """Do not show it, or not any more, with a reason that stays inside."""
    return _decide(reuse, Reuse.State.DECLINED, reason, ReuseDeclined(reuse.dataset.name), by, now)


def _decide(reuse: Reuse, state: Reuse.State, reason: str, event: Event, by: Viewer, now: datetime) -> Reuse:
    held = permissions.required_in(by, permissions.CHECK, reuse.dataset)
    with transaction.atomic():
        current = Reuse.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=reuse.pk)
        if current.state == state:
            raise Refused("reuse-decided-already", _("This was decided already. Reload the page."))
        current.state, current.reason, current.decided_on = state, reason, clock.local_day(now)
        current.save(update_fields=["state", "reason", "decided_on"])
        actor = by.acting_as(held)
        events.record(event, subject_type=DATASET, subject_id=str(current.dataset_id), actor=actor, now=now)
        return current
