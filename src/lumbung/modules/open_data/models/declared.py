"""What a named person decided about a table that a service keeps."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class DeclaredDecision(models.Model):
    """Why a column of a declared table that looks like personal data is none. It stays, with who said so."""

    dataset_key = models.CharField(max_length=60)
    place = models.CharField(max_length=13, blank=True)
    column = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["dataset_key", "place", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset_key", "place", "column", "kind"], name="one_decision_a_declared_column_and_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="declared_decision_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_key}.{self.column}: {self.kind}"
