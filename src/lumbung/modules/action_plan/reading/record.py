"""Our own record of a plan, version 2: read exactly, so that it gives the same bytes again, or refused."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.goals import GOALS as NAMED_GOALS
from lumbung.modules.action_plan.names import LONGEST, is_short
from lumbung.modules.action_plan.reading.days import ISO, day_of
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row
from lumbung.modules.action_plan.shape import MILESTONE_TEXTS, Field, empty_body, fields_of

VERSION = 2
MOST_COMMITMENTS = 60
MOST_NUMBER = 999
MILESTONE_KEYS = {"number", "title", "output", "verification", "starts_on", "due_on", "owner"}
ROLES = {"lead", "government", "civil_society", "business"}
GOALS = {number for number, _name in NAMED_GOALS}


def rows_of(data: bytes, known: Known, *, plan: str) -> list[Row]:
    """The narrative and every commitment of a record."""
    told = _read(data)
    rows = [Row("0", "plan", told["narrative"])] if told["narrative"] is not None else []
    for at, each in enumerate(told["commitments"], start=1):
        member = str(each["member"])
        rows.append(Row(str(at), "commitment", each["body"], str(each["slug"]), member, int(each["number"])))
    for row in rows:
        wrong = list(_wrong(row, known))
        row.errors += [
            Note(_("This part does not have the form of a record: %(what)s."), {"what": what}) for what in wrong
        ]
        if wrong:
            # Whoever reads the row further may trust its form.
            row.body, row.slug = empty_body(row.kind), row.slug[:LONGEST]
        if row.kind == "commitment" and row.member not in known.members.values():
            row.errors.append(Note(_("“%(name)s” is no member of this plan."), {"name": row.member[:60]}))
        if told["plan"] != plan:
            params = {"name": str(told["plan"])[:60]}
            row.notes.append(
                Note(_("The record is of the plan “%(name)s”; its hash will differ from the one here."), params)
            )
    return rows


def _read(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data)
        fits = told["v"] == VERSION and len(told["commitments"]) <= MOST_COMMITMENTS
        fits = fits and all({"slug", "member", "number", "body"} <= set(each) for each in told["commitments"])
        fits = fits and all(_is_number(each["number"]) for each in told["commitments"])
        # Halves of characters cannot be written down again.
        json.dumps(told, ensure_ascii=False).encode()
        if fits and {"plan", "members", "narrative"} <= set(told):
            return dict(told)
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    raise Refused(
        "import-not-a-record",
        _("This JSON is not a record of a plan in version 2. Download it once more from “All drafts as JSON”."),
        field="files",
    )


def _wrong(row: Row, known: Known) -> Iterator[str]:
    """What of a row is not as `shape.py` says."""
    if row.kind == "commitment" and not is_short(row.slug):
        yield "slug"
    fields = fields_of(row.kind)
    if not isinstance(row.body, dict) or set(row.body) != {field.key for field in fields}:
        yield "body"
        return
    for field in fields:
        if not _fits(field, row.body[field.key], known):
            yield field.key


def _fits(field: Field, value: Any, known: Known) -> bool:
    if field.is_text:
        return _is_text(value, field.most)
    if field.kind == "date":
        return _is_day(value)
    return isinstance(value, list) and all(_is_entry(field.kind, each, known) for each in value)


def _is_entry(kind: str, value: Any, known: Known) -> bool:
    """Whether one entry of a list is what its field holds."""
    if kind == "institutions":
        return _is_institution(value, known)
    if kind == "milestones":
        return _is_milestone(value, known)
    if kind == "indicators":
        return _is_one_of(value, known.indicators) or _is_awaited(value)
    if kind == "goals":
        return _is_number(value) and value in GOALS
    return _is_one_of(value, known.values.values())


def _is_one_of(value: Any, names_known: Collection[str]) -> bool:
    return isinstance(value, str) and value in set(names_known)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 < value <= MOST_NUMBER


def _is_text(value: Any, most: int) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "en"}
        and all(isinstance(text, str) and len(text) <= most and "\x00" not in text for text in value.values())
    )


def _is_day(value: Any) -> bool:
    return value is None or (
        isinstance(value, str) and bool(ISO.fullmatch(value)) and day_of(value, end=True) is not None
    )


def _is_institution(value: Any, known: Known) -> bool:
    fits = isinstance(value, dict) and set(value) == {"code", "role"} and _is_one_of(value["role"], ROLES)
    return fits and _is_one_of(value["code"], known.organisations.values())


def _is_milestone(value: Any, known: Known) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == MILESTONE_KEYS
        and _is_number(value["number"])
        and all(_is_text(value[key], 300) for key in MILESTONE_TEXTS)
        and all(_is_day(value[key]) for key in ("starts_on", "due_on"))
        and (value["owner"] == "" or _is_one_of(value["owner"], known.organisations.values()))
    )


def _is_awaited(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"title", "definition"}
        and all(_is_text(each, 500) for each in value.values())
    )
