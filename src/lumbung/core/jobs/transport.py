"""The thin seam to django-tasks: one task, carrying a job's id."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime

from django_tasks import task

logger = logging.getLogger("lumbung.jobs")


@task()
def run_job(job_id: int) -> None:
    """Run one job as a worker would; called by the library's worker, never by a page."""
    # The runner imports the actions, which import this seam.
    from lumbung.core.jobs import runner  # noqa: PLC0415

    runner.run(job_id=job_id)


def carry(job_id: int, *, run_after: datetime | None) -> None:
    """Hand a job to the queue, inside the transaction of the change that asked for it."""
    run_job.using(run_after=run_after).enqueue(job_id)


@contextlib.contextmanager
def quiet_library() -> Iterator[None]:
    """The library logs arguments and tracebacks; ours stay out of the log files."""
    library = logging.getLogger("django_tasks")
    level = library.level
    library.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        library.setLevel(level)
