"""What stood at an address that was filed: reports of the monitoring body, answers of OGP, commitments at OGP."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan


class AddressCapture(models.Model):
    """What was found at one moment. Only added; the first that was kept gives the address its hash for ever."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report of the monitoring body")
        ANSWER = "answer", _("Answer of OGP")
        COMMITMENT = "commitment", _("Commitment at OGP")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Captured")
        SAME = "same", _("Unchanged")
        CHANGED = "changed", _("The page has changed since")
        GONE = "gone", _("Nothing stands there any more")
        UNREACHABLE = "unreachable", _("Could not be reached")
        REFUSED = "refused", _("Not allowed to be fetched")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="address_captures")
    kind = models.CharField(max_length=10, choices=Kind)
    # The primary key of what was filed.
    subject = models.CharField(max_length=60)
    url = models.URLField(max_length=500)
    outcome = models.CharField(max_length=12, choices=Outcome)
    # Why it could not be fetched, as a code of `core.files.fetching`.
    reason = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveIntegerField(null=True, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    captured_at = models.DateTimeField()

    class Meta:
        ordering = ["captured_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "url"], condition=Q(outcome="kept"), name="address_is_first_captured_once"
            ),
            models.CheckConstraint(
                condition=(Q(outcome__in=["kept", "same", "changed"], bytes__isnull=False) & ~Q(sha256=""))
                | (Q(outcome__in=["gone", "unreachable", "refused"], bytes__isnull=True, sha256="") & ~Q(reason="")),
                name="address_capture_has_a_hash_or_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["kind", "subject"], name="address_capture_by_subject")]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.kind} {self.subject}"
