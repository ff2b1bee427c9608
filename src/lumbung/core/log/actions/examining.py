"""Computing the whole log anew, and remembering what was found; remembering at once what stops the signing."""

from datetime import datetime

from lumbung.core.base import clock
from lumbung.core.log import faults, queries, verification
from lumbung.core.log.faults import Fault
from lumbung.core.log.models import Examination


def examine(*, now: datetime) -> Examination:
    """Compute every hash and root from the stored bytes; the page shows when, and the first fault."""
    report = verification.verify(turn=clock.local_day(now).toordinal())
    first = next(verification.stored_faults(report), "")
    counted = {"compared": report.texts, "rows": report.rows, "untold": len(report.untold)}
    return Examination.objects.create(at=now, size=report.size, fault=first[:500], **counted)


def note_refusal(*, fault: Fault, now: datetime) -> None:
    """What stopped the signing stands on the page from now on, not only after the night; once, however often met."""
    if queries.newest_refusal() != fault.stored:
        Examination.objects.create(at=now, size=queries.leaf_count(), fault=fault.stored)


def note_signing_again(*, now: datetime) -> None:
    """What stopped the signing is gone."""
    if queries.newest_refusal():
        Examination.objects.create(at=now, size=queries.leaf_count(), fault=faults.SIGNS_AGAIN)
