"""The public list as an Atom feed."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.modules.reports import queries
from lumbung.modules.reports.models import Report

ENTRIES = 50


class ReportFeed(Feed):  # type: ignore[type-arg]
    """Newest public reports; anonymous ones by week and without a finer time."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Portal:
        return portal_of(request)

    def title(self, portal: Portal) -> str:
        return f"{portal.name}: {_('Reports of residents')}"

    def link(self, portal: Portal) -> str:
        return reverse("reports:list", kwargs={"portal_slug": portal.slug})

    def items(self, portal: Portal) -> list[Report]:
        # Anonymous reports join the feed late: the minute of appearing would say when they were handled.
        return list(queries.public_reports(portal).filter(is_anonymous=False)[:ENTRIES])

    def item_title(self, item: Report) -> str:
        return item.public_version.title

    def item_description(self, item: Report) -> str:
        return item.public_version.text

    def item_link(self, item: Report) -> str:
        return reverse("reports:detail", kwargs={"portal_slug": item.portal_id, "number": item.number})


@public()
def report_feed(request: HttpRequest) -> HttpResponse:
    """Atom feed of a portal's public reports."""
    return ReportFeed()(request)
