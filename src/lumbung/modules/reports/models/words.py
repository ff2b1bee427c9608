"""What the public reads: the version for the public, the answers, the sums of ratings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.models.report import Report


class PublicVersion(models.Model):
    """The only words of a report the public sees, made and confirmed by an officer (decision 30)."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="public_version")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    place = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    salt = models.BinaryField(max_length=16, default=bytes)
    words_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.title


class Response(models.Model):
    """What an agency answers; public only after its head approved it (decision 33)."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Progress")
        FINAL = "final", _("Final answer")

    class Standing(models.TextChoices):
        WAITING = "waiting", _("Waiting for the head's approval")
        APPROVED = "approved", _("Approved by the head of the agency")
        RETURNED = "returned", _("Returned for correction")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=4000)
    agency = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.WAITING)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField(max_length=500, blank=True)
    # Of an approved one: with the salt anyone can compare the text with what the log holds.
    salt = models.BinaryField(max_length=16, default=bytes)
    words_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="waiting") | Q(decided_at__isnull=False), name="decided_response_has_a_date"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(standing="waiting"), name="one_response_waits_for_approval_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.report_id}"


class Rating(models.Model):
    """One answer in two taps for each time a report was finished. Staff see sums, never who scored."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="ratings")
    finish_number = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    rated_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "finish_number"], name="one_rating_for_each_finish"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=4), name="rating_is_from_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.report_id}"
