"""Our own record of a plan, version 2: read exactly, so that it gives the same bytes again, or refused."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan import goals, shape
from lumbung.modules.action_plan.reading.days import ISO, day_of
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row

VERSION = 2
MOST_COMMITMENTS = 60
MOST_NUMBER = 999
SLUG = re.compile(r"[a-z0-9-]{1,60}")
MILESTONE_KEYS = {"number", "title", "output", "verification", "starts_on", "due_on", "owner"}
ROLES = {"lead", "government", "civil_society", "business"}
GOALS = {number for number, _name in goals.GOALS}


def rows_of(data: bytes, known: Known, *, plan: str) -> list[Row]:
    """The narrative and every commitment of a record."""
    told = _read(data)
    rows = [Row("0", "plan", told["narrative"])] if told["narrative"] is not None else []
    for at, each in enumerate(told["commitments"], start=1):
        member = str(each["member"])
        rows.append(Row(str(at), "commitment", each["body"], str(each["slug"]), member, int(each["number"])))
    for row in rows:
        row.errors += [
            Note(_("This part does not have the form of a record: %(what)s."), {"what": what})
            for what in _wrong(row, known)
        ]
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
        fits = fits and all(isinstance(each["number"], int) for each in told["commitments"])
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
    if row.kind == "commitment" and not (SLUG.fullmatch(row.slug) and 0 < (row.number or 0) <= MOST_NUMBER):
        yield "slug, number"
    fields = shape.fields_of(row.kind)
    if not isinstance(row.body, dict) or set(row.body) != {field.key for field in fields}:
        yield "body"
        return
    for field in fields:
        if not _fits(field, row.body[field.key], known):
            yield field.key


def _fits(field: shape.Field, value: Any, known: Known) -> bool:
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
        return isinstance(value, str) or _is_awaited(value)
    return value in (GOALS if kind == "goals" else set(known.values.values()))


def _is_text(value: Any, most: int) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "en"}
        and all(isinstance(text, str) and len(text) <= most for text in value.values())
    )


def _is_day(value: Any) -> bool:
    return value is None or (
        isinstance(value, str) and bool(ISO.fullmatch(value)) and day_of(value, end=True) is not None
    )


def _is_institution(value: Any, known: Known) -> bool:
    fits = isinstance(value, dict) and set(value) == {"code", "role"} and value["role"] in ROLES
    return fits and value["code"] in set(known.organisations.values())


def _is_milestone(value: Any, known: Known) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == MILESTONE_KEYS
        and isinstance(value["number"], int)
        and all(_is_text(value[key], 300) for key in shape.MILESTONE_TEXTS)
        and all(_is_day(value[key]) for key in ("starts_on", "due_on"))
        and (value["owner"] == "" or value["owner"] in set(known.organisations.values()))
    )


def _is_awaited(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"title", "definition"}
        and all(_is_text(each, 500) for each in value.values())
    )
