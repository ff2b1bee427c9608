"""The feed of a portal's own datasets, for another Lumbung."""

from django.core.paginator import EmptyPage
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.policies import public
from lumbung.core.base.errors import NotFound, NotReady
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data.pages import dcat
from lumbung.modules.open_data.queries import feeds
from lumbung.modules.open_data.remote import lumbung

NOT_SIGNED_YET = _("The public log was not signed yet. Ask again in a minute.")


@public()
@dcat.for_machines
def feed(request: HttpRequest) -> HttpResponse:
    """A page of datasets, each with the entry of the public log that proves it."""
    portal = portal_of(request)
    if "open_data" not in portal.modules:
        raise NotFound("no-open-data", dcat.NO_CATALOGUE)
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise NotFound("page-unknown", dcat.NO_PAGE)
    try:
        told = feeds.page_of(portal, int(asked))
    except EmptyPage:
        raise NotFound("page-unknown", dcat.NO_PAGE) from None
    if told is None:
        raise NotReady(lumbung.NOT_SIGNED_YET, NOT_SIGNED_YET, retry_after_seconds=60)
    mark = f'"{told.mark[:40]}-{told.page.number}"'
    return dcat.answer_of(request, mark, "application/json; charset=utf-8", lambda: feeds.written(told))
