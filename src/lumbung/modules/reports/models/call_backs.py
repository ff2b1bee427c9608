"""Requests to be called back: the way back for those who gave a telephone number and no address."""

import uuid

from django.db import models
from django.db.models import F, Q

from lumbung.modules.reports.models.report import Report


class CallBack(models.Model):
    """Somebody says that they lost the way to a report that has a telephone number. Only fingerprints are kept.

    Rows are destroyed when they lapse; who opened the number and who let whom through stays in the access events.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting"  # for the call of an officer
        CALLED = "called"  # the code was right; a second officer has to look
        RELEASED = "released"  # a new access code may be made
        USED = "used"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="call_backs")
    secret_index = models.CharField(max_length=64, unique=True)
    code_index = models.CharField(max_length=64)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.WAITING)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_count = models.PositiveSmallIntegerField(default=0)
    unanswered_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="call_back_lapses_after_it_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | Q(called_by__isnull=False) & ~Q(released_by=F("called_by")),
                name="call_back_is_released_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=["called", "released", "used"])
                | Q(called_by__isnull=False, called_at__isnull=False),
                name="call_back_with_the_right_code_names_the_caller",
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=["released", "used"]) | Q(released_at__isnull=False),
                name="released_call_back_has_a_date",
            ),
            models.CheckConstraint(condition=Q(wrong_count__lte=3), name="call_back_ends_after_three_wrong_codes"),
        ]
        indexes = [
            models.Index(fields=["report", "asked_at"], name="call_back_by_report"),
            models.Index(fields=["expires_at"], name="call_back_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"call back for {self.report_id}"
