"""The data lists of the demonstration: this year's agreed and amended, next year's carried over."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import release_days
from lumbung.modules.open_data.actions import agreeing, connecting, data_lists
from lumbung.modules.open_data.actions.agreeing import MeetingFacts, Present
from lumbung.modules.open_data.models import DataList, Dataset, ListRow
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries.data_lists import Column, RowFacts

TEXTS = Path(__file__).parent / "texts" / "data_lists.toml"
MET = (11, 20)  # the Forum meets in the November before
# The list of next year is agreed in the first of them; the second still gathers.
AGREED_AHEAD = "ntb"
Told = Mapping[str, Any]


def play(*, viewer_of: Callable[[str], Viewer], now: datetime) -> None:
    """Write the lists once, and tie their rows to the datasets there are: loading again ties what came since."""
    for portal in Portal.objects.filter(pk__in=["ntb", "ksb"]):
        by = viewer_of(f"forum.data.{portal.pk}")
        year = clock.local_day(now).year
        if known.list_at(portal, year) is None:
            this = _this_year(portal, year, by, now)
            _connect(this, by, now)
            _next_year(this, by, now)
        for data_list in known.lists_of(portal):
            _connect(data_list, by, now)


def _this_year(portal: Portal, year: int, by: Viewer, now: datetime) -> DataList:
    made = data_lists.open_list(portal=portal, year=year, carried=None, by=by, now=now)
    for told in _rows(portal):
        data_lists.propose_row(data_list=made, facts=_facts(told, year), by=by, now=now)
    _agree(made, date(year - 1, *MET), by, now)
    _amend(made, by, now)
    return made


def _next_year(this: DataList, by: Viewer, now: datetime) -> None:
    """Carried over; where the agency plans more days from then on, the secretariat changes the proposal."""
    made = data_lists.open_list(portal=this.portal, year=this.year + 1, carried=this, by=by, now=now)
    for row in known.rows_of(made):
        told = next((each for each in _rows(this.portal) if each["title"] == row.title), {})
        if "next_first" in told:
            days = release_days.planned_by(row.frequency, _day(told["next_first"], made.year))
            data_lists.change_row(row=row, facts=replace(known.facts_of(row), days=days), by=by, now=now)
    if this.portal_id == AGREED_AHEAD:
        data_lists.take_all(data_list=made, by=by, now=now)
        _agree(made, clock.local_day(now) - timedelta(days=6), by, now)


def _agree(data_list: DataList, held_on: date, by: Viewer, now: datetime) -> None:
    told = _texts()["meeting"][data_list.portal_id]
    meeting = MeetingFacts(
        number=told["number"].format(year=held_on.year),
        held_on=held_on,
        place=told["place"],
        decisions=told["decisions"].strip(),
        attendance=tuple(Present(*each) for each in told["present"]),
    )
    agreeing.agree_list(data_list=data_list, meeting=meeting, by=by, now=now)
    data_list.refresh_from_db()


def _amend(data_list: DataList, by: Viewer, now: datetime) -> None:
    told = _texts()["amendment"].get(data_list.portal_id)
    if told is None:
        return
    row = known.listed_rows(data_list).get(title=told["title"])
    days = tuple(_day(each, data_list.year) for each in told["days"])
    facts = replace(known.facts_of(row), days=days)
    agreeing.amend_row(row=row, facts=facts, reason=told["reason"], by=by, now=now)


def _connect(data_list: DataList, by: Viewer, now: datetime) -> None:
    wanted = {told["title"]: told["dataset"] for told in _rows(data_list.portal)}
    for row in data_list.rows.filter(dataset__isnull=True).exclude(state=ListRow.State.LEFT_OUT):
        key = wanted.get(row.title, "")
        # A name is given once in an installation, so the regency's may carry its mark.
        keys = {key, key.removesuffix(f"-{data_list.portal_id}")}
        found = Dataset.objects.filter(portal=data_list.portal, key__in=keys).first()
        if found is not None and found.withdrawn_at is None:
            connecting.connect(row=row, dataset=found, by=by, now=now)


def _facts(told: Told, year: int) -> RowFacts:
    named = tuple(_day(each, year) for each in told.get("days", ()))
    return RowFacts(
        title=told["title"],
        producer=told["producer"],
        purpose=told["purpose"],
        frequency=told["frequency"],
        days=tuple(sorted(named)) or release_days.planned_by(told["frequency"], _day(told["first"], year)),
        standard=told.get("standard", ""),
        is_priority="priority" in told,
        priority_reason=told.get("priority", ""),
        bps_number=told.get("bps", ""),
        ewalidata_code=told.get("ewalidata", ""),
        columns=tuple(Column(*(part.strip() for part in each.split(";"))) for each in told.get("columns", ())),
    )


def _rows(portal: Portal) -> list[Told]:
    return [each for each in _texts()["row"] if each["portal"] == portal.pk]


def _day(text: str, year: int) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))
