"""Stories: what everybody reads, what stands on the desk, and what an address inside one stands for."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from lumbung.core.access.viewers import Viewer
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Dataset, Release, Story, StoryEdition
from lumbung.modules.open_data.queries import catalogue, releases, rows

# A chart or a table of this installation, as its share link writes it.
VIEW = re.compile(
    r"(?:/en)?/(?P<portal>[-a-z0-9]+)/data/(?P<key>[-\w]+)/(?:v(?P<number>[0-9]{1,6})/)?(?P<chart>grafik/)?"
    r"(?:\?(?P<query>[^\s#]*))?(?:#\S*)?"
)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What an address points at. `number` None follows the newest release."""

    dataset: Dataset
    number: int | None
    is_chart: bool
    query: str

    @property
    def release(self) -> Release | None:
        """The release meant; None once it is withdrawn."""
        if self.dataset.withdrawn_at is not None:
            return None
        found = (
            releases.newest_of(self.dataset) if self.number is None else catalogue.release_at(self.dataset, self.number)
        )
        return found if found is not None and found.withdrawn_at is None else None

    @property
    def is_open(self) -> bool:
        """Whether everybody may read rows of that release."""
        found = self.release
        return found is not None and any(rows.is_open(found, table) for table in catalogue.tables_of(found))


def pointed_at(address: str) -> Pointed | None:
    """The dataset an address of ours points at; None for every other address."""
    match = VIEW.fullmatch(address)
    portal = Portal.objects.filter(pk=match["portal"]).first() if match else None
    dataset = catalogue.dataset_at(portal, match["key"]) if match and portal else None
    if match is None or dataset is None or not dataset.releases.exists():
        return None
    number = int(match["number"]) if match["number"] else None
    if number is not None and catalogue.release_at(dataset, number) is None:
        return None
    return Pointed(dataset, number, bool(match["chart"]), match["query"] or "")


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
