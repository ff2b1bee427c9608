"""What was made with data."""

from django.db.models import QuerySet

from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.models import Dataset, Reuse


def shown_of(dataset: Dataset) -> list[Reuse]:
    """What is shown beside a dataset."""
    return list(dataset.reuses.filter(state=Reuse.State.SHOWN)[:20])


def shown_in(portal: Portal) -> QuerySet[Reuse]:
    """Everything shown in a portal, the newest first."""
    return _of(portal).filter(state=Reuse.State.SHOWN, dataset__withdrawn_at__isnull=True)


def on_the_desk(portal: Portal) -> QuerySet[Reuse]:
    """What waits, and what was decided last."""
    return _of(portal).order_by("decided_on", "-sent_at")


def by_id(portal: Portal, reuse_id: str) -> Reuse | None:
    """One of them."""
    return _of(portal).filter(pk=reuse_id).first()


def _of(portal: Portal) -> QuerySet[Reuse]:
    return Reuse.objects.filter(dataset__portal=portal).select_related("dataset__portal", "dataset__listing")
