"""Putting work on the queue, and the life of one job: claimed, done, tried again, given up."""

from datetime import datetime, timedelta

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType
from lumbung.core.jobs import registry
from lumbung.core.jobs.models import Job, ScheduleMark
from lumbung.core.jobs.transport import carry

LEASE = timedelta(minutes=5)
FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=1)
ID_TYPES = (str, int)


def enqueue(
    name: str, *, key: str | None = None, now: datetime, run_after: datetime | None = None, **ids: str | int
) -> Job:
    """Put a job on the queue inside the caller's transaction, or return the unfinished one with the same key.

    Arguments are ids, never words or names: they stay readable in the job table.
    """
    job_type = registry.get(name)
    _refuse_words(name, ids)
    unique = key or f"{name}:" + ",".join(f"{field}={value}" for field, value in sorted(ids.items()))
    with transaction.atomic():
        job, is_new = Job.objects.get_or_create(
            key=unique,
            state__in=[Job.QUEUED, Job.RUNNING],
            defaults={
                "name": name,
                "key": unique,
                "arguments": ids,
                "max_attempts": job_type.max_attempts,
                "created_at": now,
                "run_after": run_after or now,
                "state": Job.QUEUED,
            },
        )
        if is_new:
            carry(job.pk, run_after=run_after)
    return job


def _refuse_words(name: str, ids: dict[str, str | int]) -> None:
    for field, value in ids.items():
        if not isinstance(value, ID_TYPES) or (isinstance(value, str) and len(value) > 80):
            raise ValueError(f"job {name!r}: argument {field} must be an id of at most 80 characters")


def claim(*, job_id: int, now: datetime) -> Job | None:
    """Take a due job for this worker, or None when it is finished, early, or in another worker's hands."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.state in {Job.DONE, Job.FAILED}:
            return None
        # Whoever set the time has it carried then: a job may be carried twice, and the other one comes too early.
        if job.state == Job.QUEUED and job.run_after > now:
            return None
        if job.state == Job.RUNNING and job.lease_until is not None and job.lease_until > now:
            return None
        job.state, job.attempts, job.lease_until = Job.RUNNING, job.attempts + 1, now + LEASE
        job.save(update_fields=["state", "attempts", "lease_until"])
        return job


def finish(*, job: Job, now: datetime) -> None:
    """The job did what it was for."""
    Job.objects.filter(pk=job.pk).update(state=Job.DONE, finished_at=now, lease_until=None, error="")


def postpone_or_give_up(*, job: Job, error: BaseException, now: datetime) -> None:
    """Try again later with a growing pause; after the last attempt mark it failed.

    Only the error's type is kept: its text may hold what a citizen wrote.
    """
    gives_up = job.attempts >= job.max_attempts
    pause = min(FIRST_RETRY * 2 ** (job.attempts - 1), LONGEST_RETRY)
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(
            state=Job.FAILED if gives_up else Job.QUEUED,
            finished_at=now if gives_up else None,
            run_after=now + pause,
            lease_until=None,
            error=type(error).__name__,
        )
        if not gives_up:
            carry(job.pk, run_after=now + pause)


def reclaim_abandoned(*, now: datetime) -> int:
    """Put jobs of killed workers back on the queue; returns how many."""
    abandoned = Job.objects.filter(state=Job.RUNNING, lease_until__lt=now) | Job.objects.filter(
        state=Job.QUEUED, run_after__lt=now - LEASE
    )
    count = 0
    for job in abandoned:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk, state=job.state).update(state=Job.QUEUED, lease_until=None, run_after=now)
            carry(job.pk, run_after=None)
        count += 1
    return count


def try_again(*, now: datetime) -> int:
    """Put every job that gave up back on the queue, with all its attempts; returns how many.

    A job whose work already waits anew under the same key is done with: it is taken off the list.
    """
    count = 0
    for job in Job.objects.filter(state=Job.FAILED):
        with transaction.atomic():
            if Job.objects.filter(key=job.key, state__in=[Job.QUEUED, Job.RUNNING]).exists():
                Job.objects.filter(pk=job.pk).update(state=Job.DONE)
                continue
            Job.objects.filter(pk=job.pk).update(state=Job.QUEUED, attempts=0, finished_at=None, run_after=now)
            carry(job.pk, run_after=None)
        count += 1
    return count


def enqueue_scheduled(*, now: datetime) -> list[str]:
    """Put every scheduled job on the queue whose time has come; returns their names."""
    due = []
    for job_type in registry.scheduled():
        mark = ScheduleMark.objects.filter(name=job_type.name).first()
        if mark is not None and now < _next_time(job_type, after=mark.last_enqueued_at):
            continue
        with transaction.atomic():
            ScheduleMark.objects.update_or_create(name=job_type.name, defaults={"last_enqueued_at": now})
            enqueue(job_type.name, key=f"scheduled:{job_type.name}", now=now)
        due.append(job_type.name)
    return due


def _next_time(job_type: JobType, *, after: datetime) -> datetime:
    if job_type.daily_at is None:
        return after + timedelta(seconds=job_type.every_seconds or 0)
    local = after.astimezone(clock.WITA)
    same_day = datetime.combine(local.date(), job_type.daily_at, tzinfo=clock.WITA)
    return same_day if after < same_day else same_day + timedelta(days=1)
