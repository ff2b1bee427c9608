"""Good practice (praktik baik): a story with figures that are read from the data each time it is opened."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.plans import PlanMember
from lumbung.modules.action_plan.models.words import in_language


class GoodPractice(models.Model):
    """One story of a member. `{reports.on_time_share}` in its text stands for the figure of that indicator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="practices")
    slug = models.SlugField(max_length=60, unique=True)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="practices"
    )
    title_id = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    text_id = models.TextField(max_length=6_000)
    text_en = models.TextField(max_length=6_000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_id="") & ~Q(text_id=""), name="practice_has_title_and_text")
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def text(self) -> str:
        return in_language(self, "text")
