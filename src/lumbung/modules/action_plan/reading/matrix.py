"""A plan kept as a table: found by its headers, whatever their order.

A row without a commitment, or with the one above it again (merged cells), continues that one.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.reading import cells as one_cell
from lumbung.modules.action_plan.reading import continuing
from lumbung.modules.action_plan.reading.cells import Cells
from lumbung.modules.action_plan.reading.limited import Table, Tables
from lumbung.modules.action_plan.reading.outcome import Known, Row, plain, slug_of
from lumbung.modules.action_plan.shape import COMMITMENT, empty_body

HEADERS = Path(__file__).parent.parent / "data" / "import-headers.csv"
# A row of headers names at least so many fields, the title among them.
FEWEST_HEADERS = 3
# Before the words of a formula without a result, as reading/table_reader.py writes it.
UNCOMPUTED = "\N{SYMBOL FOR SUBSTITUTE}"
MILESTONE = ("milestone", "milestone_output", "milestone_verification", "milestone_due_on", "milestone_owner")


@cache
def fields_by_header() -> Mapping[str, str]:
    """Which field a header means, by its plain words."""
    with HEADERS.open(encoding="utf-8", newline="") as file:
        return {plain(row["header"]): row["field"] for row in csv.DictReader(file)}


def rows_of(tables: Tables, known: Known) -> list[Row]:
    """Every commitment of every table that has the headers of a plan. Nothing of them is lost without a word."""
    found: list[Row] = []
    for number, table in enumerate(tables.tables, start=1):
        before = len(found)
        for at, cells in _lines(table):
            _read_line(found, f"{number}:{at}", cells, known)
        for row in found[before : before + 1]:
            for name in sorted(_unread_headers(table)):
                row.note(_("The column “%(name)s” was not read."), name=name[:60])
        if number in tables.cut and len(found) > before:
            found[-1].refuse(_("The table goes on behind this row, or a cell does. Split it into smaller files."))
    return found


def _read_line(found: list[Row], place: str, cells: Cells, known: Known) -> None:
    title = cells.get("title", "").strip()
    if not found or (title and found[-1].body["title"][known.language] != title):
        found.append(_commitment(place, cells, known))
    else:
        continuing.add(found[-1], cells, known)
    _add_step(found[-1], cells, known)
    _refuse_uncomputed(found[-1], cells)


def _refuse_uncomputed(row: Row, cells: Cells) -> None:
    if any(UNCOMPUTED in text for text in cells.values()):
        row.refuse(
            _("A formula of this row was never worked out. Save the file in a spreadsheet program, then try again.")
        )


def _lines(table: Table) -> Iterator[tuple[int, Cells]]:
    """The rows under the headers, as field → text; merged cells repeat what stands left of them."""
    headers: dict[int, str] = {}
    for at, row in enumerate(table, start=1):
        if named := _headers_in(row):
            headers = named
        elif headers and any(cell.strip() for cell in row):
            cells: dict[str, str] = {}
            for place, field in headers.items():
                told = row[place].strip() if place < len(row) else ""
                if told and told not in cells.get(field, "").split("\n"):
                    # Two columns of the same field tell one after the other.
                    cells[field] = f"{cells[field]}\n{told}" if cells.get(field) else told
            yield at, cells


def _headers_in(row: Sequence[str]) -> dict[int, str]:
    """Which column holds which field, where the row is one of headers."""
    named = {place: fields_by_header().get(plain(cell), "") for place, cell in enumerate(row)}
    told = {place: field for place, field in named.items() if field}
    return told if "title" in told.values() and len(set(told.values())) >= FEWEST_HEADERS else {}


def _unread_headers(table: Table) -> set[str]:
    """Headers beside those of a plan."""
    return {
        cell.strip()
        for row in table
        if (named := _headers_in(row))
        for place, cell in enumerate(row)
        if cell.strip() and place not in named
    }


def _commitment(place: str, cells: Cells, known: Known) -> Row:
    body = empty_body("commitment")
    row = Row(place, "commitment", body)
    for field in COMMITMENT:
        if field.is_text:
            one_cell.put_text(row, field, cells.get(field.key, ""), known)
    if not cells.get("title", "").strip():
        row.refuse(_("This row has no title."))
    if not body["short"][known.language]:
        body["short"][known.language] = cells.get("title", "").strip()[:60]
    one_cell.put_period(row, cells)
    body["values"] = list(dict.fromkeys(one_cell.values_in(row, cells.get("values", ""), known)))
    body["goals"] = one_cell.goals_in(cells)
    for column, role in one_cell.CARRIERS:
        one_cell.put_institutions(row, cells.get(column, ""), role, known)
    body["indicators"] = list(one_cell.awaited_in(row, cells, known))
    row.slug = slug_of(cells.get("slug", "") or body["short"][known.language])
    row.member = one_cell.member_in(row, cells, known)
    return row


def _add_step(row: Row, cells: Cells, known: Known) -> None:
    title, output, verification, due_on, owner = (cells.get(name, "").strip() for name in MILESTONE)
    texts = {"title": title, "output": output, "verification": verification}
    steps = row.body["milestones"]
    if steps and (not title or steps[-1]["title"][known.language] == title):
        continuing.add_to_step(row, cells, texts, known)
    elif title:
        one_cell.add_milestone(row, texts, due_on, known, owner=owner)
    elif output or verification:
        row.refuse(_("An output or a means of verification has no milestone. Enter one beside it."))
