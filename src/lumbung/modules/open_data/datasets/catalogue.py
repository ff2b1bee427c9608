"""The catalogue as a table: one row a dataset of a portal, as it stood on a day. It does not list itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.declarations import Column
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.datasets.models import LastCheck
from lumbung.core.portals import queries as portals
from lumbung.kernels import catalogues
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.datasets.activity import ACTIVITY, AGENCY, YES_NO, yes_no
from lumbung.modules.open_data.models import Dataset, ListRow, Release
from lumbung.modules.open_data.queries import releases
from lumbung.modules.open_data.queries.data_lists import ON_THE_LIST

KEY = "catalogue_public"
CHUNK = 500

COLUMNS = (
    Column("key", _("Key"), description=_("Its address in the catalogue of this portal")),
    Column("title", _("Title")),
    Column("producer_code", _("Agency that produces it"), reference="organisasi"),
    Column("topic", _("Topic"), codes={each.key: lazystr(each.words) for each in shape.choices("topics")}),
    Column(
        "origin",
        _("Where it comes from"),
        codes={
            catalogues.BROUGHT: _("brought by an agency"),
            catalogues.DECLARED: _("made every night by a service"),
            catalogues.HARVESTED: _("taken over from another portal"),
        },
    ),
    Column("class", _("Class"), codes=dict(Dataset.Access.choices)),
    Column(
        "frequency",
        _("Declared frequency"),
        description=_("Empty where none is declared"),
        codes={each.key: lazystr(each.words) for each in shape.choices("frequencies")},
    ),
    Column(
        "published_on",
        _("Day of the newest release"),
        "date",
        description=_("Empty for tables a service makes every night: the day would change every night"),
    ),
    Column("due_on", _("Last day on which it is up to date"), "date", description=_("Empty where none is promised")),
    Column(
        "freshness",
        _("Freshness"),
        description=_("Worked out on the day of the snapshot; empty for datasets of another portal"),
        codes={
            catalogues.UP_TO_DATE: _("up to date"),
            catalogues.LATE: _("late"),
            catalogues.NOT_UPDATED: _("not updated: released once"),
            catalogues.UNDECLARED: _("no frequency declared"),
        },
        source="kernels.catalogues",
    ),
    Column(
        "list_year", _("Year of the data list it stands on"), "year", description=_("Empty where it stands on none")
    ),
    Column("is_priority", _("Priority data"), codes=YES_NO),
    Column("as_of", _("Day of the snapshot"), "date"),
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is asked once for all datasets: the year of their list, and when services last compared their tables."""

    today: date
    years: Mapping[object, int]
    checks: Mapping[str, date]


def rows(as_of: datetime, place: str) -> Iterator[dict[str, Any]]:
    """Every dataset that had a release on that day, by key."""
    today = clock.local_day(as_of)
    known = _Known(today, _list_years(as_of, place), _checks(place))
    for release in _newest_releases(as_of, place).iterator(chunk_size=CHUNK):
        yield _row(release, known)


def _newest_releases(as_of: datetime, place: str) -> QuerySet[Release]:
    stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of)
    of_dataset = Release.objects.filter(stood, dataset=OuterRef("pk"), published_at__lte=as_of)
    newest = Subquery(of_dataset.order_by("-number").values("pk")[:1])
    datasets = Dataset.objects.filter(stood, portal__region=place).exclude(key=KEY).annotate(newest=newest)
    found = Release.objects.filter(pk__in=datasets.filter(newest__isnull=False).values("newest"))
    return found.select_related("dataset").order_by("dataset__key", "pk")


def _list_years(as_of: datetime, place: str) -> dict[object, int]:
    """The newest agreed list each dataset stands on."""
    agreed = ListRow.objects.filter(data_list__portal__region=place, data_list__agreed_at__lte=as_of, state=ON_THE_LIST)
    listed = agreed.filter(dataset__isnull=False).order_by("data_list__year")
    return dict(listed.values_list("dataset", "data_list__year"))


def _checks(place: str) -> dict[str, date]:
    found = LastCheck.objects.filter(place=place).values_list("dataset_key", "checked_at")
    return {key: clock.local_day(at) for key, at in found}


def _row(release: Release, known: _Known) -> dict[str, Any]:
    dataset, told = release.dataset, releases.metadata_of(release)["dataset"]
    is_ours, is_brought = dataset.origin != Dataset.Origin.HARVESTED, dataset.origin == Dataset.Origin.BROUGHT
    frequency = shape.choice_of("frequencies", told.get("frequency", ""))
    published = clock.local_day(release.published_at)
    looked_on = published if is_brought else known.checks.get(dataset.key, published)
    due = looked_on + timedelta(days=frequency.days) if frequency and frequency.days else None
    return {
        "key": dataset.key,
        "title": told["title"]["id"],
        "producer_code": dataset.producer_id,
        "topic": told.get("topic", ""),
        "origin": dataset.origin,
        "class": release.access,
        "frequency": frequency.key if frequency else "",
        "published_on": published if dataset.origin != Dataset.Origin.DECLARED else None,
        "due_on": due if is_brought else None,
        "freshness": _freshness(frequency, due, known.today) if is_ours else "",
        "list_year": known.years.get(dataset.pk),
        "is_priority": yes_no(dataset.is_priority),
        "as_of": known.today,
    }


def _freshness(frequency: shape.Choice | None, due: date | None, today: date) -> str:
    if frequency is None:
        return catalogues.UNDECLARED
    if due is None:
        return catalogues.NOT_UPDATED
    return catalogues.LATE if due < today else catalogues.UP_TO_DATE


CATALOGUE_PUBLIC = Declaration(
    key=KEY,
    title=_("The datasets of this catalogue"),
    summary=_(
        "Each dataset of this portal with its agency, class, declared frequency, newest release and whether it is"
        " up to date."
    ),
    note=_(
        "This table does not list itself. Tables that services make every night carry no day of release, so that it"
        " changes only when something changed. Withdrawn datasets are not in it; those of other portals are, with"
        " their origin, and no figure counts them."
    ),
    columns=COLUMNS,
    rows=rows,
    places=portals.governments_by_region,
    disclosure="public_records",
    activity=ACTIVITY,
    variables={"producer_code": AGENCY},
)
