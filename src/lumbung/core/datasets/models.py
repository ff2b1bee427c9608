"""Published versions of tables: which bytes, from when, how many rows. A row is written once and never altered."""

import uuid

from django.db import models
from django.db.models import Q


class DatasetVersion(models.Model):
    """One immutable snapshot of a table. Withdrawing it removes the bytes; number, hashes and reason stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset_key = models.CharField(max_length=60)
    # Region code, or "" for the whole installation.
    place = models.CharField(max_length=13, blank=True)
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    published_at = models.DateTimeField()
    publisher_code = models.CharField(max_length=40)
    row_count = models.PositiveIntegerField()
    # The content without the day of the snapshot: equal content is no new version.
    content_sha256 = models.CharField(max_length=64)
    csv_sha256 = models.CharField(max_length=64)
    csv_bytes = models.PositiveBigIntegerField()
    parquet_sha256 = models.CharField(max_length=64)
    parquet_bytes = models.PositiveBigIntegerField()
    column_names = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["dataset_key", "place", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset_key", "place", "number"], name="version_number_is_given_once_a_table_and_place"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_begin_at_1"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_version_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_key} {self.place} v{self.number}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class LastCheck(models.Model):
    """When a table was last compared with the records behind it, whether or not that brought a new version."""

    dataset_key = models.CharField(max_length=60)
    place = models.CharField(max_length=13, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset_key", "place"], name="one_last_check_a_table_and_place")
        ]

    def __str__(self) -> str:
        return f"{self.dataset_key} {self.place}: {self.checked_at:%Y-%m-%d}"
