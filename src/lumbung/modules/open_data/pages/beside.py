"""What stands beside a dataset: what people say and made, what is to come, why it is closed, how to follow it."""

from typing import Any

from django.http import HttpRequest

from lumbung.core.access.policies import viewer_of
from lumbung.core.base import clock
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import announcements, askings, reuses


def beside(request: HttpRequest, dataset: Dataset) -> dict[str, Any]:
    """For the page of a dataset."""
    viewer = viewer_of(request)
    publishes = permissions.role_in(viewer, permissions.PUBLISH, dataset) is not None
    return {
        "askings": askings.about(dataset),
        "reuses": reuses.shown_of(dataset),
        "coming": announcements.coming_at(dataset.portal, dataset.key, today=clock.local_day(clock.now())),
        "consequence": announcements.consequence_test_of(dataset),
        "may_draft": dataset.origin == Dataset.Origin.BROUGHT
        and dataset.withdrawn_at is None
        and permissions.role_in(viewer, permissions.PRODUCE, dataset) is not None,
        "may_restore": publishes and dataset.origin == Dataset.Origin.BROUGHT,
        "may_classify": dataset.origin == Dataset.Origin.BROUGHT
        and permissions.role_in(viewer, permissions.CHECK, dataset) is not None,
    }
