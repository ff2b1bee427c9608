"""Who follows data: people by mail, and programs."""

import rfc8785
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from lumbung.core.events.queries import FoundEvent
from lumbung.core.notices.followers import Following
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.letters import followers as letters
from lumbung.modules.open_data.models import FOLLOW, DataFollower, Dataset, Hook, HookMessage, Release

FEED_ENTRIES = 50


FOLLOWING = Following(
    rows=DataFollower.objects.all,
    topic=FOLLOW,
    asked="open_data.follow_asked",
    told="open_data.followed",
    purpose="data-mail-token",
    write=letters.confirm,
)
# Owners of programs confirm in the same way; what stops their messages is a button of theirs, not a link in a mail.
PROGRAMS = Following(
    rows=Hook.objects.all,
    topic=FOLLOW,
    asked=FOLLOWING.asked,
    told="open_data.program_told",
    purpose=FOLLOWING.purpose,
    write=letters.confirm,
)


def by_token(token: str) -> DataFollower | Hook | None:
    """Whose link this is."""
    found = FOLLOWING.with_token(token).select_related("portal", "dataset").first()
    return found or PROGRAMS.with_token(token).select_related("portal", "dataset").first()


def followers_of(dataset: Dataset, *, tells_portal: bool) -> QuerySet[DataFollower]:
    """Confirmed followers of a dataset, and those of the whole portal where it is news for them."""
    wanted = Q(dataset=dataset)
    if tells_portal:
        wanted |= Q(portal=dataset.portal, dataset__isnull=True)
    return FOLLOWING.confirmed().filter(wanted)


def hooks_of(dataset: Dataset) -> QuerySet[Hook]:
    """Programs that are told of this dataset."""
    wanted = Q(dataset=dataset) | Q(portal=dataset.portal, dataset__isnull=True)
    return PROGRAMS.confirmed().filter(wanted, stopped_at__isnull=True)


def address_place(hook: Hook) -> str:
    """Where the address of a program is sealed."""
    return f"open_data_hook.address:{hook.pk}"


def secret_place(hook: Hook) -> str:
    """Where the secret messages are signed with is sealed."""
    return f"open_data_hook.secret:{hook.pk}"


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
