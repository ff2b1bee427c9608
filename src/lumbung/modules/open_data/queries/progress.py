"""How far the rows of a data list have come (rekap): computed from drafts and releases, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from lumbung.core.base import clock
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.models import DataList, Draft, ListRow, Release
from lumbung.modules.open_data.queries import data_lists, release_calendar
from lumbung.modules.open_data.release_days import Outcome
from lumbung.modules.open_data.states import CLOSED, WAITING

Stage = Literal["planned", "drafted", "in_check", "published"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one row stands. `waiting` counts its planned days that passed without a release."""

    row: ListRow
    stage: Stage
    waiting: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The rows of one agency, or of all: each row stands in one of not begun, drafted, in check, published."""

    agency: Organisation | None
    planned: int
    not_begun: int
    drafted: int
    in_check: int
    published: int
    late: int


def of_rows(data_list: DataList, rows: list[ListRow], *, today: date) -> list[Progress]:
    """Where each row stands: published when a release came out in the year of the list, else by its open draft."""
    datasets = {row.dataset_id for row in rows if row.dataset_id}
    published = {
        dataset
        for dataset, at in Release.objects.filter(dataset__in=datasets).values_list("dataset", "published_at")
        if clock.local_day(at).year == data_list.year
    }
    open_drafts = Draft.objects.filter(dataset__in=datasets).exclude(state__in=CLOSED)
    states = dict(open_drafts.values_list("dataset", "state"))
    waiting = _waiting(data_list, rows, today)
    return [Progress(row, _stage(row, published, states), waiting.get(row.pk, 0)) for row in rows]


def _stage(row: ListRow, published: set[UUID], states: dict[UUID, str]) -> Stage:
    if row.dataset_id in published:
        return "published"
    state = states.get(row.dataset_id) if row.dataset_id else None
    if state is None:
        return "planned"
    return "in_check" if state in WAITING else "drafted"


def _waiting(data_list: DataList, rows: list[ListRow], today: date) -> dict[object, int]:
    found: dict[object, int] = {}
    if data_list.is_agreed:
        for entry in release_calendar.entries_of(data_list.portal, today=today):
            if entry.kept.outcome == Outcome.WAITING:
                found[entry.row.pk] = found.get(entry.row.pk, 0) + 1
    return found


def by_agency(data_list: DataList, *, today: date) -> tuple[list[Sums], Sums]:
    """One line for each agency, and the line of all."""
    rows = list(data_lists.listed_rows(data_list))
    found = {each.row.pk: each for each in of_rows(data_list, rows, today=today)}
    lines = [_sums(agency, [found[row.pk] for row in own]) for agency, own in data_lists.by_agency(rows)]
    return lines, _sums(None, found.values())


def _sums(agency: Organisation | None, told: Iterable[Progress]) -> Sums:
    each = list(told)
    count = {
        stage: sum(one.stage == stage for one in each) for stage in ("planned", "drafted", "in_check", "published")
    }
    return Sums(
        agency=agency,
        planned=len(each),
        not_begun=count["planned"],
        drafted=count["drafted"],
        in_check=count["in_check"],
        published=count["published"],
        late=sum(one.waiting > 0 for one in each),
    )
