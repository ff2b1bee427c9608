"""What an installation of before lacks, brought once after it was upgraded; on a new one there is nothing to do."""

from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType
from lumbung.modules.action_plan.actions import indexing, monitor_parts

# A job nobody has run yet is due at once; then once a year, which finds nothing to do.
ONCE = 365 * 24 * 3600


def bring_up_to_date() -> None:
    """Ideas, comments, remarks and commitments of before are found; monitors of a single government have its part."""
    monitor_parts.name_what_is_plain(now=clock.now())
    indexing.index_all()


JOBS = (JobType("action_plan.bring_up_to_date", bring_up_to_date, every_seconds=ONCE),)
