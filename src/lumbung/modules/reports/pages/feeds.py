"""The public list as an Atom feed; it follows the filters of the list."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.core.web import query_strings
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.pages.public import filtered

ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list the feed is of."""

    portal: Portal
    reports: QuerySet[Report]
    query: str


class ReportFeed(Feed):  # type: ignore[type-arg]
    """Newest public reports; anonymous ones from the Monday after and without a finer time (decision 31)."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        return Asked(portal_of(request), filtered(request)[1], query_strings.query_without(request))

    def title(self, asked: Asked) -> str:
        return f"{asked.portal.name}: " + str(_("Reports of residents"))

    def link(self, asked: Asked) -> str:
        address = reverse("reports:list", kwargs={"portal_slug": asked.portal.slug})
        return f"{address}?{asked.query}" if asked.query else address

    def author_name(self, asked: Asked) -> str:
        return asked.portal.name

    def items(self, asked: Asked) -> list[Report]:
        return list(asked.reports[:ENTRIES])

    def item_title(self, item: Report) -> str:
        return item.public_version.title

    def item_description(self, item: Report) -> str:
        return item.public_version.text

    def item_updateddate(self, item: Report) -> datetime:
        # The day only, and the Monday of an anonymous report's week.
        return datetime.combine(item.told_on, time(), tzinfo=UTC)

    def item_link(self, item: Report) -> str:
        return reverse("reports:detail", kwargs={"portal_slug": item.portal_id, "number": item.number})


@public()
def report_feed(request: HttpRequest) -> HttpResponse:
    """Atom feed of a portal's public reports."""
    return ReportFeed()(request)
