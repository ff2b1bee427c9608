"""What an address of the desk stands for, and where people go from there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from lumbung.core.access.policies import viewer_of
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable
from lumbung.modules.open_data.queries import catalogue
from lumbung.modules.open_data.queries import drafts as known

UNPROCESSABLE = 422


def dataset_of_desk(request: HttpRequest, key: str) -> Dataset:
    """A dataset of this portal, published or not."""
    dataset = catalogue.dataset_at(portal_of(request), key)
    if dataset is None:
        raise Http404("dataset")
    return dataset


def draft_here(request: HttpRequest, key: str) -> Draft:
    """The open draft of a dataset, for those who write or check it; everybody else finds nothing."""
    draft = known.visible_to(viewer_of(request), portal_of(request)).filter(dataset__key=key).first()
    if draft is None:
        raise Http404("draft")
    return draft


def table_here(draft: Draft, slug: str) -> DraftTable:
    """One table of a draft."""
    table = draft.tables.select_related("draft__dataset__portal", "kept_version").filter(slug=slug).first()
    if table is None:
        raise Http404("table")
    return table


def to(request: HttpRequest, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """On to a page of this portal's open data."""
    address = reverse(f"open_data:{name}", kwargs={"portal_slug": portal_of(request).slug, **kwargs})
    return HttpResponseRedirect(address)
