"""Computing the whole log anew, and remembering what was found."""

from datetime import datetime
from itertools import islice

from lumbung.core.log import queries, verification
from lumbung.core.log.models import Examination


def examine(*, now: datetime) -> Examination:
    """Compute every hash and root from the stored bytes; the page shows when, and the first fault."""
    size = queries.leaf_count()
    first = next(islice(verification.faults(), 1), None)
    return Examination.objects.create(at=now, size=size, fault=(first or "")[:500])
