"""The append-only tables: what happened (publishable), its order, and who opened what (never served)."""

from django.db import models


class EventRecord(models.Model):
    """One fact fit to publish. `body` is the truth; the other columns are copies to search by."""

    uid = models.UUIDField(unique=True)
    key = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    on = models.DateField()
    # Told by the week only: it enters the log with the others of its week, since its place would tell the day.
    joins_log_on = models.DateField(null=True)
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["key", "id"], name="event_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.uid}"


class Waiting(models.Model):
    """An event without its place yet. Looking for those among a million events would cost more every day."""

    event = models.OneToOneField(EventRecord, primary_key=True, on_delete=models.CASCADE, related_name="waiting")
    joins_log_on = models.DateField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"waiting: {self.event_id}"


class LogLeaf(models.Model):
    """The place of an event in the log, given once by the sequencer."""

    index = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(EventRecord, on_delete=models.PROTECT, related_name="leaf")
    leaf_hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"#{self.index}"


class AccessEvent(models.Model):
    """Somebody opened a person's data or a hidden identity: who, which, why. Chained, never served."""

    at = models.DateTimeField()
    account_id = models.CharField(max_length=64)
    role = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    fields = models.CharField(max_length=200)
    channel = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="access_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} by {self.account_id}"
