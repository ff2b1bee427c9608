"""New releases as an Atom feed: of one dataset, or of all data of a portal. The changelog, for readers of feeds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.letters.followers import name_of
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.catalogue import dataset_here
from lumbung.modules.open_data.queries import followers


@dataclass(frozen=True, slots=True)
class Asked:
    """What the feed is of."""

    portal: Portal
    dataset: Dataset | None


class ReleaseFeed(Feed):  # type: ignore[type-arg]
    """Releases, the newest first; a withdrawn one says so and why."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *_args: Any, key: str = "", **_kwargs: Any) -> Asked:
        return Asked(portal_of(request), dataset_here(request, key) if key else None)

    def title(self, asked: Asked) -> str:
        what = name_of(asked.dataset) if asked.dataset else _("New data")
        return f"{asked.portal.name}: {what}"

    def link(self, asked: Asked) -> str:
        if asked.dataset is None:
            return reverse("open_data:list", kwargs={"portal_slug": asked.portal.slug})
        return reverse("open_data:dataset", kwargs={"portal_slug": asked.portal.slug, "key": asked.dataset.key})

    def author_name(self, asked: Asked) -> str:
        return asked.dataset.producer.name if asked.dataset else asked.portal.name

    def items(self, asked: Asked) -> list[Release]:
        return followers.newest_releases(asked.portal, asked.dataset)

    def item_title(self, item: Release) -> str:
        return _("%(title)s: release %(number)s") % {"title": name_of(item.dataset), "number": item.number}

    def item_description(self, item: Release) -> str:
        if item.withdrawn_at is not None:
            return _("Withdrawn: %(reason)s") % {"reason": item.withdrawn_reason}
        return item.note or _("updated data")

    def item_updateddate(self, item: Release) -> datetime:
        return item.withdrawn_at or item.published_at

    def item_pubdate(self, item: Release) -> datetime:
        return item.published_at

    def item_guid(self, item: Release) -> str:
        return f"urn:uuid:{item.pk}"

    def item_link(self, item: Release) -> str:
        kwargs = {"portal_slug": item.dataset.portal_id, "key": item.dataset.key, "number": item.number}
        return reverse("open_data:release", kwargs=kwargs)


@public()
@readable_anywhere
def feed(request: HttpRequest, key: str = "") -> HttpResponse:
    """Atom feed of a dataset, or of a portal."""
    return ReleaseFeed()(request, key=key)
