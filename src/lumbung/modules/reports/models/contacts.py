"""Ways back to a report: links that open it once, and addresses that follow it."""

from django.db import models
from django.db.models import F, Q

from lumbung.core.notices.models import FollowerRow
from lumbung.modules.reports.models.report import Report

# The topic of messages to those who follow a report.
FOLLOW = "reports.follow"


class OneTimeLink(models.Model):
    """A link in a mail to the reporter that opens the report once. Only the fingerprint of its token is kept."""

    class Purpose(models.TextChoices):
        OPEN = "open"
        RATE = "rate"
        NEW_CODE = "code"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="one_time_links")
    token_index = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=4, choices=Purpose)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="link_expires_after_it_was_made"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="link_by_expiry")]

    def __str__(self) -> str:
        return f"{self.purpose} link of {self.report_id}"


class Follower(FollowerRow):
    """An address that asked to be told of a public report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="followers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "email_index"], name="an_address_follows_a_report_once"),
        ]
        indexes = [models.Index(fields=["asked_at"], name="follower_by_time")]

    @property
    def topic_subject(self) -> str:
        """What a stop link stops."""
        return str(self.report_id)
