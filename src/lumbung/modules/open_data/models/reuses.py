"""What people made of the data; shown once a steward looked at it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.datasets import Dataset


class Reuse(models.Model):
    """One thing made with a dataset: a map, a study, a program, a story."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being looked through")
        SHOWN = "shown", _("Shown")
        DECLINED = "declined", _("Not shown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="reuses")
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=500)
    address = models.CharField(max_length=500)
    # An institution, never a private person.
    made_by = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    draft_key = models.UUIDField(unique=True)
    sent_at = models.DateTimeField()
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="declined_reuse_says_why"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_on__isnull=True)
                | (~Q(state="waiting") & Q(decided_on__isnull=False)),
                name="decided_reuse_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title
