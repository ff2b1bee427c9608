"""Searching packages as CKAN does: words, filters, facets, an order, a page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.ckan import bad_query
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import catalogue, package_filters, packages
from lumbung.modules.open_data.queries.packages import Scope

FACETS = {
    "organization": "producer_id",
    "owner_org": "producer_id",
    "groups": "topic",
    "license_id": "licence",
    "tags": "keywords",
    "res_format": "formats",
}
ORDERS = {
    "score": "",
    "metadata_modified": "published_at",
    "metadata_created": "begun",
    "name": "dataset__name",
    "title": "title_id",
    "title_string": "title_id",
}
USUAL_ORDER = "score desc, metadata_modified desc"


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for."""

    words: str = ""
    filters: Sequence[str] = ()
    facets: Sequence[str] = ()
    facet_most: int = 50
    facet_least: int = 1
    order: str = USUAL_ORDER
    start: int = 0
    rows: int = 10


def search(asked: Search, scope: Scope) -> dict[str, Any]:
    """The answer of package_search."""
    found = package_filters.narrowed(packages.listings(scope), *asked.filters)
    found = _ordered(found, _words(asked.words), asked.order)
    page = list(found[asked.start : asked.start + asked.rows]) if asked.rows else []
    counts = {name: _counts(found, name, asked) for name in asked.facets}
    titles = {name: _titles(name, held) for name, held in counts.items()}
    return {
        "count": found.count(),
        "results": packages.packages(page, scope),
        "facets": counts,
        "search_facets": {name: _shown(name, held, titles[name]) for name, held in counts.items()},
        "sort": asked.order,
    }


def _words(typed: str) -> str:
    return "" if typed in {"*:*", "*", "*.*"} else typed


def _ordered(rows: QuerySet[Listing], words: str, order: str) -> QuerySet[Listing]:
    steps = [_step(each) for each in order.split(",") if each.strip()]
    by_rank = bool(steps) and steps[0] == ""
    # Ranked by the search unless another order comes first.
    found = catalogue.filtered(rows, {"q": words}) if words else rows
    if words and (by_rank or not steps):
        return found
    return found.annotate(begun=Min("dataset__releases__published_at")).order_by(
        *([step for step in steps if step] or ["-published_at"]), "pk"
    )


def _step(text: str) -> str:
    field, _space, direction = text.strip().partition(" ")
    if field not in ORDERS or direction.strip().lower() not in {"", "asc", "desc"}:
        sentence = _("“%(text)s” is no order. Known: %(known)s, each with asc or desc.")
        raise bad_query(sentence % {"text": text.strip()[:60], "known": ", ".join(ORDERS)})
    column = ORDERS[field]
    return f"-{column}" if column and direction.strip().lower() == "desc" else column


def _counts(rows: QuerySet[Listing], facet: str, asked: Search) -> dict[str, int]:
    """How many there are of each value, the most frequent first."""
    if facet not in FACETS:
        return {}
    values = rows.order_by().values_list(FACETS[facet], flat=True)
    counted = Counter(word for value in values for word in (value if isinstance(value, list) else [value]) if word)
    enough = [(word, count) for word, count in counted.items() if count >= asked.facet_least]
    return dict(sorted(enough, key=lambda pair: (-pair[1], pair[0]))[: asked.facet_most or None])


def _titles(facet: str, counted: Mapping[str, int]) -> dict[str, str]:
    if FACETS.get(facet) == "producer_id":
        return dict(Organisation.objects.filter(pk__in=counted).values_list("pk", "name_id"))
    lists = {"groups": "topics", "license_id": "licences"}
    return {choice.key: choice.words.id for choice in shape.choices(lists[facet])} if facet in lists else {}


def _shown(facet: str, counted: Mapping[str, int], titles: Mapping[str, str]) -> dict[str, Any]:
    items = [{"name": word, "display_name": titles.get(word, word), "count": n} for word, n in counted.items()]
    return {"title": facet, "items": items}
