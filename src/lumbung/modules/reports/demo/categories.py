"""The report categories as data, read from the editable table."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).resolve().parent.parent / "data" / "categories.csv"


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the table; `receiver` is empty unless the category is confidential by force."""

    key: str
    name_id: str
    name_en: str
    description_id: str
    description_en: str
    klass: str
    urgency: str
    needs_inspection: bool
    forced_confidential: bool
    receiver: str
    emergency_first: bool
    agency_kind: str
    outside_body: str


@cache
def categories() -> Mapping[str, Category]:
    """Every category by key, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _category_of(row) for row in csv.DictReader(file)}


def _category_of(row: dict[str, str]) -> Category:
    return Category(
        key=row["key"],
        name_id=row["name_id"],
        name_en=row["name_en"],
        description_id=row["description_id"],
        description_en=row["description_en"],
        klass=row["class"],
        urgency=row["urgency"],
        needs_inspection=_truth(row, "needs_inspection"),
        forced_confidential=_truth(row, "forced_confidential"),
        receiver=row["receiver"],
        emergency_first=_truth(row, "emergency_first"),
        agency_kind=row["agency_kind"],
        outside_body=row["outside_body"],
    )


def _truth(row: dict[str, str], column: str) -> bool:
    value = row[column]
    if value not in {"true", "false"}:
        raise ValueError(f"{column} of category {row['key']!r} is {value!r}; expected true or false")
    return value == "true"
