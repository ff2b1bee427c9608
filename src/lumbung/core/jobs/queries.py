"""Reading the queue, for whoever keeps the installation running."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from lumbung.core.jobs.models import Job, ScheduleMark


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Jobs of one name that failed at every attempt, with the type of their last error."""

    name: str
    count: int
    error: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """How the queue stands: what is due and not done, since when, and when the worker last gave a sign."""

    waiting: int
    due_since: datetime | None
    worker_seen_at: datetime | None
    given_up: tuple[GivenUp, ...]


def is_waiting(key: str) -> bool:
    """Whether a job of that key is not done yet: queued, or in the hands of a worker."""
    return Job.objects.filter(key=key, state__in=[Job.QUEUED, Job.RUNNING]).exists()


def queue(*, now: datetime) -> Queue:
    """The queue at a moment."""
    due = Job.objects.filter(state__in=[Job.QUEUED, Job.RUNNING], run_after__lte=now)
    waiting = due.aggregate(count=Count("pk"), since=Min("run_after"))
    failed = Job.objects.filter(state=Job.FAILED).order_by("name", "error").values("name", "error")
    return Queue(
        waiting=waiting["count"],
        due_since=waiting["since"],
        worker_seen_at=ScheduleMark.objects.aggregate(seen=Max("last_enqueued_at"))["seen"],
        given_up=tuple(
            GivenUp(row["name"], row["count"], row["error"], row["last"])
            for row in failed.annotate(count=Count("pk"), last=Max("finished_at"))
        ),
    )
