"""What an address of the desk stands for, and where people go from there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.policies import viewer_of
from lumbung.core.base.errors import Refused
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


class DraftClosed(Refused):
    """Somebody published or discarded the draft before this person came."""

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(
            "draft-is-closed", _("This draft was published or discarded meanwhile. There is nothing left to do on it.")
        )
        self.is_published = dataset.withdrawn_at is None and dataset.releases.exists()


def draft_here(request: HttpRequest, key: str) -> Draft:
    """The open draft of a dataset, for those who write or check it; everybody else finds nothing."""
    draft = known.visible_to(viewer_of(request), portal_of(request)).filter(dataset__key=key).first()
    if draft is None:
        dataset = catalogue.dataset_at(portal_of(request), key)
        if dataset is not None and known.had_a_part_in(viewer_of(request), dataset):
            raise DraftClosed(dataset)
        raise Http404("draft")
    return draft


def leads_on(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A second press, an old tab or an old message: whoever comes too late is led to what became of the draft."""

    @wraps(view)
    def led(request: HttpRequest, key: str) -> HttpResponse:
        try:
            return view(request, key)
        except DraftClosed as closed:
            messages.info(request, closed.sentence)
            return to(request, "dataset", key=key) if closed.is_published else to(request, "desk")

    return led


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
