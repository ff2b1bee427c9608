"""What one cell of a file means, whatever kind of file it stands in; what cannot be kept is told in its row."""

import re
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.reading.days import day_of
from lumbung.modules.action_plan.reading.outcome import Body, Known, Note, Row, plain
from lumbung.modules.action_plan.shape import MILESTONE_TEXTS, SHORT_LINE, Field

LISTED = re.compile(r"[;\n•]|,(?=\s*(?:Dinas|Badan|Sekretariat|Inspektorat|Bagian|Biro|Kecamatan)\b)")
PERIOD = re.compile(r"\s*(?:–|—|\bs\.?\s?[/.]?d\.?(?=\s)|\bsampai\b|\s-\s)\s*", re.IGNORECASE)
CARRIERS = (
    ("lead", "lead"),
    ("government", "government"),
    ("civil_society", "civil_society"),
    ("business", "business"),
)
Cells = Mapping[str, str]


def member_in(row: Row, cells: Cells, known: Known) -> str:
    """The member whose commitment it is; one that is none of this plan forbids the import."""
    name = cells.get("member", "").strip()
    code = known.members.get(plain(name), "")
    if name and not code:
        row.errors.append(Note(_("“%(name)s” is no member of this plan."), {"name": name[:60]}))
    return code


def goals_in(cells: Cells) -> list[int]:
    """Numbers of goals in a cell."""
    return sorted({int(each) for each in re.findall(r"\b(1[0-7]|[1-9])\b", cells.get("goals", ""))})


def put_text(row: Row, field: Field, text: str, known: Known) -> None:
    """A text in the file's language; one that is too long forbids the import rather than being cut."""
    told = text.replace("\r\n", "\n").replace("\x00", "").strip()
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
        row.note(_("The date “%(text)s” cannot be read and was left out."), text=text[:60])
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
            row.note(_("“%(name)s” is not registered here and was left out. Register it first."), **params)
        elif code not in {each["code"] for each in body["institutions"]}:
            has_lead = any(each["role"] == "lead" for each in body["institutions"])
            body["institutions"].append({"code": code, "role": "government" if role == "lead" and has_lead else role})


def listed(text: str) -> list[str]:
    """The entries of a cell that lists several, without their numbers."""
    entries = (re.sub(r"^\s*(?:\d+[.)]|[a-z][.)]|[-–*])\s*", "", each).strip() for each in LISTED.split(text))
    return [each for each in entries if each]


def values_in(row: Row, text: str, known: Known) -> Iterator[str]:
    """Keys of the OGP values a cell names."""
    for name in re.split(r"[;,\n•/]", text):
        if not plain(name):
            continue
        key = known.values.get(plain(name))
        if key is None:
            row.note(_("“%(name)s” is no OGP value and was left out."), name=name.strip()[:60])
        else:
            yield key


def awaited_in(row: Row, cells: Cells, known: Known) -> Iterator[Body]:
    """Indicators a cell lists; each awaits its service until somebody chooses a registered one."""
    for text in listed(cells.get("awaited", "")):
        yield {"title": line_in(row, _("Indicators"), text, known), "definition": {"id": "", "en": ""}}


def line_in(row: Row, label: Promise, text: str, known: Known) -> dict[str, str]:
    """A short line in the file's language; one that is too long forbids the import."""
    told = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(told) > SHORT_LINE:
        params = {"field": label, "count": len(told), "most": SHORT_LINE}
        row.errors.append(Note(_("%(field)s has %(count)s characters; at most %(most)s are kept. Shorten it."), params))
        told = ""
    return {"id": "", "en": ""} | {known.language: told}


def add_milestone(row: Row, texts: Mapping[str, str], due_on: str, known: Known, *, owner: str = "") -> None:
    """A milestone as the body keeps it; what cannot be kept is told."""
    told = {key: line_in(row, _("Milestones"), texts.get(key, ""), known) for key in MILESTONE_TEXTS}
    day = day_of(due_on, end=True) if due_on.strip() else None
    if due_on.strip() and day is None:
        row.note(_("The date “%(text)s” cannot be read and was left out."), text=due_on[:60])
    code = known.institution(owner) if owner else ""
    if code is None:
        row.note(_("“%(name)s” is not registered here and was left out. Register it first."), name=owner[:120])
    due = day.isoformat() if day else None
    number = len(row.body["milestones"]) + 1
    row.body["milestones"].append({"number": number, **told, "starts_on": None, "due_on": due, "owner": code or ""})
