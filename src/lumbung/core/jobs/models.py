"""Work that can be retried. The library's queue carries it; this table knows what happened to it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    """One unit of background work, named and keyed, holding ids only."""

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
    STATES = [(QUEUED, QUEUED), (RUNNING, RUNNING), (DONE, DONE), (FAILED, FAILED)]

    key = models.CharField(max_length=200)
    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    created_at = models.DateTimeField(default=timezone.now)
    run_after = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=["queued", "running"]), name="job_key_is_unique_while_unfinished"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) | ~Q(state="running"),
                name="running_job_has_a_lease",
            ),
        ]
        indexes = [models.Index(fields=["state", "run_after"], name="job_by_state_and_time")]

    def __str__(self) -> str:
        return f"{self.name} ({self.key}): {self.state}"


class ScheduleMark(models.Model):
    """When a scheduled job last went on the queue."""

    name = models.CharField(max_length=100, primary_key=True)
    last_enqueued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
