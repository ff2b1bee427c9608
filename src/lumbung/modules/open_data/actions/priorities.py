"""Data Prioritas are chosen in the list of the year; a dataset that has priority gets a second check of its drafts."""

from datetime import datetime

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.events import actions as events
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions.datasets import DATASET
from lumbung.modules.open_data.events.data_lists import PriorityBegan, PriorityEnded
from lumbung.modules.open_data.models import DataList, Dataset
from lumbung.modules.open_data.queries import data_lists as known


def follow(*, portal: Portal, actor: Actor, now: datetime) -> int:
    """Give priority to the datasets the list in force chose, and to no other; returns how many changed.

    Without an agreed list nothing changes: nobody has chosen yet.
    """
    chosen = known.in_force(portal, clock.local_day(now))
    if chosen is None:
        return 0
    with transaction.atomic():
        wanted = set(known.listed_rows(chosen).filter(is_priority=True).values_list("dataset", flat=True))
        changed = [
            dataset
            for dataset in Dataset.objects.select_for_update().filter(portal=portal)
            if dataset.is_priority != (dataset.pk in wanted)
        ]
        for dataset in changed:
            _turn(dataset, chosen, actor, now)
        return len(changed)


def follow_all(*, now: datetime) -> int:
    """Every portal, at the turn of the year and whenever the day begins."""
    return sum(follow(portal=portal, actor=SYSTEM, now=now) for portal in Portal.objects.all())


def _turn(dataset: Dataset, chosen: DataList, actor: Actor, now: datetime) -> None:
    dataset.is_priority = not dataset.is_priority
    dataset.save(update_fields=["is_priority"])
    kind = PriorityBegan if dataset.is_priority else PriorityEnded
    event = kind(dataset=dataset.name, year=chosen.year)
    events.record(event, subject_type=DATASET, subject_id=str(dataset.pk), actor=actor, now=now)
