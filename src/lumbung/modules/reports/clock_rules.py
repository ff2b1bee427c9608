"""The deadline rules of reports (dated data) and the national calendar they count on."""

import csv
from functools import lru_cache
from pathlib import Path

import holidays
from holidays import GOVERNMENT, PUBLIC

from lumbung.kernels.deadlines import Calendar, DayKind, DayOff, Rule, Unit

RULES = Path(__file__).parent / "data" / "deadline_rules.csv"
YEARS_AHEAD = 2
ESTIMATED = "(perkiraan)"


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by key, from the table beside the code; each names its legal source."""
    with RULES.open(encoding="utf-8") as file:
        return {row["key"]: _rule(row) for row in csv.DictReader(file)}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        key=row["key"],
        number=int(row["number"]),
        unit=Unit(row["unit"]),
        skips=frozenset(DayKind(kind) for kind in row["skips"].split()),
        legal_source=row["legal_source"],
        needs_confirmation=row["needs_confirmation"] == "yes",
    )


def rule(key: str) -> Rule:
    """The rule of that key."""
    known = rules()
    if key not in known:
        raise LookupError(f"deadline rule {key!r} is unknown; known: {sorted(known)}")
    return known[key]


@lru_cache(maxsize=8)
def national_calendar(year: int) -> Calendar:
    """Public holidays and collective leave of a year and the two after it, with their Indonesian names."""
    years = range(year, year + YEARS_AHEAD + 1)
    days: list[DayOff] = []
    decreed = set()
    for each in years:
        public = holidays.country_holidays("ID", years=each, categories=(PUBLIC,), language="id")
        leave = holidays.country_holidays("ID", years=each, categories=(GOVERNMENT,), language="id")
        days += [_day_off(on, DayKind.PUBLIC_HOLIDAY, name) for on, name in public.items()]
        days += [_day_off(on, DayKind.COLLECTIVE_LEAVE, name) for on, name in leave.items()]
        if leave:
            decreed.add(each)
    return Calendar(tuple(days), known_years=frozenset(years), decreed_years=frozenset(decreed))


def _day_off(on: object, kind: DayKind, name: str) -> DayOff:
    return DayOff(on=on, kind=kind, name=name, is_estimated=ESTIMATED in name)  # type: ignore[arg-type]
