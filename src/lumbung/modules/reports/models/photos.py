"""Photos of a report, and an agency's evidence. A photo is hidden until an officer clears it (decision 31)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.models.drafts import ReportDraft
from lumbung.modules.reports.models.report import Report
from lumbung.modules.reports.models.words import Response

DESCRIPTION_LIMIT = 200


class ReportPhoto(models.Model):
    """A photo of a draft, later of the report it became. Only an officer's decision makes it visible to others."""

    class Standing(models.TextChoices):
        WAITING = "waiting", _("Not examined yet: hidden")
        CLEARED = "cleared", _("Cleared by an officer")
        KEPT_HIDDEN = "kept_hidden", _("Kept hidden by an officer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(ReportDraft, on_delete=models.CASCADE, null=True, related_name="photos")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="photos")
    position = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.WAITING)
    description = models.CharField(max_length=DESCRIPTION_LIMIT, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True) ^ Q(report__isnull=True), name="photo_is_of_a_draft_or_of_a_report"
            ),
            models.CheckConstraint(
                condition=Q(standing="waiting") | Q(decided_at__isnull=False), name="examined_photo_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=False) | Q(standing="waiting"), name="photo_of_a_draft_is_not_examined_yet"
            ),
        ]

    def __str__(self) -> str:
        return f"photo {self.position} of {self.report_id or self.draft_id}"


class EvidencePhoto(models.Model):
    """Evidence of action: gathered by the agency, bound to a response when it is written, public once approved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    agency = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, related_name="evidence")
    description = models.CharField(max_length=DESCRIPTION_LIMIT, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"evidence for {self.report_id}"
