"""Reads the golden examples, each row with the place it comes from."""

import csv
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[4] / "tests" / "golden"


def rows_of(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] for row in rows), f"{name}: a row has no source"
    return rows
