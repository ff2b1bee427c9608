"""Invented figures that hang together: parts add up to less than the whole, places keep their size from year to year.

The same key gives the same figures on every machine: nothing is drawn that is not drawn from the key.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lumbung.modules.open_data.demo.subjects import Measure, Subject

# Rough shares of the people of NTB by regency: they make one place larger than another, they are no statistics.
SHARES = {
    "52.01": 0.135,
    "52.02": 0.195,
    "52.03": 0.247,
    "52.04": 0.096,
    "52.05": 0.045,
    "52.06": 0.097,
    "52.07": 0.027,
    "52.08": 0.047,
    "52.71": 0.081,
    "52.72": 0.03,
}
CODE_OF = {"regencies": "kode_kabupaten", "districts": "kode_kecamatan", "villages": "kode_desa", "desa": "kode_desa"}
NAME_OF = {"regencies": "kabupaten_kota", "districts": "kecamatan", "villages": "desa_kelurahan", "desa": "desa"}
MONTHS = 12
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A region that makes rows."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """A table as its producer would bring it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    period: tuple[str, str]


def make(subject: Subject, places: Sequence[Place]) -> Made:
    """The rows of a subject, by place, period and category."""
    periods = list(_periods(subject.times))
    header = [*_place_columns(subject), *_time_columns(subject), *([subject.by.name] if subject.by else [])]
    weights = _weights(places)
    rows = [
        (*_place_cells(subject, place), *period, *([value] if subject.by else []), *cells)
        for place in places
        for step, period in enumerate(periods)
        for value, share in (subject.by.values.items() if subject.by else [("", 1.0)])
        for cells in [_cells(subject, place, weights[place.code], step, value, share)]
    ]
    return Made((*header, *(measure.name for measure in subject.measures)), tuple(rows), _period(subject.times))


def _period(times: str) -> tuple[str, str]:
    """First and last, as metadata has it: a quarter is told by its year."""
    first, last = times.split(" ") if " " in times else times.split("-")
    return first.partition("-Q")[0], last.partition("-Q")[0]


def _place_columns(subject: Subject) -> list[str]:
    return [CODE_OF[subject.rows], NAME_OF[subject.rows]] if subject.rows in CODE_OF else []


def _place_cells(subject: Subject, place: Place) -> tuple[str, ...]:
    return (place.code, place.name) if subject.rows in CODE_OF else ()


def _time_columns(subject: Subject) -> list[str]:
    if " " not in subject.times:
        return ["tahun"]
    return ["tahun", "triwulan"] if "Q" in subject.times else ["bulan"]


def _periods(times: str) -> Iterator[tuple[str, ...]]:
    if " " not in times:
        begins, _dash, ends = times.partition("-")
        yield from ((str(year),) for year in range(int(begins), int(ends) + 1))
        return
    in_quarters = "Q" in times
    many = QUARTERS if in_quarters else MONTHS
    first, last = (_ordinal(each, many) for each in times.replace("Q", "").split(" "))
    for number in range(first, last + 1):
        year, part = divmod(number, many)
        yield (str(year), str(part + 1)) if in_quarters else (f"{year}-{part + 1:02}",)


def _ordinal(told: str, many: int) -> int:
    year, _dash, part = told.partition("-")
    return int(year) * many + int(part) - 1


def _weights(places: Sequence[Place]) -> dict[str, float]:
    """The share of each place; where none is known, one drawn from its code."""
    raw = {place.code: SHARES.get(place.code) or 0.6 + random.Random(place.code).random() for place in places}  # noqa: S311
    whole = sum(raw.values())
    return {code: weight / whole for code, weight in raw.items()}


def _cells(subject: Subject, place: Place, weight: float, step: int, value: str, share: float) -> tuple[str, ...]:
    found: dict[str, float] = {}
    for measure in subject.measures:
        found[measure.name] = _rounded(measure, _one(subject, measure, found, place, weight, step, value, share))
    return tuple(_written(measure, found[measure.name]) for measure in subject.measures)


def _one(
    subject: Subject,
    measure: Measure,
    found: dict[str, float],
    place: Place,
    weight: float,
    step: int,
    value: str,
    share: float,
) -> float:
    lasting = random.Random(f"{subject.key}/{measure.name}/{place.code}/{value}").gauss(0, 1)  # noqa: S311
    passing = random.Random(f"{subject.key}/{measure.name}/{place.code}/{value}/{step}").gauss(0, 1)  # noqa: S311
    if measure.quotient[0]:
        over = found[measure.quotient[1]]
        return measure.level * found[measure.quotient[0]] / over if over else 0.0
    if measure.share_of:
        part = measure.level + measure.growth * step + (measure.spread or measure.level * 0.05) * lasting * 0.6
        part *= 1 + 0.01 * passing
        return found[measure.share_of] * (min(part, 0.985) if measure.level < 1 else part)
    if measure.rate:
        rate = (
            measure.level * share
            + measure.spread * lasting * 0.6
            + measure.growth * step
            + measure.spread * 0.1 * passing
        )
        return min(max(rate, 1.0), 99.4)
    steady = measure.level * weight * share * (1 + 0.05 * lasting) * (1 + measure.growth) ** step
    return steady * math.exp(measure.noise * passing)


def _rounded(measure: Measure, number: float) -> float:
    if measure.round_to:
        return float(round(number / measure.round_to) * measure.round_to)
    return round(number, measure.digits)


def _written(measure: Measure, number: float) -> str:
    return f"{number:.{measure.digits}f}"
