"""Retryable entry points of search."""

from lumbung.core.search import actions


def forget_unused_words() -> None:
    """Drop words that left the index with the texts they stood in."""
    actions.forget_unused_words()
