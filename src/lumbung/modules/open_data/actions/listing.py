"""The row by which the catalogue lists a dataset, and its words in the search index: both from the newest release."""

from lumbung.core.base import clock
from lumbung.core.search import actions as search
from lumbung.core.search.actions import Findable
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Listing, Release
from lumbung.modules.open_data.queries import harvested, releases

KIND = "dataset"
FORMATS = ("CSV", "Parquet")


def refresh(dataset: Dataset, release: Release) -> Listing:
    """List a dataset as that release says."""
    row = _row(dataset, release)
    listed, _new = Listing.objects.update_or_create(dataset=dataset, defaults=row)
    search.index_public(_findable(dataset, release, listed))
    return listed


def remove(dataset: Dataset) -> None:
    """Take a dataset out of lists and search. Its address still answers."""
    Listing.objects.filter(dataset=dataset).delete()
    search.remove_public(KIND, str(dataset.pk))


def _row(dataset: Dataset, release: Release) -> dict[str, object]:
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


def _findable(dataset: Dataset, release: Release, row: Listing) -> Findable:
    told = releases.metadata_of(release)
    columns = [shape.words(variable.get("label")) for each in told["variables"].values() for variable in each.values()]
    topic = shape.choice_of("topics", row.topic)
    also = [row.title_en, row.summary_en, *row.keywords, *columns, dataset.producer.name_id]
    also += [row.harvested_from, harvested.remote_of(told).get("publisher", "")]
    also += [topic.words.id, topic.words.en] if topic else []
    return Findable(
        kind=KIND,
        object_id=str(dataset.pk),
        title=row.title_id,
        text=row.summary_id,
        place_code=dataset.portal.region_id,
        on=clock.local_day(release.published_at),
        address={"portal_slug": dataset.portal_id, "key": dataset.key},
        also=tuple(word for word in also if word),
    )
