"""What federation gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Claim, EventType, JobType, Manifest
from lumbung.core.federation import jobs, queries, registry
from lumbung.core.federation.events import ItemPublished, ItemWithdrawn, PeerFeedRefused

MANIFEST = Manifest(
    name="federation",
    title=_("Other installations"),
    events=(
        EventType(
            ItemPublished,
            _("%(feed)s “%(item)s” was published for other installations"),
            words={"feed": registry.said_feed},
            derived={"item": registry.said_item},
        ),
        EventType(
            ItemWithdrawn,
            _("%(feed)s “%(item)s” was withdrawn; other installations are told why"),
            words={"feed": registry.said_feed},
            derived={"item": registry.said_item},
        ),
        EventType(PeerFeedRefused, _("What the installation %(peer)s publishes was not taken over (%(kind)s)")),
    ),
    claims=(
        Claim(ItemPublished.key, ("feed", "item"), queries.fingerprint, renewed=True, there=queries.told_items),
        Claim(
            ItemWithdrawn.key,
            ("feed", "item"),
            queries.fingerprint_of_withdrawal,
            renewed=True,
            there=queries.withdrawn_items,
        ),
    ),
    jobs=(
        JobType("federation.publish", jobs.publish, every_seconds=600),
        JobType("federation.fetch_feeds", jobs.fetch_feeds, every_seconds=300),
        JobType("federation.fetch_feed", jobs.fetch_feed),
    ),
)
