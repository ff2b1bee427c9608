"""Counts of confidential reports as they were published: pages show what the table shows, and no other number.

A count of our own beside it, of other places or until another day, would give away by subtraction what the table hides.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb

from lumbung.core.datasets import queries as datasets
from lumbung.core.portals.models import Portal

TABLE = "reports_confidential"
ALL_TOPICS = "all"
KEPT = 32


def confidential_in(portal: Portal, month: date) -> int:
    """Confidential reports of the quarter a month lies in, as published for the whole government; 0 while hidden."""
    return _published(portal).get(quarter_of(month), 0)


def confidential_count(portal: Portal) -> int:
    """The sum of the quarters whose number is shown: at least so many there were."""
    return sum(_published(portal).values())


def quarter_of(day: date) -> str:
    """2026-Q1 for the first three months of 2026."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _published(portal: Portal) -> dict[str, int]:
    version = datasets.newest_version(TABLE, portal.region_id)
    if version is None or "topic" not in version.column_names:
        return {}
    return _shown_in(datasets.path_of(version, "parquet"), portal.region_id)


@lru_cache(maxsize=KEPT)
def _shown_in(parquet: Path, place: str) -> dict[str, int]:
    """Quarters with a number; a version never changes, so what it says may be kept."""
    question = (
        "SELECT quarter, received FROM read_parquet(?) WHERE place_code = ? AND topic = ? AND received IS NOT NULL"
    )
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        return dict(connection.execute(question, [str(parquet), place, ALL_TOPICS]).fetchall())
