"""Retryable entry points of figures."""

from lumbung.core.base import clock
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.indicators import actions


def compute(subject_id: str) -> None:
    """A new version of a table appeared: compute its figures."""
    version = DatasetVersion.objects.get(pk=subject_id)
    actions.compute_for_version(version=version, now=clock.now())
