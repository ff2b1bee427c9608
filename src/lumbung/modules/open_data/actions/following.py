"""Following data by mail."""

from datetime import datetime, timedelta

from lumbung.core.events import queries as log
from lumbung.core.notices.actions import following
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.events import ReleasePublished
from lumbung.modules.open_data.letters import followers as letters
from lumbung.modules.open_data.models import DataFollower, Dataset, HookMessage
from lumbung.modules.open_data.queries import followers as known
from lumbung.modules.open_data.queries.followers import FOLLOWING, PROGRAMS

KEEP_MESSAGES = timedelta(days=30)


def ask_to_follow(*, portal: Portal, dataset: Dataset | None, email: str, language: str, now: datetime) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already."""

    def find(index: str) -> DataFollower:
        mine = DataFollower.objects.select_for_update().filter(portal=portal, dataset=dataset, email_index=index)
        return mine.first() or DataFollower(portal=portal, dataset=dataset, email_index=index)

    following.ask(FOLLOWING, find=find, email=email, language=language, now=now)


def confirm(*, token: str, now: datetime) -> DataFollower:
    """The owner of the address meant it."""
    return following.confirm(FOLLOWING, FOLLOWING.with_token(token).first(), now=now)


def tell_followers(*, event_id: str, now: datetime) -> None:
    """Tell those who follow what happened. The event is the occasion: once for each."""
    found = log.entry_by_id(event_id)
    dataset = dataset_of(found)
    if found is None or dataset is None:
        return
    entry = found.entry
    following.tell(
        FOLLOWING,
        known.followers_of(dataset, tells_portal=_is_news(dataset, found)),
        occasion=entry.uid,
        write=lambda _row: letters.changed(dataset, entry),
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
    """Destroy addresses that are not needed any more, and old messages to programs."""
    HookMessage.objects.filter(settled_at__lt=now - KEEP_MESSAGES).delete()
    old = PROGRAMS.unconfirmed_since(now - following.CONFIRM_WITHIN)
    return following.discard(FOLLOWING, now=now) + old.delete()[0]
