"""Addresses of lists that are filtered: what stands behind the question mark, and chips that take a filter away."""

from collections.abc import Iterable

from django.http import HttpRequest


def query_without(request: HttpRequest, *names: str) -> str:
    """The query string without these names and without empty values."""
    query = request.GET.copy()
    for name in [*names, *(name for name, value in request.GET.items() if not value)]:
        query.pop(name, None)
    return query.urlencode()


def chips_of(request: HttpRequest, narrowing: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """The filters in force as (name, words), each with the address that takes it away."""
    return [
        {"label": words, "remove_url": f"{request.path}?{query_without(request, name, 'page')}"}
        for name, words in narrowing
    ]
