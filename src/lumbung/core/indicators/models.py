"""Computed figures, each tied to the definition and the snapshot it came from. Written once, never altered."""

from django.db import models
from django.db.models import Q


class IndicatorResult(models.Model):
    """One figure: of one definition, from one snapshot, for the whole of it or for one month."""

    WHOLE = ""

    indicator_key = models.CharField(max_length=80)
    indicator_version = models.PositiveSmallIntegerField()
    definition_sha256 = models.CharField(max_length=64)
    dataset_version = models.ForeignKey("datasets.DatasetVersion", on_delete=models.PROTECT, related_name="results")
    snapshot_sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=13, blank=True)
    # "2026-03", or "" for everything in the snapshot.
    period = models.CharField(max_length=7, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    n = models.PositiveIntegerField()
    excluded = models.JSONField(default=dict)
    # [days, at risk, ended, share still open] of each step, for durations of the whole table; else nothing.
    curve = models.JSONField(null=True, editable=False)
    as_of = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator_key", "place", "as_of", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_key", "definition_sha256", "dataset_version", "period"],
                name="figure_is_computed_once_a_definition_snapshot_and_period",
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(n__gte=1), name="figure_rests_on_rows"),
        ]
        indexes = [models.Index(fields=["indicator_key", "place", "period", "as_of"], name="figure_over_time")]

    def __str__(self) -> str:
        return f"{self.indicator_key} {self.place} {self.period or 'whole'}: {self.value}"
