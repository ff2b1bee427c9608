"""What the datasets of the demonstration are about, read from the TOML files beside this one."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PORTALS = ("ntb", "ksb")
INVENTED = ("Data contoh, bukan angka resmi.", "Invented for the demonstration, not official figures.")
Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of numbers.

    level     what all places together come to; of a rate, what an ordinary place has; of a share, the share
    share_of  the column it is a part or a multiple of; quotient: the two columns it is computed from, times level
    growth    by period: a share of itself, or points of a rate
    combining  whether rows may be added up (MS-Var), where it is neither a number that stands nor a rate
    """

    name: str
    label: Words
    definition: Words
    unit: str
    level: float
    growth: float = 0.0
    spread: float = 0.0
    noise: float = 0.015
    digits: int = 0
    rate: bool = False
    share_of: str = ""
    quotient: tuple[str, str] = ("", "")
    round_to: int = 0
    combining: str = ""

    @property
    def adds_up(self) -> str:
        """As said in the table, else: rates and quotients never, what stands at a day over places only."""
        return self.combining or ("none" if self.rate or self.quotient[0] else "stock")


@dataclass(frozen=True, slots=True)
class Category:
    """The column that splits each place: its values and the share of each."""

    name: str
    label: Words
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Subject:
    """One dataset: what it says of itself and how its rows come about."""

    portal: str
    key: str
    producer: str
    title: Words
    summary: Words
    topic: str
    keywords: tuple[str, ...]
    frequency: str
    standard: str
    contact: str
    rows: str
    times: str
    published: date
    measures: tuple[Measure, ...]
    by: Category | None = None
    style: str = "plain"


def every_subject() -> Iterator[Subject]:
    """Those of both portals, in the order of their files."""
    for portal in PORTALS:
        told = tomllib.loads((HERE / f"{portal}.toml").read_text(encoding="utf-8"))
        yield from (_subject(portal, each) for each in told["dataset"])


def _subject(portal: str, told: dict[str, Any]) -> Subject:
    measures = tuple(_measure(each) for each in told.pop("measure"))
    split = told.pop("by", None)
    by = Category(split["name"], tuple(split["label"]), split["values"]) if split else None
    summary = told.pop("summary")
    words = (f"{INVENTED[0]} {summary[0]}", f"{INVENTED[1]} {summary[1]}")
    told["title"], told["keywords"] = tuple(told["title"]), tuple(told["keywords"])
    return Subject(portal=portal, summary=words, measures=measures, by=by, **told)


def _measure(told: dict[str, Any]) -> Measure:
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Measure(**frozen)
