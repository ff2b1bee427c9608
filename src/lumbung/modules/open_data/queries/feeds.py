"""What this portal tells other installations of its own datasets: each newest release a signed checkpoint covers.

The form stands in `remote/lumbung.py`, which reads it over there. What was harvested is never told on: whoever wants
it asks where it comes from.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from lumbung.core.events.models import EventRecord
from lumbung.core.log import queries as log
from lumbung.core.log import signing
from lumbung.core.log.models import Checkpoint
from lumbung.core.log.queries import Entry
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.events import ReleasePublished
from lumbung.modules.open_data.models import Dataset, Listing, Release
from lumbung.modules.open_data.queries import addresses, dcat_catalogues, descriptions
from lumbung.modules.open_data.queries.descriptions import Description
from lumbung.modules.open_data.remote import lumbung

PAGE_SIZE = 50
# The newest may wait for its place in the log; the one before it is told until then.
LOOKED_BACK = 3
SUBJECT = "dataset_release"


@dataclass(frozen=True, slots=True)
class Covered:
    """A release with the entry of the log that holds its fingerprints."""

    release: Release
    entry: Entry


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of the feed, worked out as far as its mark needs."""

    portal: Portal
    page: Page[Listing]
    checkpoint: Checkpoint
    covered: Sequence[Covered]

    @property
    def mark(self) -> str:
        """The same as long as the same releases are told; a longer log alone is no news."""
        told = [(str(each.release.pk), each.release.metadata_sha256) for each in self.covered]
        return hashlib.sha256(repr((self.page.paginator.count, told)).encode()).hexdigest()


def page_of(portal: Portal, number: int) -> FeedPage | None:
    """One page; None before the first checkpoint. Raises EmptyPage past the last."""
    checkpoint = log.newest_checkpoint()
    rows = dcat_catalogues.rows_of(dcat_catalogues.of_portal(portal)).exclude(dataset__origin=Dataset.Origin.HARVESTED)
    page = Paginator(rows, PAGE_SIZE).page(number)
    if checkpoint is None:
        return None
    return FeedPage(portal, page, checkpoint, _covered([row.pk for row in page], checkpoint))


def _covered(dataset_ids: Sequence[UUID], checkpoint: Checkpoint) -> list[Covered]:
    newest: dict[UUID, list[Release]] = {pk: [] for pk in dataset_ids}
    rows = Release.objects.filter(dataset__in=dataset_ids, withdrawn_at__isnull=True).order_by("-number")
    for release in rows.select_related("dataset__portal__region", "dataset__producer"):
        if len(newest[release.dataset_id]) < LOOKED_BACK:
            newest[release.dataset_id].append(release)
    entries = _entries(release for some in newest.values() for release in some)
    found = []
    for some in newest.values():
        told = (Covered(release, entries[str(release.pk)]) for release in some if str(release.pk) in entries)
        found += [each for each in [next((one for one in told if one.entry.index < checkpoint.size), None)] if each]
    return found


def _entries(releases: Iterable[Release]) -> dict[str, Entry]:
    """The entry of each release, by the id of the release."""
    wanted = [str(release.pk) for release in releases]
    rows = EventRecord.objects.filter(subject_type=SUBJECT, subject_id__in=wanted, key=ReleasePublished.key)
    subjects = {str(uid): subject for uid, subject in rows.values_list("uid", "subject_id")}
    return {subjects[uid]: entry for uid, entry in log.entries_of(UUID(uid) for uid in subjects).items()}


def written(told: FeedPage) -> bytes:
    """The page as it is served."""
    following = f"{addresses.of_feed(told.portal)}?page={told.page.number + 1}" if told.page.has_next() else ""
    document = {
        "v": lumbung.VERSION,
        "origin": signing.origin(),
        "checkpoint": log.signed_note(told.checkpoint),
        "next": following,
        "items": [_item(each, told.checkpoint) for each in told.covered],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(each: Covered, checkpoint: Checkpoint) -> dict[str, Any]:
    proof = log.inclusion_proof(each.entry.index, checkpoint.size)
    return {
        "record": _record(descriptions.of_release(each.release)),
        "metadata": each.release.metadata,
        "index": each.entry.index,
        "entry": base64.b64encode(each.entry.body).decode(),
        "proof": [base64.b64encode(step).decode() for step in proof],
    }


def _record(described: Description) -> dict[str, Any]:
    """What stands in no frozen text: names and addresses of today."""
    dataset = described.dataset
    files = [
        {
            "title": table.title,
            "format": file.kind.upper() if file.kind == "csv" else "Parquet",
            "url": addresses.of_file(dataset, described.number, table.slug, file.kind),
            "bytes": file.size,
            "sha256": file.sha256,
        }
        for table in described.tables
        for file in table.files
    ]
    page = addresses.of_dataset(dataset)
    who = {"name": dataset.name, "publisher": dataset.producer.name_id}
    return who | {"page": page, "access": described.access, "files": files}
