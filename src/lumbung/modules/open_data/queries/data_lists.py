"""Reading the Daftar Data: agreed lists are public; a list being gathered is for those who plan and produce."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Amendment, DataList, Dataset, ListRow

ON_THE_LIST = ListRow.State.LISTED


@dataclass(frozen=True, slots=True)
class Column:
    """A column the data standard of a row asks for."""

    name: str
    label: str = ""
    unit: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row says: what producers and secretariat write, and what the Forum agrees on."""

    title: str
    producer: str
    purpose: str
    frequency: str
    days: tuple[date, ...]
    standard: str = ""
    is_priority: bool = False
    priority_reason: str = ""
    bps_number: str = ""
    ewalidata_code: str = ""
    columns: tuple[Column, ...] = ()

    def told(self) -> dict[str, Any]:
        """As JSON: what the record of the Forum keeps, and what amendments compare."""
        return {
            **asdict(self),
            "days": [day.isoformat() for day in self.days],
            "columns": [asdict(column) for column in self.columns],
        }


def facts_of(row: ListRow) -> RowFacts:
    """What a row says now."""
    return RowFacts(
        title=row.title,
        producer=row.producer_id,
        purpose=row.purpose,
        frequency=row.frequency,
        days=tuple(day.on for day in row.days.all()),
        standard=row.standard,
        is_priority=row.is_priority,
        priority_reason=row.priority_reason,
        bps_number=row.bps_number,
        ewalidata_code=row.ewalidata_code,
        columns=tuple(Column(**each) for each in row.columns),
    )


def lists_of(portal: Portal) -> QuerySet[DataList]:
    """Every list of a portal, newest year first."""
    return DataList.objects.filter(portal=portal).select_related("portal", "agreement")


def list_at(portal: Portal, year: int) -> DataList | None:
    """The list of one year."""
    return lists_of(portal).filter(year=year).first()


def agreed_lists(portal: Portal) -> QuerySet[DataList]:
    """The lists the Forum agreed on, newest year first: these are public."""
    return lists_of(portal).filter(agreed_at__isnull=False)


def in_force(portal: Portal, today: date) -> DataList | None:
    """The list that says today which data have priority: this year's, else the newest before it."""
    return agreed_lists(portal).filter(year__lte=today.year).first()


def rows_of(data_list: DataList) -> QuerySet[ListRow]:
    """Every row of a list with its days, also those left out."""
    return data_list.rows.select_related("producer", "dataset", "data_list").prefetch_related("days")


def listed_rows(data_list: DataList) -> QuerySet[ListRow]:
    """The rows that stand on a list."""
    return rows_of(data_list).filter(state=ON_THE_LIST)


def row_at(data_list: DataList, number: int) -> ListRow | None:
    """One row by its number."""
    return rows_of(data_list).filter(number=number).first()


def rows_seen_by(viewer: Viewer, data_list: DataList) -> QuerySet[ListRow]:
    """Rows of a list on the desk: a producer sees other agencies' proposals only once they are on the list."""
    rows = rows_of(data_list)
    if permissions.plans_in(viewer, data_list.portal.region_id) or data_list.is_agreed:
        return rows
    own = rows.filter(producer__in=permissions.producing_for(viewer))
    return (own | rows.filter(state=ON_THE_LIST)).distinct()


def by_agency(rows: Iterable[ListRow]) -> list[tuple[Organisation, list[ListRow]]]:
    """Rows under the agency that produces them, agencies by name."""
    ordered = sorted(rows, key=lambda row: (row.producer.name, row.producer_id, row.number))
    return [
        (found[0].producer, found)
        for _code, each in groupby(ordered, lambda row: row.producer_id)
        if (found := list(each))
    ]


def amendments_of(data_list: DataList) -> list[Amendment]:
    """What changed after the Forum agreed, newest first."""
    return list(data_list.amendments.select_related("row").order_by("-number"))


def datasets_for(row: ListRow) -> QuerySet[Dataset]:
    """Datasets a row may be connected to: of its portal, not withdrawn, not in another row of the list."""
    taken = ListRow.objects.filter(data_list=row.data_list_id, dataset__isnull=False).exclude(pk=row.pk)
    found = Dataset.objects.filter(portal=row.data_list.portal_id, withdrawn_at__isnull=True)
    return found.exclude(pk__in=taken.values("dataset")).select_related("listing", "producer")


def is_tied_by_the_list(row: ListRow) -> bool:
    """Whether only the secretariat says otherwise which dataset fulfils it, by an amendment."""
    return row.data_list.is_agreed and row.dataset_id is not None


def rows_on(datasets: Iterable[Dataset]) -> QuerySet[ListRow]:
    """Rows of agreed lists that plan these datasets, oldest year first."""
    rows = ListRow.objects.filter(dataset__in=list(datasets), state=ON_THE_LIST, data_list__agreed_at__isnull=False)
    return rows.select_related("data_list").order_by("data_list__year")


def locked(data_list: DataList) -> DataList:
    """The list as it stands now, held until the transaction ends."""
    return DataList.objects.select_for_update(of=("self",)).select_related("portal").get(pk=data_list.pk)


def locked_row(row: ListRow) -> ListRow:
    """A row as it stands now, its list held until the transaction ends."""
    current = locked(row.data_list)
    found = rows_of(current).get(pk=row.pk)
    found.data_list = current
    return found


def next_number(data_list: DataList) -> int:
    """The number of the next row."""
    return (data_list.rows.aggregate(last=Max("number"))["last"] or 0) + 1


def require_open(data_list: DataList) -> None:
    """Refuse to write in a list the Forum agreed on."""
    if data_list.is_agreed:
        raise Refused(
            "data-list-is-agreed",
            _("The Forum agreed on this list, so it is fixed. The secretariat can amend it, with a reason."),
        )


def require_agreed(data_list: DataList) -> None:
    """Refuse to amend a list that is still gathered."""
    if not data_list.is_agreed:
        raise Refused("data-list-is-not-agreed", _("The Forum has not agreed on this list yet. Change the row itself."))
