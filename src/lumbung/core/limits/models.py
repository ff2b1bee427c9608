"""Token buckets, one row for each visitor and kind of attempt."""

from django.db import models


class Bucket(models.Model):
    """A bucket by the moment at which it is full again; a row past that moment says nothing and is purged.

    `key` is a keyed hash: no address or account can be read from it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=40)
    full_at_us = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["full_at_us"], name="bucket_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:8]}"
