"""Following data by mail: asked, confirmed by the owner of the address, stopped in one click."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import ids, sealing
from lumbung.core.base.errors import NotFound
from lumbung.core.events import queries as log
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.recipients import Recipient, Topic
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.events import ReleasePublished
from lumbung.modules.open_data.letters import followers as letters
from lumbung.modules.open_data.models import FOLLOW, DataFollower, Dataset, Hook, HookMessage
from lumbung.modules.open_data.queries import followers as known

ASKED, TOLD = "open_data.follow_asked", "open_data.followed"
AT_MOST, WITHIN = 5, timedelta(days=1)
CONFIRM_WITHIN, KEEP_MESSAGES = timedelta(days=7), timedelta(days=30)


def ask_to_follow(*, portal: Portal, dataset: Dataset | None, email: str, language: str, now: datetime) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already."""
    index = outbox.address_index(email)
    if asked_enough(index, now):
        return
    with transaction.atomic():
        mine = DataFollower.objects.select_for_update().filter(portal=portal, dataset=dataset, email_index=index)
        row = mine.first() or DataFollower(portal=portal, dataset=dataset, email_index=index)
        if row.confirmed_at is not None and not outbox.is_stopped(index, Topic(FOLLOW, row.topic_subject)):
            return
        row.language = language
        invite(row, email, now)


def asked_enough(index: str, now: datetime) -> bool:
    """Whether this address got as many confirmations today as anybody may have it sent."""
    return outbox.told_since(kind=ASKED, index=index, since=now - WITHIN) >= AT_MOST


def invite(row: DataFollower | Hook, email: str, now: datetime) -> None:
    """Store it unconfirmed, and mail the link that confirms."""
    token = ids.new_access_code()
    row.email = sealing.seal(email, place=known.email_place(row))
    row.token_index = known.token_index(token)
    row.asked_at, row.confirmed_at = now, None
    row.save()
    notices.tell(
        to=Recipient(email, row.language),
        kind=ASKED,
        occasion=f"follow:{row.pk}:{uuid.uuid4().hex}",
        write=lambda: letters.confirm(row, token),
        now=now,
    )


def confirm(*, token: str, now: datetime) -> DataFollower:
    """The owner of the address meant it."""
    row = known.by_token(token)
    if not isinstance(row, DataFollower):
        raise NotFound("follow-link-unknown", _("This link is not valid any more. Ask to follow it again."))
    with transaction.atomic():
        DataFollower.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(confirmed_at=now)
        notices.resume(index=row.email_index, topic=Topic(FOLLOW, row.topic_subject))
    return row


def tell_followers(*, event_id: str, now: datetime) -> None:
    """Tell those who follow what happened. The event is the occasion: once for each."""
    found = log.entry_by_id(event_id)
    dataset = dataset_of(found)
    if found is None or dataset is None:
        return
    for row in known.followers_of(dataset, tells_portal=_is_news(dataset, found)):
        notices.tell(
            to=known.contact_of(row),
            kind=TOLD,
            occasion=found.entry.uid,
            write=lambda: letters.changed(dataset, found.entry),
            topic=Topic(FOLLOW, row.topic_subject),
            now=now,
        )


def dataset_of(found: log.FoundEvent | None) -> Dataset | None:
    """The dataset an event is about."""
    name = found.entry.data.get("dataset", "") if found else ""
    return Dataset.objects.filter(name=name).select_related("portal", "listing").first() if name else None


def _is_news(dataset: Dataset, found: log.FoundEvent) -> bool:
    """Whether whoever follows the whole portal is told: not of the nightly releases of a service's table."""
    is_nightly = dataset.origin == Dataset.Origin.DECLARED and found.entry.key == ReleasePublished.key
    return not is_nightly or found.entry.data["number"] == 1


def discard_addresses(*, now: datetime) -> int:
    """Destroy addresses never confirmed for seven days, those that stopped, and old messages to programs."""
    followers, hooks = known.unconfirmed_since(now - CONFIRM_WITHIN)
    unneeded = {row.pk for row in followers} | {row.pk for row in known.stopped_followers()}
    HookMessage.objects.filter(settled_at__lt=now - KEEP_MESSAGES).delete()
    return DataFollower.objects.filter(pk__in=unneeded).delete()[0] + hooks.delete()[0]
