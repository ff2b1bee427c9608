"""A plan kept as a table: found by its headers, whatever their order.

A row without a commitment, or with the one above it again (merged cells), continues that one.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.reading.days import day_of
from lumbung.modules.action_plan.reading.outcome import Body, Known, Note, Row, plain, slug_of

HEADERS = Path(__file__).parent.parent / "data" / "import-headers.csv"
# A row of headers names at least so many fields, the title among them.
FEWEST_HEADERS = 3
LISTED = re.compile(r"[;\n•]|,(?=\s*(?:Dinas|Badan|Sekretariat|Inspektorat|Bagian|Biro|Kecamatan)\b)")
PERIOD = re.compile(r"\s*(?:–|—|\bs\.?\s?[/.]?d\.?(?=\s)|\bsampai\b|\s-\s)\s*", re.IGNORECASE)
ROLES = {"government": "government", "civil_society": "civil_society", "business": "business"}
MILESTONE = ("milestone", "milestone_output", "milestone_verification", "milestone_due_on", "milestone_owner")
Cells = Mapping[str, str]


@cache
def fields_by_header() -> Mapping[str, str]:
    """Which field a header means, by its plain words."""
    with HEADERS.open(encoding="utf-8", newline="") as file:
        return {plain(row["header"]): row["field"] for row in csv.DictReader(file)}


def rows_of(tables: Sequence[Sequence[Sequence[str]]], known: Known) -> list[Row]:
    """Every commitment of every table that has the headers of a plan."""
    found: list[Row] = []
    for number, table in enumerate(tables, start=1):
        for at, cells in _lines(table):
            place = f"{number}:{at}"
            title = cells.get("title", "").strip()
            if title and not (found and found[-1].body["title"][known.language] == title):
                found.append(_commitment(place, cells, known))
            elif found:
                _continue(found[-1], cells, known)
            if found:
                _add_milestone(found[-1], cells, known)
    return found


def _lines(table: Sequence[Sequence[str]]) -> Iterator[tuple[int, Cells]]:
    """The rows under the headers, as field → text; merged cells repeat what stands left of them."""
    headers: dict[int, str] = {}
    for at, row in enumerate(table, start=1):
        named = {place: fields_by_header().get(plain(cell), "") for place, cell in enumerate(row)}
        if "title" in named.values() and len(set(named.values()) - {""}) >= FEWEST_HEADERS:
            headers = {place: field for place, field in named.items() if field}
        elif headers and any(cell.strip() for cell in row):
            cells: dict[str, str] = {}
            for place, field in headers.items():
                cells.setdefault(field, row[place].strip() if place < len(row) else "")
            yield at, cells


def _commitment(place: str, cells: Cells, known: Known) -> Row:
    body = shape.empty_body("commitment")
    row = Row(place, "commitment", body)
    for field in shape.COMMITMENT:
        if field.is_text:
            put_text(row, field, cells.get(field.key, ""), known)
    if not body["short"][known.language]:
        body["short"][known.language] = cells["title"].strip()[:60]
    put_period(row, cells)
    body["values"] = list(_values(row, cells.get("values", ""), known))
    body["goals"] = sorted({int(each) for each in re.findall(r"\b(1[0-7]|[1-9])\b", cells.get("goals", ""))})
    for column, role in (("lead", "lead"), *ROLES.items()):
        put_institutions(row, cells.get(column, ""), role, known)
    body["indicators"] = [_awaited(each, known) for each in listed(cells.get("awaited", ""))]
    row.slug = slug_of(cells.get("slug", "") or body["short"][known.language])
    row.member = known.members.get(plain(cells.get("member", "")), "")
    return row


def _continue(row: Row, cells: Cells, known: Known) -> None:
    """What a row without a title adds to the commitment above: more institutions, more indicators."""
    for column, role in ROLES.items():
        put_institutions(row, cells.get(column, ""), role, known)
    more = [_awaited(each, known) for each in listed(cells.get("awaited", ""))]
    row.body["indicators"] += [each for each in more if each not in row.body["indicators"]]


def put_text(row: Row, field: shape.Field, text: str, known: Known) -> None:
    """A text in the file's language; one that is too long forbids the import rather than being cut."""
    told = text.replace("\r\n", "\n").strip()
    if len(told) > field.most:
        params = {"field": field.label, "count": len(told), "most": field.most}
        row.errors.append(Note(_("%(field)s has %(count)s characters; at most %(most)s are kept. Shorten it."), params))
        return
    row.body[field.key] = {"id": "", "en": ""} | {known.language: told}


def put_day(row: Row, key: str, text: str, *, end: bool) -> None:
    """A day, or a note that it could not be read."""
    if not text.strip():
        return
    day = day_of(text, end=end)
    if day is None:
        row.notes.append(Note(_("The date “%(text)s” cannot be read and was left out."), {"text": text[:60]}))
    row.body[key] = day.isoformat() if day else None


def put_period(row: Row, cells: Cells) -> None:
    """Begin and end, from two columns or from one ("2027–2029")."""
    spans = PERIOD.split(cells.get("period", "").strip(), maxsplit=1)
    begins = cells.get("starts_on", "") or spans[0]
    ends = cells.get("ends_on", "") or spans[-1]
    put_day(row, "starts_on", begins, end=False)
    put_day(row, "ends_on", ends, end=True)


def put_institutions(row: Row, text: str, role: str, known: Known) -> None:
    """Institutions by name; one that is not registered here is named in the report and left out."""
    body: Body = row.body
    for name in listed(text):
        code = known.institution(name)
        if code is None:
            params = {"name": name[:120]}
            row.notes.append(Note(_("“%(name)s” is not registered here and was left out. Register it first."), params))
        elif code not in {each["code"] for each in body["institutions"]}:
            has_lead = any(each["role"] == "lead" for each in body["institutions"])
            body["institutions"].append({"code": code, "role": "government" if role == "lead" and has_lead else role})


def listed(text: str) -> list[str]:
    """The entries of a cell that lists several, without their numbers."""
    entries = (re.sub(r"^\s*(?:\d+[.)]|[a-z][.)]|[-–*])\s*", "", each).strip() for each in LISTED.split(text))
    return [each for each in entries if each]


def _values(row: Row, text: str, known: Known) -> Iterator[str]:
    for name in re.split(r"[;,\n•/]", text):
        if not plain(name):
            continue
        key = known.values.get(plain(name))
        if key is None:
            row.notes.append(Note(_("“%(name)s” is no OGP value and was left out."), {"name": name.strip()[:60]}))
        else:
            yield key


def _awaited(text: str, known: Known) -> dict[str, Any]:
    words = {"id": "", "en": ""} | {known.language: text[:200]}
    return {"title": words, "definition": {"id": "", "en": ""}}


def _add_milestone(row: Row, cells: Cells, known: Known) -> None:
    title, *rest = (cells.get(name, "") for name in MILESTONE)
    if not title.strip():
        return
    output, verification, due_on, owner = rest
    texts = {"title": title, "output": output, "verification": verification}
    day = day_of(due_on, end=True) if due_on.strip() else None
    if due_on.strip() and day is None:
        row.notes.append(Note(_("The date “%(text)s” cannot be read and was left out."), {"text": due_on[:60]}))
    row.body["milestones"].append(milestone(len(row.body["milestones"]) + 1, texts, day, known, owner=owner))


def milestone(
    number: int, texts: Mapping[str, str], due_on: date | None, known: Known, *, owner: str
) -> dict[str, Any]:
    """A milestone as the body keeps it."""
    told = {
        key: {"id": "", "en": ""} | {known.language: texts.get(key, "").strip()[:200]} for key in shape.MILESTONE_TEXTS
    }
    due = due_on.isoformat() if due_on else None
    return {"number": number, **told, "starts_on": None, "due_on": due, "owner": known.institution(owner) or ""}
