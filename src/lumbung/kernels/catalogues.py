"""Three figures about an open-data catalogue, computed from the tables it publishes about itself.

This one file, with a reader of CSV beside it, is what the public downloads to recompute the figures: it needs nothing
but Python's standard library. All arithmetic is in whole numbers; a share is a Decimal, rounded once, to four places,
half to even.

A row is a mapping with the columns of its table; values are text as in the CSV. Of `catalogue_public`, a row a dataset:

    key            its address in the catalogue
    origin         brought (by an agency) | declared (made every night by a service) | harvested (another portal's)
    class          open | restricted | excluded
    freshness      up-to-date | late | not-updated (promised once only) | undeclared (no frequency is named)

Of `data_list_public`, a row each planned release day of the data lists the Forum agreed on:

    year, number   the list and the line in it
    outcome        kept | later | waiting (the day is over, nothing was released) | coming
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

Row = Mapping[str, Any]

BROUGHT, DECLARED, HARVESTED = "brought", "declared", "harvested"
OPEN, RESTRICTED, EXCLUDED = "open", "restricted", "excluded"
UP_TO_DATE, LATE, NOT_UPDATED, UNDECLARED = "up-to-date", "late", "not-updated", "undeclared"
KEPT, LATER, WAITING, COMING = "kept", "later", "waiting", "coming"

FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Counted:
    """A figure with what it was made of.

    value        a share from 0 to 1 or a whole number; None when it rests on no row
    n            how many rows it rests on
    excluded     number of rows left out, by reason
    """

    value: Decimal | None
    n: int
    excluded: Mapping[str, int] = field(default_factory=dict)


def up_to_date_share(rows: Iterable[Row], as_of: str) -> Counted:
    """Datasets that agencies bring and that are no older than the frequency they declare, out of all that declare one.

    Left out and counted beside: tables a service makes every night (no agency keeps them fresh), those of other
    portals, those excluded from public information, those promised once only, and those that declare no frequency.

    rows     of catalogue_public
    raises   ValueError for an unknown origin, class or freshness
    """
    date.fromisoformat(str(as_of))
    beside = dict.fromkeys(("automatic", "harvested", "closed", "not_updated", "undeclared"), 0)
    fresh = counted = 0
    for row in rows:
        reason = _beside(row)
        if reason:
            beside[reason] += 1
        else:
            counted += 1
            fresh += row["freshness"] == UP_TO_DATE
    return Counted(_share(fresh, counted), counted, beside)


def _beside(row: Row) -> str:
    """Why a dataset is not asked whether it is fresh; "" when it is."""
    origin = _one_of(row, "origin", (BROUGHT, DECLARED, HARVESTED))
    if origin != BROUGHT:
        return "automatic" if origin == DECLARED else "harvested"
    if _one_of(row, "class", (OPEN, RESTRICTED, EXCLUDED)) == EXCLUDED:
        return "closed"
    freshness = _one_of(row, "freshness", (UP_TO_DATE, LATE, NOT_UPDATED, UNDECLARED))
    return {NOT_UPDATED: "not_updated", UNDECLARED: "undeclared"}.get(freshness, "")


def open_datasets(rows: Iterable[Row], as_of: str) -> Counted:
    """How many datasets of this government anyone can download; n counts every dataset of its own it describes.

    Left out and counted beside: those of other portals, those shared between agencies only, those excluded.

    rows     of catalogue_public
    raises   ValueError for an unknown origin or class
    """
    date.fromisoformat(str(as_of))
    beside = dict.fromkeys(("harvested", "restricted", "closed"), 0)
    opened = counted = 0
    for row in rows:
        if _one_of(row, "origin", (BROUGHT, DECLARED, HARVESTED)) == HARVESTED:
            beside["harvested"] += 1
            continue
        counted += 1
        kind = _one_of(row, "class", (OPEN, RESTRICTED, EXCLUDED))
        if kind == OPEN:
            opened += 1
        else:
            beside["restricted" if kind == RESTRICTED else "closed"] += 1
    return Counted(Decimal(opened) if counted else None, counted, beside)


def released_in_time_share(rows: Iterable[Row], as_of: str) -> Counted:
    """Planned release days of this year's data list that were kept, out of those that have come.

    A release after its day and no release at all both count against the share. Days still to come are left out and
    counted beside, and so are days of the lists of other years.

    rows     of data_list_public
    as_of    ISO date of the snapshot: its year is the year of the list
    raises   ValueError for an unknown outcome
    """
    year = str(date.fromisoformat(str(as_of)).year)
    beside = dict.fromkeys(("not_yet_due", "other_years"), 0)
    kept = counted = 0
    for row in rows:
        outcome = _one_of(row, "outcome", (KEPT, LATER, WAITING, COMING))
        if str(row["year"]) != year:
            beside["other_years"] += 1
        elif outcome == COMING:
            beside["not_yet_due"] += 1
        else:
            counted += 1
            kept += outcome == KEPT
    return Counted(_share(kept, counted), counted, beside)


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(FOUR_PLACES, rounding=ROUND_HALF_EVEN)


def _one_of(row: Row, column: str, known: tuple[str, ...]) -> str:
    value = str(row[column])
    if value not in known:
        raise ValueError(f"row {dict(row)!r}: {column} is {value!r}; expected one of {', '.join(known)}")
    return value
