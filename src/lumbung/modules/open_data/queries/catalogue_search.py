"""Looking for datasets: words, filters, an order, a page; with the numbers beside every filter from one count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lumbung.core.portals.models import Portal
from lumbung.core.search import finding
from lumbung.core.search.finding import RANKED, Asked
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import catalogue, facets
from lumbung.modules.open_data.queries.facets import Counted

PAGE_SIZE = 20
BEST, NEWEST, NAME, OLDEST = "", "newest", "title", "oldest"
ORDERS: Mapping[str, Sequence[str]] = {
    NEWEST: ("-published_at", "pk"),
    NAME: ("title_id", "pk"),
    OLDEST: ("published_at", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. `chosen` holds filters by name; without words, the best order is the newest first."""

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    order: str = BEST
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one page, the numbers of all, and how the words were read."""

    rows: list[Listing]
    counted: Counted
    asked: Asked
    reachable: int

    @property
    def total(self) -> int:
        return self.counted.total


def answer(portal: Portal, wanted: Wanted, *, start: int = 0, most: int = PAGE_SIZE) -> Answer:
    """One page of what a portal lists and somebody looks for."""
    asked = understood(portal, wanted)
    rows = matching(catalogue.listed(portal), wanted, asked)
    counted = facets.count(rows, wanted.chosen)
    by_rank = bool(wanted.words) and wanted.order not in ORDERS
    reachable = min(counted.total, RANKED) if by_rank else counted.total
    if not counted.total:
        return Answer([], counted, asked, 0)
    page = ranked(portal, wanted, asked, start, most) if by_rank else _turned(portal, rows, wanted, start, most)
    return Answer(page, counted, asked, reachable)


def understood(portal: Portal, wanted: Wanted) -> Asked:
    """The words taken apart, and what the index knows of them."""
    if not wanted.words:
        return Asked()
    return finding.ask(
        catalogue.KIND, wanted.words, portal=portal.pk, home=str(portal.region_id), exact=wanted.is_exact
    )


def matching(rows: QuerySet[Listing], wanted: Wanted, asked: Asked) -> QuerySet[Listing]:
    """The rows the words leave, all filters aside."""
    if not wanted.words:
        return rows
    return rows.none() if asked.expression is None else rows.filter(found_as__is_found_by=asked.expression)


def filtered(rows: QuerySet[Listing], chosen: Mapping[str, str]) -> QuerySet[Listing]:
    """The rows the filters leave."""
    for facet, value in chosen.items():
        rows = rows.filter(facets.condition(facet, value))
    return rows


def ordered(rows: QuerySet[Listing], wanted: Wanted) -> QuerySet[Listing]:
    """The rows the filters leave, in an order that needs no words."""
    return filtered(rows, wanted.chosen).order_by(*ORDERS.get(wanted.order, ORDERS[NEWEST]))


def _turned(portal: Portal, rows: QuerySet[Listing], wanted: Wanted, start: int, most: int) -> list[Listing]:
    """One page in that order. Only the rows shown are joined with what they show: a late page skips thousands."""
    wished = list(ordered(rows, wanted).values_list("pk", flat=True)[start : start + most])
    found = {row.pk: row for row in catalogue.listed(portal).filter(pk__in=wished)}
    return [found[pk] for pk in wished if pk in found]


def ranked(portal: Portal, wanted: Wanted, asked: Asked, start: int, most: int) -> list[Listing]:
    """One page, best first."""
    within = filtered(Listing.objects.filter(portal=portal), wanted.chosen).values("found_as")
    numbers = finding.ranked(asked, within=within if wanted.chosen else None, most=RANKED if start else finding.WEIGHED)
    page = numbers[start : start + most]
    found = {row.found_as: row for row in catalogue.listed(portal).filter(found_as__in=page)}
    return [found[number] for number in page if number in found]
