"""Loading the categories of reports."""

import csv
from pathlib import Path

from lumbung.modules.reports.models import Category

DEADLINE_RULES = Path(__file__).parents[1] / "data" / "deadline_rules.csv"
CATEGORIES = Path(__file__).parents[1] / "data" / "categories.csv"


def load_categories() -> int:
    """Create or correct every category from the table beside the code; returns how many there are."""
    with CATEGORIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for position, row in enumerate(rows):
        Category.objects.update_or_create(key=row["key"], defaults={**_fields_of(row), "position": position})
    return len(rows)


def _fields_of(row: dict[str, str]) -> dict[str, str]:
    return {
        "name_id": row["name_id"],
        "name_en": row["name_en"],
        "example_id": row["description_id"],
        "example_en": row["description_en"],
        "report_class": row["class"],
        "urgency": row["urgency"],
        "rule_key": _rule_of(row),
        "agency_kind": row["agency_kind"],
        "confidential_by_force": row["receiver"] if row["forced_confidential"] == "true" else "",
    }


def _rule_of(row: dict[str, str]) -> str:
    if row["needs_inspection"] == "true":
        return "with_inspection"
    return "light" if row["class"] == "information" else "without_inspection"
