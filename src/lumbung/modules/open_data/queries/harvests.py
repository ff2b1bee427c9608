"""Reading what is harvested: sources of a portal, their runs, and what each dataset became. For the steward's desk."""

from django.db.models import Count, Q, QuerySet

from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.models import Dataset, HarvestItem, HarvestRun, HarvestSource

RUNS_SHOWN = 10
NOT_TAKEN_SHOWN = 50
SAMPLE = 10


def sources_of(portal: Portal) -> list[HarvestSource]:
    """Every source of a portal with how many datasets it shows; those that ended last."""
    shown = Count("items", filter=Q(items__state=HarvestItem.State.SHOWN))
    rows = HarvestSource.objects.filter(portal=portal).select_related("producer").annotate(shown=shown)
    return sorted(rows, key=lambda source: (source.ended_at is not None, source.title))


def source_at(portal: Portal, key: str) -> HarvestSource | None:
    """A source of a portal by its short name."""
    return HarvestSource.objects.filter(portal=portal, key=key).select_related("portal__region", "producer").first()


def sources_by_key(key: str) -> QuerySet[HarvestSource]:
    """Sources that are asked, one or all, for the command line."""
    rows = HarvestSource.objects.filter(ended_at__isnull=True, paused_at__isnull=True)
    return rows.filter(key=key) if key else rows


def newest_runs(sources: list[HarvestSource]) -> dict[object, HarvestRun]:
    """The newest run of each source."""
    found: dict[object, HarvestRun] = {}
    for run in HarvestRun.objects.filter(source__in=sources).order_by("number"):
        found[run.source_id] = run
    return found


def runs_of(source: HarvestSource) -> list[HarvestRun]:
    """The last runs, newest first."""
    return list(source.runs.order_by("-number")[:RUNS_SHOWN])


def not_taken(source: HarvestSource) -> QuerySet[HarvestItem]:
    """Datasets whose newest form was not taken over."""
    return source.items.exclude(why="").select_related("dataset").order_by("title", "pk")


def missing(source: HarvestSource) -> QuerySet[HarvestItem]:
    """Datasets that are still shown and were missing in the last run."""
    return source.items.filter(state=HarvestItem.State.SHOWN, missing_runs__gte=1).select_related("dataset")


def item_of(dataset: Dataset) -> HarvestItem | None:
    """What is known of the origin of a harvested dataset."""
    return HarvestItem.objects.filter(dataset=dataset).select_related("source").first()


def producers_for(portal: Portal) -> list[Organisation]:
    """Under whose names a portal may list what it harvests: those of its region, governments before their agencies."""
    own = portal.region_id
    here = Q(region_id=own) | Q(region__code__startswith=f"{own}.")
    rows = Organisation.objects.filter(here, valid_to__isnull=True).exclude(kind=Organisation.Kind.BUSINESS)
    return sorted(rows, key=lambda each: (each.parent_id is not None, each.region_id, each.name_id))
