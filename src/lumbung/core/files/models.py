"""What is stored, and for what. Bytes lie in the folder of `store.py`; a row names them."""

import uuid

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """One photo that is kept: the picture to look at and its thumbnail, each under the hash of its content.

    The id is random and is its address; it says nothing about the content, the day or the name it once had.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=60)
    mime = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    thumbnail_sha256 = models.CharField(max_length=64, db_index=True)
    thumbnail_bytes = models.PositiveIntegerField()
    thumbnail_width = models.PositiveIntegerField()
    thumbnail_height = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["purpose", "created_at"], name="file_by_purpose_and_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mime__in=["image/jpeg"]), name="stored_file_is_of_a_kind_we_encode_ourselves"
            ),
            models.CheckConstraint(
                condition=Q(bytes__gt=0, thumbnail_bytes__gt=0, width__gt=0, height__gt=0),
                name="stored_file_has_content_and_size",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
