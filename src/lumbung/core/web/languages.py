"""Words in another language than the page, marked, so that a screen reader speaks them right (WCAG 3.1.2)."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from lumbung.core.web.formatting import language_now


def in_indonesian(words: str) -> str:
    """Words that exist in Indonesian only: `{{ comment.text | in_indonesian }}`. On Indonesian pages as they are."""
    if not words or language_now() == "id":
        return words
    return Markup('<span lang="id">{}</span>').format(words)


def chosen(indonesian: str, english: str) -> str:
    """English words on English pages where there are any, else the Indonesian ones, marked."""
    has_english = bool(english) and english != indonesian
    return english if has_english and language_now() == "en" else in_indonesian(indonesian)


def in_language(row: object, field: str) -> str:
    """A text that is kept as `field_id` and `field_en`: `{{ plan | in_language("title") }}`."""
    return chosen(getattr(row, f"{field}_id"), getattr(row, f"{field}_en"))


FILTERS: dict[str, Callable[..., Any]] = {"in_indonesian": in_indonesian, "in_language": in_language}
