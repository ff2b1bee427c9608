"""What is stored, and for what. Bytes lie in the folder of `store.py`; a row names them.

Two tables, because the two are kept by opposite rules: of a photo only a picture we made ourselves is left, a document
stays byte for byte as it came, under the hash that everybody can compute again.
"""

import uuid

from django.db import models
from django.db.models import Q

from lumbung.core.files.kinds import KINDS


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


class StoredDocument(models.Model):
    """One document that is kept as it was uploaded. `sha256` is the hash of those bytes, and where they lie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveIntegerField()
    # What it is called when it is saved; never the name the upload had.
    title = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["purpose", "created_at"], name="document_by_purpose_and_time")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="stored_document_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="stored_document_has_content"),
            models.CheckConstraint(condition=~Q(title=""), name="stored_document_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    @property
    def word(self) -> str:
        """How its kind is called."""
        return KINDS[self.kind].word
