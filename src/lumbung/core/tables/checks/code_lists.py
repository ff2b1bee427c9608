"""Code lists as published: a CSV with a column of codes. Codes are text."""

import csv
from pathlib import Path


def codes_of(file: Path, *, column: str) -> frozenset[str]:
    """Every code in one column of a CSV.

    raises  KeyError naming the column when the file has none of that name
    """
    with file.open(encoding="utf-8", newline="") as lines:
        return frozenset(row[column] for row in csv.DictReader(lines)) - {""}
