"""The row by which the catalogue lists a dataset, and its words in the search index: both from the newest release."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.regions import queries as regions
from lumbung.core.search import actions as search
from lumbung.core.search import marks
from lumbung.core.search.actions import AROUND, COLUMN, KEYWORD, VALUE, Findable, Part
from lumbung.core.texts import words
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, FacetSet, Listing, Release
from lumbung.modules.open_data.queries import facets, harvested, releases

KIND = "dataset"
FORMATS = ("CSV", "Parquet")
MOST_YEARS = 60


def refresh(dataset: Dataset, release: Release) -> Listing:
    """List a dataset as that release says."""
    listed, _new = Listing.objects.update_or_create(dataset=dataset, defaults=row_of(dataset, release))
    told = releases.metadata_of(release)
    held = facets.of(listed, told["dataset"])
    FacetSet.objects.bulk_create([held], ignore_conflicts=True)
    listed.facets_id, listed.found_as = held.pk, search.index_public(findable_of(dataset, release, listed)).pk
    listed.save(update_fields=["facets", "found_as"])
    return listed


def list_again() -> int:
    """List what an earlier release of the software listed, so that it is found and filtered as today; how many."""
    waiting = list(Listing.objects.filter(facets=None).values_list("pk", flat=True))
    for pk in waiting:
        with transaction.atomic():
            row = Listing.objects.select_for_update(of=("self",)).select_related("dataset", "release").get(pk=pk)
            refresh(row.dataset, row.release)
    return len(waiting)


def remove(dataset: Dataset) -> None:
    """Take a dataset out of lists and search. Its address still answers."""
    Listing.objects.filter(dataset=dataset).delete()
    search.remove_public(KIND, str(dataset.pk))


def row_of(dataset: Dataset, release: Release) -> dict[str, object]:
    """What lists and filters show of a release."""
    metadata = releases.metadata_of(release)
    told, remote = metadata["dataset"], harvested.remote_of(metadata)
    tables = list(release.tables.select_related("version"))
    period = told.get("period") or {}
    return {
        "release": release,
        "portal": dataset.portal,
        "producer": dataset.producer,
        "title_id": told["title"]["id"],
        "title_en": told["title"].get("en", ""),
        "summary_id": (told.get("summary") or {}).get("id", ""),
        "summary_en": (told.get("summary") or {}).get("en", ""),
        "topic": told.get("topic", ""),
        "place": told.get("place", ""),
        "licence": told.get("licence", ""),
        "frequency": told.get("frequency", ""),
        "period_from": period.get("from", ""),
        "period_to": period.get("to", ""),
        "harvested_from": remote.get("portal", ""),
        "formats": harvested.formats_of(remote)
        if remote
        else list(FORMATS)
        if tables and release.access == Dataset.Access.OPEN
        else [],
        "keywords": told.get("keywords", []),
        "row_count": sum(table.version.row_count for table in tables),
        "published_at": release.published_at,
    }


def findable_of(dataset: Dataset, release: Release, row: Listing) -> Findable:
    """What of a release is put into the search index."""
    told = releases.metadata_of(release)
    years = [str(year) for year in facets.years_of(told["dataset"])][-MOST_YEARS:]
    return Findable(
        kind=KIND,
        object_id=str(dataset.pk),
        title=row.title_id,
        text=row.summary_id,
        place_code=dataset.portal.region_id,
        on=clock.local_day(release.published_at),
        address={"portal_slug": dataset.portal_id, "key": dataset.key},
        language=words.TITLES,
        english=(row.title_en, row.summary_en),
        parts=tuple(part for part in _parts(release, row, told) if part.text),
        marks=(marks.of_kind(KIND), marks.of_portal(dataset.portal_id), *marks.all_of_place(row.place), *years),
    )


def _parts(release: Release, row: Listing, told: Mapping[str, Any]) -> Iterator[Part]:
    """Everything else a dataset is found by, and what each of it is."""
    for keyword in row.keywords:
        yield Part(KEYWORD, keyword, words.TITLES)
    for variables in told["variables"].values():
        for variable in variables.values():
            yield from _both(COLUMN, variable.get("label"))
    topic = shape.choice_of("topics", row.topic)
    if topic:
        yield from (Part(AROUND, topic.words.id), Part(AROUND, topic.words.en, words.EN))
    yield from (Part(AROUND, row.producer.name_id), Part(AROUND, row.producer.name_en, words.EN))
    yield Part(AROUND, row.producer_id.replace("-", " "))
    yield from (Part(AROUND, row.harvested_from), Part(AROUND, harvested.remote_of(told).get("publisher", "")))
    yield from (Part(AROUND, name) for name in regions.names_of(row.place))
    if release.access == Dataset.Access.OPEN:
        yield from (Part(VALUE, value) for value in _values(release))


def _values(release: Release) -> Iterator[str]:
    """The values the columns of its tables may have, where a list says which: "dokter spesialis", "puskesmas"."""
    for table in release.tables.select_related("version"):
        if not table.version.is_withdrawn:
            for column in releases.schema_of(table)["fields"]:
                yield from (str(value) for value in (column.get("constraints") or {}).get("enum") or ())


def _both(kind: str, label: Mapping[str, str] | None) -> Iterator[Part]:
    said = label or {}
    yield from (Part(kind, said.get("id", ""), words.TITLES), Part(kind, said.get("en", ""), words.EN))
