"""The release calendar as an Atom feed: what came out, and which planned days passed."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.core.web import formatting
from lumbung.modules.open_data.pages.list_places import today
from lumbung.modules.open_data.queries import release_calendar
from lumbung.modules.open_data.queries.release_calendar import Entry
from lumbung.modules.open_data.release_days import Outcome

ENTRIES = 50


class CalendarFeed(Feed):  # type: ignore[type-arg]
    """Planned days that were answered or are over, the newest first, by day."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Portal:
        return portal_of(request)

    def title(self, portal: Portal) -> str:
        return _("Release calendar of %(portal)s") % {"portal": portal.name}

    def link(self, portal: Portal) -> str:
        return reverse("open_data:release-calendar", kwargs={"portal_slug": portal.slug})

    def author_name(self, portal: Portal) -> str:
        return portal.name

    def items(self, portal: Portal) -> list[Entry]:
        entries = release_calendar.entries_of(portal, today=today())
        told = [entry for entry in entries if entry.kept.outcome != Outcome.COMING]
        return sorted(told, key=lambda entry: (_day_of(entry), entry.row.title), reverse=True)[:ENTRIES]

    def item_title(self, entry: Entry) -> str:
        told = {"title": entry.row.title}
        return (_("Released: %(title)s") if entry.kept.released_on else _("Not released yet: %(title)s")) % told

    def item_description(self, entry: Entry) -> str:
        told = {"day": formatting.date_long(entry.on), "producer": entry.row.producer.name}
        return _("%(producer)s. Planned for %(day)s.") % told

    def item_updateddate(self, entry: Entry) -> datetime:
        return datetime.combine(_day_of(entry), time(), tzinfo=UTC)

    def item_guid(self, entry: Entry) -> str:
        return f"urn:uuid:{uuid5(entry.row.pk, entry.on.isoformat())}"

    def item_link(self, entry: Entry) -> str:
        place = {"portal_slug": entry.row.data_list.portal_id}
        if entry.row.dataset is not None and hasattr(entry.row.dataset, "listing"):
            return reverse("open_data:dataset", kwargs={**place, "key": entry.row.dataset.key})
        address = reverse("open_data:data-list", kwargs={**place, "year": entry.row.data_list.year})
        return f"{address}#n{entry.row.number}"


def _day_of(entry: Entry) -> date:
    return entry.kept.released_on or entry.on


@public()
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Atom feed of the release calendar."""
    return CalendarFeed()(request)
