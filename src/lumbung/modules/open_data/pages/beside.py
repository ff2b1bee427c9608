"""What stands beside a dataset: what people say about it."""

from typing import Any

from django.http import HttpRequest

from lumbung.core.access.policies import viewer_of
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import askings


def beside(request: HttpRequest, dataset: Dataset) -> dict[str, Any]:
    """For the page of a dataset."""
    viewer = viewer_of(request)
    publishes = permissions.role_in(viewer, permissions.PUBLISH, dataset) is not None
    return {
        "askings": askings.about(dataset),
        "may_restore": publishes and dataset.origin == Dataset.Origin.BROUGHT,
    }
