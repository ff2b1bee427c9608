"""What is hidden lives in tables of its own, so that an ordinary query cannot load it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.models.report import Report


class SealedOriginal(models.Model):
    """What the citizen wrote, encrypted. Opening it is for those who handle the report."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="original")
    text = models.BinaryField()
    landmark = models.BinaryField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    salt = models.BinaryField(max_length=16)
    text_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"original of {self.report_id}"


class Reporter(models.Model):
    """Who reported, encrypted. Every opening writes an access event and tells the reporter."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="reporter")
    name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    shows_name = models.BooleanField(default=False)
    code_index = models.CharField(max_length=64, unique=True)
    email_index = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=2, default="id")

    def __str__(self) -> str:
        return f"reporter of {self.report_id}"


class Addition(models.Model):
    """What the reporter added later, or what the coordinator asked for; sealed like the original."""

    class Side(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        COORDINATOR = "coordinator", _("Coordinator")
        UNIT = "unit", _("Unit that examines it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="additions")
    side = models.CharField(max_length=12, choices=Side)
    text = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"addition to {self.report_id}"
