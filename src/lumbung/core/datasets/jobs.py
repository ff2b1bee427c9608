"""Retryable entry points of published tables."""

from lumbung.core.base import clock
from lumbung.core.datasets import actions, registry
from lumbung.core.jobs import actions as queue


def publish_all() -> None:
    """Put every table of every place on the queue, one job each, and remove files nothing needs."""
    now = clock.now()
    for dataset in registry.all_datasets():
        for place in dataset.places():
            queue.enqueue("datasets.publish", now=now, dataset_key=dataset.key, place=place)
    actions.sweep_files(now=now)


def publish(dataset_key: str, place: str) -> None:
    """A new version if the table changed."""
    actions.publish_on_schedule(dataset_key=dataset_key, place=place, now=clock.now())
