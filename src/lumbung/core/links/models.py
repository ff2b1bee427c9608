"""A tie between two things of different modules. Each end is a type and an id; neither module imports the other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Link(models.Model):
    """One tie, in one direction: "this commitment is measured by that indicator"."""

    class Kind(models.TextChoices):
        MEASURED_BY = "measured_by", _("is measured by")
        CONTRIBUTES_TO = "contributes_to", _("contributes to")

    kind = models.CharField(max_length=20, choices=Kind)
    source_type = models.CharField(max_length=40)
    source_id = models.CharField(max_length=80)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_type", "source_id", "target_type", "target_id"], name="link_exists_once"
            ),
            models.CheckConstraint(
                condition=~(Q(source_type=F("target_type")) & Q(source_id=F("target_id"))),
                name="link_joins_two_different_things",
            ),
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="link_by_target")]

    def __str__(self) -> str:
        return f"{self.source_type}:{self.source_id} {self.kind} {self.target_type}:{self.target_id}"
