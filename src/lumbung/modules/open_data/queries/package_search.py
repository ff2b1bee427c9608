"""Searching packages as CKAN does: words, filters, facets, an order, a page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Min, QuerySet, When
from django.utils.translation import gettext as _

from lumbung.core.organisations.models import Organisation
from lumbung.core.search import finding
from lumbung.core.search.finding import RANKED
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.ckan import bad_query
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import catalogue, catalogue_search, facets, package_filters, packages
from lumbung.modules.open_data.queries.catalogue_search import Wanted
from lumbung.modules.open_data.queries.packages import Scope

# What CKAN counts: as filters of ours, all from one count; what stands in a list of each row, from the rows.
FACETS = {"organization": "producer", "owner_org": "producer", "groups": "topic", "license_id": "licence"}
HELD = {"tags": "keywords", "res_format": "formats"}
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
    counts = _counts(found, asked)
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
    found, numbers = _found(rows, words, by_rank=bool(words) and (by_rank or not steps))
    if numbers is not None:
        best_first = Case(*(When(found_as=number, then=place) for place, number in enumerate(numbers)), default=RANKED)
        return found.order_by(best_first, "-published_at", "pk")
    return found.annotate(begun=Min("dataset__releases__published_at")).order_by(
        *([step for step in steps if step] or ["-published_at"]), "pk"
    )


def _found(rows: QuerySet[Listing], words: str, *, by_rank: bool) -> tuple[QuerySet[Listing], list[int] | None]:
    """What holds the words, found as the catalogue's page finds it; and the best of it in order, if that is asked."""
    if not words:
        return rows, None
    asked = finding.ask(catalogue.KIND, words)
    found = catalogue_search.matching(rows, Wanted(words), asked)
    return found, finding.ranked(asked, within=found.order_by().values("found_as")) if by_rank else None


def _step(text: str) -> str:
    field, _space, direction = text.strip().partition(" ")
    if field not in ORDERS or direction.strip().lower() not in {"", "asc", "desc"}:
        sentence = _("“%(text)s” is no order. Known: %(known)s, each with asc or desc.")
        raise bad_query(sentence % {"text": text.strip()[:60], "known": ", ".join(ORDERS)})
    column = ORDERS[field]
    return f"-{column}" if column and direction.strip().lower() == "desc" else column


def _counts(rows: QuerySet[Listing], asked: Search) -> dict[str, dict[str, int]]:
    """How many there are of each value of each facet, the most frequent first."""
    shared = facets.count(rows, {}).values if set(asked.facets) & set(FACETS) else {}
    return {name: _most(_counted(rows, name, shared), asked) for name in asked.facets}


def _counted(rows: QuerySet[Listing], name: str, shared: Mapping[str, Mapping[str, int]]) -> Mapping[str, int]:
    if name in HELD:
        values = rows.order_by().values_list(HELD[name], flat=True)
        return Counter(word for held in values for word in held if word)
    return shared[FACETS[name]] if name in FACETS else {}


def _most(counted: Mapping[str, int], asked: Search) -> dict[str, int]:
    enough = [(word, count) for word, count in counted.items() if count >= asked.facet_least]
    return dict(sorted(enough, key=lambda pair: (-pair[1], pair[0]))[: asked.facet_most or None])


def _titles(facet: str, counted: Mapping[str, int]) -> dict[str, str]:
    if FACETS.get(facet) == "producer":
        return dict(Organisation.objects.filter(pk__in=counted).values_list("pk", "name_id"))
    lists = {"groups": "topics", "license_id": "licences"}
    return {choice.key: choice.words.id for choice in shape.choices(lists[facet])} if facet in lists else {}


def _shown(facet: str, counted: Mapping[str, int], titles: Mapping[str, str]) -> dict[str, Any]:
    items = [{"name": word, "display_name": titles.get(word, word), "count": n} for word, n in counted.items()]
    return {"title": facet, "items": items}
