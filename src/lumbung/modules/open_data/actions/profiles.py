"""What large published tables hold is worked out at night, one table a job, and forgotten with their bytes."""

import tempfile
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lumbung.core.jobs import actions as jobs
from lumbung.modules.open_data.models import Dataset, Listing, ReleaseTable, TableProfile
from lumbung.modules.open_data.queries import profiles

JOB = "open_data.profile_table"


def ask_for_missing(*, now: datetime) -> int:
    """One job for each large table of a newest release that has no profile; returns how many."""
    newest = Listing.objects.filter(release__access=Dataset.Access.OPEN, release__withdrawn_at__isnull=True)
    tables = ReleaseTable.objects.filter(
        release__in=newest.values("release"),
        version__withdrawn_at__isnull=True,
        version__row_count__gte=profiles.FEWEST_ROWS,
    ).exclude(version__in=TableProfile.objects.values("version"))
    found = list(tables.values_list("version", flat=True).distinct())
    for version in found:
        jobs.enqueue(JOB, now=now, version_id=str(version))
    return len(found)


def make(*, version_id: uuid.UUID, now: datetime) -> TableProfile | None:
    """Work it out and keep it; None where the table is not open, or gone since."""
    from lumbung.modules.open_data.queries import profiling  # noqa: PLC0415 - loads Ibis, which only this job needs

    table = _open_table(version_id)
    if table is None:
        return None
    with tempfile.TemporaryDirectory(prefix="lumbung-profile-") as folder:
        told = profiling.measured(table, engine=settings.LUMBUNG_ENGINE, temporary=Path(folder))
    with transaction.atomic():
        if _open_table(version_id) is None:  # withdrawn while it was read
            return None
        return TableProfile.objects.update_or_create(version_id=version_id, defaults={"told": told, "made_at": now})[0]


def forget(*, version_id: uuid.UUID) -> None:
    """The bytes are gone, and what was told of them with them."""
    TableProfile.objects.filter(version=version_id).delete()


def forget_closed() -> int:
    """Those of tables that are open in no release any more; returns how many."""
    open_now = ReleaseTable.objects.filter(release__access=Dataset.Access.OPEN, release__withdrawn_at__isnull=True)
    kept = open_now.filter(version__withdrawn_at__isnull=True).values("version")
    return TableProfile.objects.exclude(version__in=kept).delete()[0]


def _open_table(version_id: uuid.UUID) -> ReleaseTable | None:
    tables = ReleaseTable.objects.filter(version=version_id).select_related("release__dataset", "version", "resource")
    return next((each for each in tables.order_by("-release__number") if profiles.is_profiled(each)), None)
