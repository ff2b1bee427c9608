"""What people report, in their words and in the words of the offices: read from texts/*.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from lumbung.modules.reports.demo.categories import Category, categories

TEXTS: Final = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem with every sentence that may be said about it."""

    category: Category
    title: str
    weight: int
    says: tuple[str, ...]
    more: tuple[str, ...]
    done: tuple[str, ...]
    plan: str
    outside: tuple[str, ...]
    landmarks: tuple[str, ...]
    agency_kind: str
    season: str
    often_outside: bool
    villages_only: bool


@cache
def problems() -> tuple[Problem, ...]:
    """All problems, in the order of file name and place in the file."""
    return tuple(
        _problem_of(entry)
        for path in sorted(TEXTS.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["problem"]
    )


def _problem_of(entry: dict[str, Any]) -> Problem:
    category = categories()[entry["category"]]
    return Problem(
        category=category,
        title=entry["title"],
        weight=entry["weight"],
        says=tuple(entry["says"]),
        more=tuple(entry["more"]),
        done=tuple(entry["done"]),
        plan=entry.get("plan", ""),
        outside=tuple(entry.get("outside", ())),
        landmarks=tuple(entry.get("landmarks", ())),
        agency_kind=entry.get("agency", category.agency_kind),
        season="rain" if entry.get("rain") else "dry" if entry.get("dry") else "",
        often_outside=entry.get("often_outside", False),
        villages_only=entry.get("villages_only", False),
    )
