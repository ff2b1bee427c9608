"""Who passed a report to whom and why, and who stepped back from it. The reasons are sealed: they name people."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.models.report import Report


class Handover(models.Model):
    """A report left somebody's hands, with the reason; read by those who handle it, never by the public."""

    class Kind(models.TextChoices):
        RETURNED = "returned", _("Returned to the coordinator")
        TO_AGENCY = "to_agency", _("Handed on to another agency")
        TO_PORTAL = "to_portal", _("Handed on to another government")
        TAKEN_BACK = "taken_back", _("Taken back by the coordinator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=12, choices=Kind)
    from_agency = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_agency = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id}"


class Recusal(models.Model):
    """An officer withdrew from handling a report; from then on it is closed to them (UU 30/2014)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recusals")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "account"], name="an_officer_recuses_once_from_a_report")
        ]

    def __str__(self) -> str:
        return f"recusal from {self.report_id}"
