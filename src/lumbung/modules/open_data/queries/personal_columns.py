"""Columns that look like personal data, and whether what somebody decided about them still is about what is there."""

import hashlib
import itertools
from collections.abc import Sequence
from typing import Any

import rfc8785

from lumbung.core.tables.shapes import MARK_SUFFIX, Reading
from lumbung.modules.open_data.models import DraftTable, PersonalDecision

# What becomes of other columns says nothing about this one.
OF_OTHER_COLUMNS = frozenset({"left_out_columns", "dropped_columns", "names", "mark_columns"})


def with_decisions(table: DraftTable) -> list[tuple[dict[str, Any], PersonalDecision | None]]:
    """Every finding with the decision that covers it, if there is one.

    A column that is there although it was to be left out, or comes from another file, sheet or place, is undecided.
    """
    decided = {(each.column, each.kind): each for each in table.decisions.select_related("decided_by")}
    found = [(finding, decided.get((finding["column"], finding["kind"]))) for finding in table.findings]
    return [(finding, each if each is not None and _covers(each, table) else None) for finding, each in found]


def looked_at(table: DraftTable, column: str) -> str:
    """SHA-256 of where the cells of a column come from: the file, how it is read, the place in it."""
    reading = Reading.from_json(table.reading or {})
    told = {name: value for name, value in reading.to_json().items() if name not in OF_OTHER_COLUMNS}
    place = source_places(reading, header_of(table)).get(column)
    return hashlib.sha256(rfc8785.dumps([table.source_sha256, told, place])).hexdigest()


def header_of(table: DraftTable) -> tuple[str, ...]:
    """Names of the columns a table was read with, those of marks among them."""
    return tuple((table.plain or {}).get("plain", {}).get("header", ()))


def source_places(reading: Reading, header: Sequence[str]) -> dict[str, int]:
    """Where in the source, from 0, each column stands; one of marks that reading moved there stands nowhere in it."""
    out = {*reading.left_out_columns, *reading.dropped_columns}
    places = (place for place in itertools.count() if place not in out)
    found: dict[str, int] = {}
    for name in header:
        beside = found.get(name.removesuffix(MARK_SUFFIX))
        if not name.endswith(MARK_SUFFIX) or beside not in reading.mark_columns:
            found[name] = next(places)
    return found


def _covers(decision: PersonalDecision, table: DraftTable) -> bool:
    if decision.choice != PersonalDecision.Choice.NOT_PERSONAL:
        return False
    return decision.looked_at == looked_at(table, decision.column)
