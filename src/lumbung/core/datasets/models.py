"""Published versions of tables: which bytes, from when, how many rows. A row is written once and never altered."""

import uuid

from django.conf import settings
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


class ProtectedVersion(models.Model):
    """How the small numbers of a version were hidden; none for tables that hold no counts of persons."""

    version = models.OneToOneField(DatasetVersion, on_delete=models.PROTECT, primary_key=True, related_name="protected")
    cells = models.PositiveIntegerField()
    hidden = models.PositiveIntegerField()
    # Hidden numbers that can be told to within two; none can be worked out, or nothing would have been published.
    narrow = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hidden__lte=models.F("cells")), name="hidden_cells_are_cells")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.hidden} of {self.cells}"


class PeriodCorrection(models.Model):
    """Why a period that had been published was made anew, and in which version."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="corrections")
    period = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["-corrected_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(period=""), name="correction_names_period_and_reason"),
            models.UniqueConstraint(fields=["version", "period"], name="period_is_corrected_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.period}"


class HeldBack(models.Model):
    """A publication a gate stopped; what was published before stays public until somebody has mended it."""

    dataset_key = models.CharField(max_length=60)
    place = models.CharField(max_length=13, blank=True)
    code = models.CharField(max_length=60)
    # The sentence with the way out, {"id": …, "en": …}.
    reason = models.JSONField()
    # What the sentence was made of, for whoever mends it: names and counts, never a value of the table.
    details = models.JSONField(default=dict)
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-held_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset_key", "place"],
                condition=Q(released_at__isnull=True),
                name="table_of_a_place_is_held_back_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset_key} {self.place}: {self.code}"
