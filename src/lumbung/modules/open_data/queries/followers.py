"""Who follows data. Addresses are opened here for sending only; no page shows them."""

from datetime import datetime

import rfc8785
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from lumbung.core.base import ids, sealing
from lumbung.core.events.queries import FoundEvent
from lumbung.core.notices import queries as notices
from lumbung.core.notices.recipients import Recipient
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.models import FOLLOW, DataFollower, Dataset, Hook, HookMessage, Release

FEED_ENTRIES = 50


def token_index(token: str) -> str:
    """What is stored of a token in a mail."""
    return sealing.blind_index(ids.tidy_access_code(token), purpose="data-mail-token")


def by_token(token: str) -> DataFollower | Hook | None:
    """Whose link this is."""
    index = token_index(token)
    found = DataFollower.objects.filter(token_index=index).select_related("portal", "dataset").first()
    return found or Hook.objects.filter(token_index=index).select_related("portal", "dataset").first()


def followers_of(dataset: Dataset, *, tells_portal: bool) -> QuerySet[DataFollower]:
    """Confirmed followers of a dataset, and those of the whole portal where it is news for them."""
    wanted = Q(dataset=dataset)
    if tells_portal:
        wanted |= Q(portal=dataset.portal, dataset__isnull=True)
    return DataFollower.objects.filter(wanted, confirmed_at__isnull=False)


def hooks_of(dataset: Dataset) -> QuerySet[Hook]:
    """Programs that are told of this dataset."""
    wanted = Q(dataset=dataset) | Q(portal=dataset.portal, dataset__isnull=True)
    return Hook.objects.filter(wanted, confirmed_at__isnull=False, stopped_at__isnull=True)


def contact_of(row: DataFollower | Hook) -> Recipient:
    """Whom to write to."""
    return Recipient(sealing.unseal(row.email, place=email_place(row)), row.language)


def email_place(row: DataFollower | Hook) -> str:
    """Where the address of its owner is sealed."""
    return f"open_data_{'hook' if isinstance(row, Hook) else 'datafollower'}.email:{row.pk}"


def address_place(hook: Hook) -> str:
    """Where the address of a program is sealed."""
    return f"open_data_hook.address:{hook.pk}"


def secret_place(hook: Hook) -> str:
    """Where the secret messages are signed with is sealed."""
    return f"open_data_hook.secret:{hook.pk}"


def stopped_followers() -> list[DataFollower]:
    """Those who stopped by a link in a mail: their addresses are not needed any more."""
    stops = {(stop.recipient_index, stop.topic_subject) for stop in notices.stopped_subjects(FOLLOW)}
    known = DataFollower.objects.filter(email_index__in={index for index, _subject in stops})
    return [each for each in known if (each.email_index, each.topic_subject) in stops]


def unconfirmed_since(moment: datetime) -> tuple[QuerySet[DataFollower], QuerySet[Hook]]:
    """Those who asked before a moment and never confirmed."""
    old = Q(confirmed_at__isnull=True, asked_at__lt=moment)
    return DataFollower.objects.filter(old), Hook.objects.filter(old)


def newest_releases(portal: Portal, dataset: Dataset | None) -> list[Release]:
    """What a feed tells: the newest releases of a dataset or of a portal, withdrawn ones too."""
    found = Release.objects.filter(dataset__portal=portal, dataset__withdrawn_at__isnull=True)
    found = found.filter(dataset=dataset) if dataset else found
    return list(found.select_related("dataset__listing", "dataset__producer").order_by("-published_at")[:FEED_ENTRIES])


def last_messages(hook: Hook) -> list[HookMessage]:
    """What a program was sent lately."""
    return list(hook.messages.all()[:10])


def body_of(found: FoundEvent, dataset: Dataset) -> bytes:
    """What a program is told: public facts of one event, in canonical JSON, so that every try sends the same bytes."""
    kwargs = {"portal_slug": dataset.portal_id, "key": dataset.key}
    number = found.entry.data.get("number")
    told = {
        "id": found.entry.uid,
        "event": found.entry.key,
        "on": found.entry.on.isoformat(),
        "portal": dataset.portal_id,
        "dataset": dataset.name,
        "release": number,
        "url": settings.LUMBUNG_URL + reverse("open_data:dataset", kwargs=kwargs),
    }
    if number is not None:
        told["release_url"] = settings.LUMBUNG_URL + reverse("open_data:release", kwargs={**kwargs, "number": number})
    return rfc8785.dumps(told)
