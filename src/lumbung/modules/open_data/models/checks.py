"""What those who check said: passed or returned, with remarks beside the fields they concern."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.drafts import Draft


class Check(models.Model):
    """One look of one person at a draft, as supporting steward, steward or supervisor."""

    class Level(models.TextChoices):
        SUPPORTING = "supporting", _("Supporting steward")
        STEWARD = "steward", _("Data steward")
        SUPERVISOR = "supervisor", _("Data supervisor")

    class Verdict(models.TextChoices):
        PASSED = "passed", _("Passed")
        RETURNED = "returned", _("Returned")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="checks")
    level = models.CharField(max_length=12, choices=Level)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=1000, blank=True)
    draft_version = models.PositiveIntegerField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["draft", "checked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(verdict="returned") | ~Q(reason=""), name="returned_check_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.level}: {self.verdict}"


class Remark(models.Model):
    """A reason marked at one field of the metadata, or one column of a table."""

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="remarks")
    field = models.CharField(max_length=120)
    text = models.CharField(max_length=500)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["check_of", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:40]}"
