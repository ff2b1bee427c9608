"""How many datasets each filter would leave, all of them from one count.

The database counts the datasets of an answer by their FacetSet, once. Every number beside a filter follows from that:
each filter is counted with the others in force and its own left out, so that another value can be chosen.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet

from lumbung.core.search import marks
from lumbung.modules.open_data.models import FacetSet, Listing
from lumbung.modules.open_data.models.facets import SIGN

OURS = "sendiri"
FACETS = ("topic", "producer", "place", "year", "format", "licence", "frequency", "source")
YEARS = range(1945, 2101)
BATCH = 500
Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of an answer.

    values   filter → value → how many datasets choosing it would leave
    without  filter in force → how many there would be without it
    """

    total: int
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)


def of(listing: Listing, told: Mapping[str, Any]) -> FacetSet:
    """What a listing is filtered by."""
    years = years_of(told)
    formats = sorted({str(each).upper()[:40] for each in listing.formats})
    found = FacetSet(
        topic=listing.topic,
        producer_code=listing.producer_id,
        place=listing.place,
        licence=listing.licence,
        frequency=listing.frequency,
        source=listing.harvested_from,
        formats=SIGN + "".join(f"{each}{SIGN}" for each in formats),
        year_from=years[0] if years else None,
        year_to=years[-1] if years else None,
    )
    return found.named()


def years_of(told: Mapping[str, Any]) -> range:
    """The years a dataset covers; empty where it does not say."""
    period = told.get("period") or {}
    first, last = (str(period.get(end) or "")[:4] for end in ("from", "to"))
    first, last = first or last, last or first
    if not (first.isdigit() and last.isdigit()) or not (int(first) in YEARS and int(last) in YEARS):
        return range(0)
    return range(min(int(first), int(last)), max(int(first), int(last)) + 1)


def condition(facet: str, value: str) -> Q:
    """What a listing must be for a filter to leave it."""
    if facet == "year":
        year = int(value) if value.isdecimal() and int(value) in YEARS else 0
        return Q(facets__year_from__lte=year, facets__year_to__gte=year)
    plain = {"topic": "topic", "licence": "licence", "frequency": "frequency", "producer": "producer"}
    if facet in plain:
        return Q(**{plain[facet]: value})
    if facet == "source":
        return Q(harvested_from="" if value == OURS else value)
    return Q(facets__place__under=value) if facet == "place" else Q(facets__formats__contains=f"{SIGN}{value}{SIGN}")


def count(rows: QuerySet[Listing], chosen: Mapping[str, str]) -> Counted:
    """All the numbers of an answer: `rows` is the answer without its filters, which `chosen` names."""
    found = list(rows.order_by().exclude(facets=None).values_list("facets").annotate(count=Count("*")))
    sets = _known.holding([pk for pk, _count in found])
    weights = np.array([n for _pk, n in found], dtype=np.int64)
    masks = {facet: sets.mask(facet, value) for facet, value in chosen.items()}
    everything = np.ones(len(found), dtype=bool)

    def left(*without: str) -> Numbers:
        kept = [mask for facet, mask in masks.items() if facet not in without]
        passing: Numbers = np.logical_and.reduce([everything, *kept])
        return weights * passing

    values = {facet: sets.count(facet, left(facet)) for facet in FACETS}
    return Counted(int(left().sum()), values, {facet: int(left(facet).sum()) for facet in masks})


@dataclass(frozen=True, slots=True)
class _Columns:
    """The sets of one answer: which values each has, filter by filter, as numbers."""

    words: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Mapping[str, int]]
    at: Mapping[str, Numbers]
    codes: Mapping[str, Numbers]
    size: int

    def mask(self, facet: str, value: str) -> Numbers:
        found = np.zeros(self.size, dtype=bool)
        code = self.numbers[facet].get(value)
        if code is not None:
            found[self.at[facet][self.codes[facet] == code]] = True
        return found

    def count(self, facet: str, weights: Numbers) -> dict[str, int]:
        words = self.words[facet]
        totals = np.bincount(self.codes[facet], weights=weights[self.at[facet]], minlength=len(words))
        return {words[code]: int(totals[code]) for code in np.flatnonzero(totals).tolist()}


class _Known:
    """Every set this process has read. They never change, so nothing is ever read twice."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.words: dict[str, list[str]] = {facet: [] for facet in FACETS}
        self.numbers: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        self.sets: dict[int, tuple[Numbers, ...]] = {}

    def holding(self, wanted: Sequence[int]) -> _Columns:
        with self.lock:
            new = [pk for pk in wanted if pk not in self.sets]
            for start in range(0, len(new), BATCH):
                for each in FacetSet.objects.filter(pk__in=new[start : start + BATCH]):
                    self.sets[each.pk] = tuple(
                        np.array([self._number(facet, value) for value in values], dtype=np.int64)
                        for facet, values in _values(each)
                    )
            held = [self.sets[pk] for pk in wanted]
            words = {facet: tuple(known) for facet, known in self.words.items()} if new else self.words
            return _Columns(words, self.numbers, *_columns(held), size=len(held))

    def _number(self, facet: str, value: str) -> int:
        numbers = self.numbers[facet]
        if value not in numbers:
            numbers[value] = len(numbers)
            self.words[facet].append(value)
        return numbers[value]


def _columns(held: Sequence[tuple[Numbers, ...]]) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    at, codes = {}, {}
    for place, facet in enumerate(FACETS):
        column = [each[place] for each in held]
        at[facet] = np.repeat(np.arange(len(held)), [len(each) for each in column])
        codes[facet] = np.concatenate(column) if column else np.zeros(0, dtype=np.int64)
    return at, codes


def _values(each: FacetSet) -> Iterator[tuple[str, Iterable[str]]]:
    years = range(each.year_from, each.year_to + 1) if each.year_from and each.year_to else range(0)
    places = [each.place, *marks.above_of(each.place)] if each.place else []
    held = {
        "topic": [each.topic],
        "producer": [each.producer_code],
        "place": places,
        "year": [str(year) for year in years],
        "format": each.formats.strip(SIGN).split(SIGN),
        "licence": [each.licence],
        "frequency": [each.frequency],
        "source": [each.source or OURS],
    }
    return ((facet, [value for value in held[facet] if value]) for facet in FACETS)


_known = _Known()
