"""Why data are not open: the consequence test of excluded data, access agencies were granted, what is announced."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.datasets import Dataset
from lumbung.modules.open_data.models.drafts import Draft


class ConsequenceTest(models.Model):
    """The written test (uji konsekuensi) by which data are excluded from public information, and until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="consequence_tests")
    harm = models.CharField(max_length=1000)
    law = models.CharField(max_length=300)
    # Empty: as long as the law says.
    until = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    document = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["dataset", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(harm="") & ~Q(law="") & ~Q(decided_by="") & ~Q(document=""),
                name="consequence_test_names_harm_law_decider_and_document",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("decided_on")),
                name="consequence_test_ends_after_its_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id}: {self.document}"


class Sharing(models.Model):
    """An agency asks for restricted data of another one; the producer's agency decides, for a time."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended early")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="sharings")
    agency = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    # What the agency has to keep to, or why it was refused or ended.
    conditions = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "agency"],
                condition=Q(state="asked"),
                name="an_agency_asks_for_a_dataset_once_a_time",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="sharing_has_a_purpose"),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(since__isnull=False, until__gte=F("since")),
                name="granted_sharing_has_its_period",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "ended"]) | ~Q(reason=""), name="sharing_refused_or_ended_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} for {self.agency_id}: {self.state}"


class Announcement(models.Model):
    """A draft that passed every check and waits for its day is described in public; its rows are nowhere until then."""

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, primary_key=True, related_name="announcement")
    announced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft_id} announced"
