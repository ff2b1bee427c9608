"""What a dataset is filtered by, all of it in one row that many datasets share.

Counting the datasets of an answer by their row, once, gives the numbers beside every filter: `queries/facets.py`.
A row is named by what it holds and never changes, so whoever has read one may keep it.
"""

import hashlib
import json
from typing import Self

from django.db import models
from django.db.models import Q

HELD = ("topic", "producer_code", "place", "licence", "frequency", "source", "formats", "year_from", "year_to")
SIGN = "|"


class FacetSet(models.Model):
    """One combination of values. `formats` stands as |CSV|PARQUET|, `source` is empty for what is our own."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.CharField(max_length=40, blank=True)
    producer_code = models.CharField(max_length=40)
    place = models.CharField(max_length=13, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    frequency = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=160, blank=True)
    formats = models.TextField(default=SIGN)
    year_from = models.PositiveSmallIntegerField(null=True)
    year_to = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year_from__isnull=True, year_to__isnull=True) | Q(year_from__lte=models.F("year_to")),
                name="facet_years_are_both_there_and_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.producer_code} {self.place}"

    def named(self) -> Self:
        """With the number its values have."""
        told = json.dumps([getattr(self, name) for name in HELD], ensure_ascii=False)
        self.id = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8]) >> 1
        return self
