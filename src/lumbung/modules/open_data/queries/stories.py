"""Stories: what everybody reads, what stands on the desk, and what an address inside one stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lumbung.core.access.viewers import Viewer
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Dataset, Release, Story, StoryEdition
from lumbung.modules.open_data.queries import catalogue, releases, rows
from lumbung.modules.open_data.queries.catalogue import TableShown

# A chart or a table of this installation, as its share link writes it.
VIEW = re.compile(
    r"(?:/en)?/(?P<portal>[-a-z0-9]+)/data/(?P<key>[-\w]+)/(?:v(?P<number>[0-9]{1,6})/)?(?P<chart>grafik/)?"
    r"(?:\?(?P<query>[^\s#]*))?(?:#\S*)?"
)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What an address points at. `release` is None once it is withdrawn; `tables` are those whose rows are open."""

    dataset: Dataset
    release: Release | None
    tables: Sequence[TableShown]
    is_chart: bool
    query: str

    @property
    def is_open(self) -> bool:
        """Whether everybody may read rows there."""
        return bool(self.tables)


class Shelves:
    """Datasets, releases and tables that were read already: the charts of a story mostly share them."""

    def __init__(self) -> None:
        self._datasets: dict[tuple[str, str], Dataset | None] = {}
        self._releases: dict[tuple[UUID, str], Release | None] = {}
        self._tables: dict[UUID, list[TableShown]] = {}

    def pointed_at(self, address: str) -> Pointed | None:
        """What an address of ours points at; None for every other address."""
        match = VIEW.fullmatch(address)
        dataset = self._dataset(match["portal"], match["key"]) if match else None
        found = self._release(dataset, match["number"] or "") if match and dataset else None
        if match is None or dataset is None or found is None:
            return None
        is_gone = found.withdrawn_at is not None or dataset.withdrawn_at is not None
        release = None if is_gone else found
        tables = self._open(release) if release else []
        return Pointed(dataset, release, tables, bool(match["chart"]), match["query"] or "")

    def _dataset(self, portal: str, key: str) -> Dataset | None:
        if (portal, key) not in self._datasets:
            rows = Dataset.objects.filter(portal=portal, key=key).select_related("producer", "portal__region")
            self._datasets[portal, key] = rows.first()
        return self._datasets[portal, key]

    def _release(self, dataset: Dataset, number: str) -> Release | None:
        """The release of that number; without one the newest, or the last where all were withdrawn."""
        if (dataset.pk, number) not in self._releases:
            if number:
                found = catalogue.release_at(dataset, int(number))
            else:
                found = releases.newest_of(dataset) or releases.last_of(dataset)
            self._releases[dataset.pk, number] = found
        return self._releases[dataset.pk, number]

    def _open(self, release: Release) -> list[TableShown]:
        if release.pk not in self._tables:
            shown = catalogue.tables_of(release)
            self._tables[release.pk] = [table for table in shown if rows.is_open(release, table)]
        return self._tables[release.pk]


def published(portal: Portal) -> QuerySet[StoryEdition]:
    """The newest edition of every story everybody reads, newest first."""
    later = StoryEdition.objects.filter(story=OuterRef("story"), number__gt=OuterRef("number"))
    open_to_all = StoryEdition.objects.filter(story__portal=portal, story__withdrawn_at__isnull=True)
    return open_to_all.filter(~Exists(later)).select_related("story__organisation").order_by("-published_at", "pk")


def story_at(portal: Portal, slug: str) -> Story | None:
    """A story by its address, published or not."""
    return Story.objects.filter(portal=portal, slug=slug).select_related("organisation", "portal").first()


def edition_of(story: Story, number: int | None = None) -> StoryEdition | None:
    """The newest edition, or the one of that number."""
    editions = story.editions.all() if number is None else story.editions.filter(number=number)
    return editions.order_by("-number").first()


def on_desk(viewer: Viewer, portal: Portal) -> list[Story]:
    """The stories this viewer writes or publishes, what waits first."""
    rows = Story.objects.filter(portal=portal).select_related("organisation", "portal")
    seen = [story for story in rows if permissions.handles_story(viewer, story)]
    order = {Story.State.SUBMITTED: 0, Story.State.DRAFT: 1, Story.State.PUBLISHED: 2}
    return sorted(seen, key=lambda story: (order[Story.State(story.state)], story.title))


def locked(story: Story) -> Story:
    """The row, held until the transaction ends."""
    return Story.objects.select_for_update(of=("self",)).select_related("portal", "organisation").get(pk=story.pk)
