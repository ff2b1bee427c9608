"""What a worker does with one job."""

import logging

from lumbung.core.base import clock
from lumbung.core.jobs import actions, registry
from lumbung.core.jobs.models import Job

logger = logging.getLogger("lumbung.jobs")


def run(*, job_id: int) -> None:
    """Claim, run and finish one job; an error postpones it and is logged by type only."""
    job = actions.claim(job_id=job_id, now=clock.now())
    if job is None:
        return
    try:
        registry.get(job.name).run(**job.arguments)
    except Exception as error:  # every failure of a job is retried, whatever it was
        logger.warning("job %s (%s) failed on attempt %s: %s", job.name, job.pk, job.attempts, type(error).__name__)
        logger.debug("job %s traceback", job.pk, exc_info=True)
        actions.postpone_or_give_up(job=job, error=error, now=clock.now())
    else:
        actions.finish(job=job, now=clock.now())


def run_due(*, limit: int = 1000) -> int:
    """Run what is due now, in this process, as the tests and `lumbung demo` do; returns how many ran."""
    count = 0
    while count < limit:
        job = Job.objects.filter(state=Job.QUEUED, run_after__lte=clock.now()).order_by("run_after", "pk").first()
        if job is None:
            return count
        run(job_id=job.pk)
        count += 1
    return count
