# Hitung ulang sendiri: pembaca CSV dan perhitungan per bulan. Berkas yang sama dipakai oleh situs ini sendiri.
# Recompute it yourself: the reader of CSV and the months. The site itself runs this very file.
import csv
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def read_rows(path: Path) -> list[dict[str, str]]:
    """Every row of a CSV as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day_of_snapshot(rows: list[dict[str, str]]) -> str:
    """The day the table describes, from its own column; empty when it has no rows."""
    return rows[0]["as_of"] if rows else ""


def months_in(rows: list[dict[str, str]], period_column: str) -> list[str]:
    """The months that occur, in order: ["2026-02", "2026-03"]; none where rows fall into no months."""
    if not period_column:
        return []
    return sorted({row[period_column][:7] for row in rows if row[period_column]})


def rows_of(rows: list[dict[str, str]], period: str, period_column: str) -> list[dict[str, str]]:
    """The rows of a month; an empty period takes them all."""
    return [row for row in rows if row[period_column].startswith(period)] if period else rows


def figure_of(path: Path, period: str, period_column: str, function: Callable[..., Any], parameters: Any) -> Any:
    """The figure of a CSV, with the fingerprint of the file to compare with the page."""
    rows = read_rows(path)
    chosen = rows_of(rows, period, period_column)
    result = function(chosen, day_of_snapshot(rows), **parameters) if chosen else None
    return {
        "value": None if result is None or result.value is None else str(result.value),
        "n": result.n if result else 0,
        "excluded": dict(result.excluded) if result else {},
        "period": period,
        "as_of": day_of_snapshot(rows),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def run(function: Callable[..., Any], parameters: Any, period_column: str, given: list[str]) -> None:
    """Print the figure of a CSV: python3 script.py data.csv [2026-03]"""
    if not given:
        sys.exit(f"Pakai / use: python3 {sys.argv[0]} data.csv [2026-03]")
    period = given[1] if len(given) > 1 else ""
    answer = figure_of(Path(given[0]), period, period_column, function, parameters)
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
