"""A row of the data list and the dataset that fulfils it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import datasets, priorities
from lumbung.modules.open_data.actions.data_lists import tell
from lumbung.modules.open_data.events.data_lists import ListRowConnected
from lumbung.modules.open_data.models import Dataset, Draft, ListRow
from lumbung.modules.open_data.queries import data_lists as known


def connect(*, row: ListRow, dataset: Dataset | None, by: Viewer, now: datetime) -> ListRow:
    """Say which dataset fulfils a row; None takes the tie away. A producer ties datasets of their own agency.

    On a list the Forum agreed on a tie decides which data have priority: there it changes by amendment only.
    """
    region = row.data_list.portal.region_id
    held = permissions.required_for_rows(by, region_code=region, organisation_code=row.producer_id)
    with transaction.atomic():
        row = known.locked_row(row)
        current = row.data_list
        if dataset is not None:
            require_fitting(row, dataset, is_any_agency=permissions.plans_in(by, region))
        if row.dataset == dataset:
            return row
        _refuse_tied(row)
        actor = by.acting_as(held)
        tie(row, dataset, actor=actor, now=now)
        if current.is_agreed:
            priorities.follow(portal=current.portal, actor=actor, now=now)
        return row


def tie(row: ListRow, dataset: Dataset | None, *, actor: Actor, now: datetime) -> None:
    """Write the tie and tell it, in the caller's transaction, who has asked whether this person may."""
    row.dataset = dataset
    row.save(update_fields=["dataset"])
    current = row.data_list
    event = ListRowConnected(
        portal=current.portal_id, year=current.year, number=row.number, dataset=dataset.name if dataset else ""
    )
    tell(current, event, actor, now)


def begin_from_row(*, row: ListRow, key: str, by: Viewer, now: datetime) -> Draft:
    """Begin the dataset a row plans: its title, and what the list says of it, come from the row."""
    if row.dataset is not None:
        raise Refused("row-has-its-dataset", _("This row has a dataset already. Open it."))
    with transaction.atomic():
        draft = datasets.begin_dataset(
            portal=row.data_list.portal, producer=row.producer, key=key, title=row.title, by=by, now=now
        )
        draft.metadata["dataset"] |= {
            "frequency": row.frequency,
            "standard": row.standard,
            "recommendation": row.bps_number,
            "e_walidata": row.ewalidata_code,
        }
        draft.save(update_fields=["metadata"])
        connect(row=row, dataset=draft.dataset, by=by, now=now)
        return draft


def _refuse_tied(row: ListRow) -> None:
    if known.is_tied_by_the_list(row):
        raise Refused(
            "row-is-tied-by-the-list",
            _(
                "The Forum agreed on this list, so the dataset of this row is fixed. The secretariat can amend it,"
                " with a reason."
            ),
            field="dataset",
        )


def require_fitting(row: ListRow, dataset: Dataset, *, is_any_agency: bool) -> None:
    """Refuse a dataset that fulfils another row, or that this person may not choose."""
    if dataset not in known.datasets_for(row):
        raise Refused(
            "dataset-does-not-fit",
            _("Choose a dataset of this portal that stands in no other row of the list."),
            field="dataset",
        )
    if dataset.producer_id != row.producer_id and not is_any_agency:
        raise Refused("dataset-of-another-agency", _("Choose a dataset of your own agency."), field="dataset")
