"""The tree over the log in tiles, its signed checkpoints, the witnesses who compare: written once, never altered."""

from django.db import models
from django.db.models import F, Q


class Tile(models.Model):
    """256 neighbouring hashes of one level (8,192 bytes) and the root over them: hash number `number` one level up."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField(max_length=8192)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="tile_is_written_once")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"


class Checkpoint(models.Model):
    """What the log says of itself at one size, signed. Two roots for one size would be a fork: the size is unique."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ["-size"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="checkpoint_covers_an_entry")]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Witness(models.Model):
    """Somebody outside who compares the log with what it said before."""

    class Kind(models.TextChoices):
        """Who keeps the key."""

        CIVIL_SOCIETY = "civil_society"
        INSTALLATION = "installation"

    # The name inside the key, such as saksi.somasi.example; shown together with `title`.
    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=250)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="witness_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's word that at `at` this checkpoint was the newest it had seen and continued what it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness", "at"], name="cosignature_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.witness_id} under {self.checkpoint_id}"


class Examination(models.Model):
    """One computation of the whole log from the stored bytes."""

    at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    # The first fault found, in words; empty when everything fits.
    fault = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.size} {self.fault or 'fits'}"
