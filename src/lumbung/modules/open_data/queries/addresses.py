"""Whole addresses of open data for other machines: always the Indonesian ones, which are the canonical ones."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.models import DataList, Dataset


def site() -> str:
    """The root of this installation."""
    return f"{settings.LUMBUNG_URL}/"


def of_portal(portal: Portal) -> str:
    """The catalogue of a portal, for people."""
    return _whole("open_data:list", portal_slug=portal.slug)


def of_search(portal: Portal) -> str:
    """The same catalogue for programs: words, filters and their numbers as JSON."""
    return _whole("open_data:list-json", portal_slug=portal.slug)


def of_dataset(dataset: Dataset) -> str:
    """The newest release of a dataset, for people."""
    return _whole("open_data:dataset", portal_slug=dataset.portal_id, key=dataset.key)


def of_release(dataset: Dataset, number: int) -> str:
    """One release for ever."""
    return _whole("open_data:release", portal_slug=dataset.portal_id, key=dataset.key, number=number)


def of_file(dataset: Dataset, number: int, slug: str, kind: str) -> str:
    """The bytes of a table."""
    return _whole(
        "open_data:table", portal_slug=dataset.portal_id, key=dataset.key, number=number, resource=slug, kind=kind
    )


def of_description(dataset: Dataset, kind: str) -> str:
    """What machines read about a dataset: ttl, jsonld, rdf."""
    return _whole("open_data:description", portal_slug=dataset.portal_id, key=dataset.key, kind=kind)


def of_package(dataset: Dataset, number: int, name: str) -> str:
    """The Data Package of a release: descriptor or zip."""
    return _whole(f"open_data:{name}", portal_slug=dataset.portal_id, key=dataset.key, number=number)


def of_catalogue(portal: Portal | None, kind: str) -> str:
    """What machines read about a catalogue; without a portal, about all of this installation."""
    if portal is None:
        return _whole("catalogue-of-all", kind=kind)
    return _whole("catalogue-of-portal", portal_slug=portal.slug, kind=kind)


def of_feed(portal: Portal) -> str:
    """What another Lumbung reads of a portal."""
    return _whole("open_data:portal-feed", portal_slug=portal.slug)


def of_list(data_list: DataList) -> str:
    """The agreed data list of a year."""
    return _whole("open_data:data-list", portal_slug=data_list.portal_id, year=data_list.year)


def of_organisation(portal: Portal, code: str) -> str:
    """The page of an agency."""
    return _whole("organisation", portal_slug=portal.slug, code=code)


def _whole(name: str, **kwargs: Any) -> str:
    with translation.override("id"):
        return f"{settings.LUMBUNG_URL}{reverse(name, kwargs=kwargs)}"
