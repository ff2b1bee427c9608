"""How many datasets each filter would leave, all of them from one count.

The database counts the datasets of an answer by their FacetSet, once. Every number beside a filter follows from that:
each filter is counted with the others in force and its own left out, so that another value can be chosen.
"""

import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Aggregate, Q, QuerySet, TextField

from lumbung.core.search import marks
from lumbung.modules.open_data.models import FacetSet, Listing
from lumbung.modules.open_data.models.facets import HELD, SIGN

OURS = "sendiri"
FACETS = ("topic", "producer", "place", "year", "format", "licence", "frequency", "source")
YEARS = range(1945, 2101)
BATCH = 900
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
    found = _sets_of(rows)
    known = _known.holding(found)
    weights = known.weights(found)
    masks = {facet: known.mask(facet, value) for facet, value in chosen.items()}

    def left(*without: str) -> Numbers:
        kept = weights
        for facet, mask in masks.items():
            if facet not in without:
                kept = kept * mask
        return kept

    passing = left()
    values = {facet: known.count(facet, left(facet) if facet in masks else passing) for facet in FACETS}
    return Counted(int(passing.sum()), values, {facet: int(left(facet).sum()) for facet in masks})


class _Joined(Aggregate):
    """Numbers of a column as one text with commas: fifty thousand of them cost a tenth of as many rows."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """The way of SQLite."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """The way of PostgreSQL."""
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **more)


def _sets_of(rows: QuerySet[Listing]) -> Numbers:
    """The set of each listing, one after another, with repeats."""
    text = rows.order_by().exclude(facets=None).aggregate(sets=_Joined("facets"))["sets"]
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Sets as columns: row `at[facet][i]` has the value `codes[facet][i]`; `ids` is in order, `places` says the row."""

    ids: Numbers
    places: Numbers
    words: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Mapping[str, int]]
    at: Mapping[str, Numbers]
    codes: Mapping[str, Numbers]

    def missing(self, found: Numbers) -> Numbers:
        """Sets of an answer that are not here yet."""
        wanted = np.unique(found)
        return wanted[~np.isin(wanted, self.ids, assume_unique=True)]

    def weights(self, found: Numbers) -> Numbers:
        """How many listings of an answer each row stands for."""
        rows = self.places[np.searchsorted(self.ids, found)]
        return np.bincount(rows, minlength=len(self.ids))

    def mask(self, facet: str, value: str) -> Numbers:
        """Which rows have that value."""
        found = np.zeros(len(self.ids), dtype=bool)
        code = self.numbers[facet].get(value)
        if code is not None:
            found[self.at[facet][self.codes[facet] == code]] = True
        return found

    def count(self, facet: str, weights: Numbers) -> dict[str, int]:
        """How many listings each value has."""
        words = self.words[facet]
        totals = np.bincount(self.codes[facet], weights=weights[self.at[facet]], minlength=len(words))
        return {words[code]: int(totals[code]) for code in np.flatnonzero(totals).tolist()}


class _Known:
    """Every set this process has read. They never change, so nothing is ever read twice."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ids = array("q")
        self.words: dict[str, list[str]] = {facet: [] for facet in FACETS}
        self.numbers: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        self.at = {facet: array("q") for facet in FACETS}
        self.codes = {facet: array("q") for facet in FACETS}
        self.columns = self._as_columns()

    def holding(self, found: Numbers) -> _Columns:
        """The sets as columns, those of an answer among them."""
        missing = self.columns.missing(found)
        if len(missing):
            with self.lock:
                for each in _read(self.columns.missing(found).tolist()):
                    self._add(*each)
                self.columns = self._as_columns()
        return self.columns

    def _add(self, pk: int, *held: Any) -> None:
        row = len(self.ids)
        for facet, values in _values(held):
            at, codes = self.at[facet], self.codes[facet]
            for value in values:
                at.append(row)
                codes.append(self._number(facet, value))
        self.ids.append(pk)

    def _number(self, facet: str, value: str) -> int:
        numbers = self.numbers[facet]
        if value not in numbers:
            numbers[value] = len(numbers)
            self.words[facet].append(value)
        return numbers[value]

    def _as_columns(self) -> _Columns:
        ids = np.array(self.ids, dtype=np.int64)
        places = np.argsort(ids)
        words = {facet: tuple(known) for facet, known in self.words.items()}
        numbers = {facet: dict(known) for facet, known in self.numbers.items()}
        at = {facet: np.array(rows, dtype=np.int64) for facet, rows in self.at.items()}
        codes = {facet: np.array(held, dtype=np.int64) for facet, held in self.codes.items()}
        return _Columns(ids[places], places, words, numbers, at, codes)


def _read(missing: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(missing), BATCH):
        yield from FacetSet.objects.filter(pk__in=missing[start : start + BATCH]).values_list("pk", *HELD)


@lru_cache(maxsize=10_000)
def _places(code: str) -> tuple[str, ...]:
    """A region and those it lies in: a filter by any of them leaves it."""
    return (code, *marks.above_of(code)) if code else ()


@lru_cache(maxsize=1_000)
def _formats(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(SIGN) if each)


@lru_cache(maxsize=10_000)
def _years(first: int | None, last: int | None) -> tuple[str, ...]:
    return tuple(str(year) for year in range(first, last + 1)) if first and last else ()


def _values(held: Sequence[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values of each filter, from the columns of a set as `HELD` names them."""
    topic, producer, place, licence, frequency, source, formats, first, last = held
    yield from (("topic", (topic,) if topic else ()), ("producer", (producer,)), ("place", _places(place)))
    yield from (
        ("year", _years(first, last)),
        ("format", _formats(formats)),
        ("licence", (licence,) if licence else ()),
    )
    yield from (("frequency", (frequency,) if frequency else ()), ("source", (source or OURS,)))


_known = _Known()
