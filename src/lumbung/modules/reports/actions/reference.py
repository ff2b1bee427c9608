"""Loading the categories of reports."""

import csv
from pathlib import Path

from lumbung.modules.reports.models import Category

CATEGORIES = Path(__file__).parents[1] / "data" / "report_categories.csv"


def load_categories() -> int:
    """Create or correct every category from the table beside the code; returns how many there are."""
    with CATEGORIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for position, row in enumerate(rows):
        fields = {name: value for name, value in row.items() if name != "key"}
        Category.objects.update_or_create(key=row["key"], defaults={**fields, "position": position})
    return len(rows)
