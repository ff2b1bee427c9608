"""What has been typed and not sent yet."""

import uuid

from django.db import models


class ReportDraft(models.Model):
    """What has been typed so far, sealed, kept for seven days (decision 22). Its id is the idempotency key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.ForeignKey("portals.Portal", on_delete=models.CASCADE, related_name="+")
    typed = models.BinaryField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="draft_by_expiry")]

    def __str__(self) -> str:
        return str(self.pk)
