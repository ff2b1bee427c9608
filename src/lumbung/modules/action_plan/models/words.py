"""Texts kept in both languages."""

from django.db import models
from django.utils.translation import get_language

# What stands where hidden words stood: in the language of the words.
MARK = "[disembunyikan]"


def in_language(row: models.Model, field: str) -> str:
    """The text of `field` in the language active now; Indonesian where English is missing."""
    english = (get_language() or "").startswith("en")
    return str((english and getattr(row, f"{field}_en")) or getattr(row, f"{field}_id"))
