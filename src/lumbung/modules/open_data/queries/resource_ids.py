"""The id a table has for programs, from its first draft on: publishing does not change it."""

import uuid
from collections.abc import Iterable
from uuid import UUID

from lumbung.modules.open_data.models import Dataset, DraftTable, Resource
from lumbung.modules.open_data.states import CLOSED


def resource_id(dataset_id: UUID, slug: str) -> UUID:
    """The id of a table that is published for the first time."""
    return uuid.uuid5(dataset_id, slug)


def ids_of(dataset: Dataset, slugs: Iterable[str]) -> dict[str, UUID]:
    """Ids by slug, those that were given before and those that will be."""
    given = dict(Resource.objects.filter(dataset=dataset).values_list("slug", "pk"))
    return {slug: given.get(slug) or resource_id(dataset.pk, slug) for slug in slugs}


def place_of(wanted: UUID) -> tuple[Dataset, str] | None:
    """The dataset and the slug of a table, published or in an open draft."""
    given = Resource.objects.select_related("dataset__portal").filter(pk=wanted).first()
    if given is not None:
        return given.dataset, given.slug
    drafted = DraftTable.objects.exclude(draft__state__in=CLOSED).values_list("draft__dataset", "slug")
    for dataset_id, slug in drafted:
        if resource_id(dataset_id, slug) == wanted:
            return Dataset.objects.select_related("portal").get(pk=dataset_id), slug
    return None
