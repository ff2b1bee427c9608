"""The record by which the Forum agreed on a data list (berita acara): one reading for page and printed paper.

It is told from what the record keeps, so it never changes, whatever is amended later.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.core.organisations.models import Organisation
from lumbung.core.web import formatting
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Agreement, Attendance


@dataclass(frozen=True, slots=True)
class Record:
    """The words of the record."""

    title: str
    subtitle: str
    opening: str
    sentences: tuple[str, ...]
    present: tuple[tuple[str, str, str], ...]
    decisions: tuple[str, ...]
    listing: tuple[tuple[str, str, str, str], ...]
    closing: str
    signing: tuple[tuple[str, str], ...]
    proof: str


def record_of(agreement: Agreement) -> Record:
    """The record of one list."""
    data_list = agreement.data_list
    rows = json.loads(agreement.listed)["rows"]
    attendance = list(agreement.attendance.all())
    government = data_list.portal.government.name
    told = {"day": formatting.date_long(agreement.held_on), "place": agreement.place, "year": data_list.year}
    return Record(
        title=_("Record of agreement: data list of %(year)s") % {"year": data_list.year},
        subtitle=_("Number %(number)s · %(government)s") % {"number": agreement.number, "government": government},
        opening=_(
            "On this day, %(day)s, at %(place)s, the Satu Data Forum of %(government)s met"
            " and agreed on the data list of %(year)s as it stands below."
        )
        % {**told, "government": government},
        sentences=tuple(_sentences(rows, attendance)),
        present=tuple((str(each.get_role_display()), each.office, str(each.people)) for each in attendance),
        decisions=tuple(line.strip() for line in agreement.decisions.splitlines() if line.strip()),
        listing=tuple(_listing(rows)),
        closing=_("This record was drawn up truthfully and signed by those named below."),
        signing=tuple(
            (str(each.get_role_display()), each.office) for each in attendance if each.role != Attendance.Role.GUEST
        ),
        proof=_("Fingerprint of the agreed list (SHA-256, RFC 8785): %(hash)s") % {"hash": agreement.listed_sha256},
    )


def heads() -> tuple[str, str, str, str]:
    """What the columns of the listing are called."""
    return (_("No."), _("Data"), _("Data producer"), _("Days of release"))


def days_told(frequency: str, days: list[date]) -> str:
    """The frequency and the days, in one line."""
    choice = shape.choice_of("frequencies", frequency)
    listed = ", ".join(formatting.date_short(day) for day in days)
    return f"{choice.words if choice else frequency}: {listed}"


def _sentences(rows: list[dict[str, Any]], attendance: list[Attendance]) -> list[str]:
    priority = sum(row["is_priority"] for row in rows)
    agencies = len({row["producer"] for row in rows})
    people = sum(each.people for each in attendance)
    return [
        _("%(rows)s data of %(agencies)s agencies stand on the list; %(priority)s of them are priority data.")
        % {"rows": len(rows), "agencies": agencies, "priority": priority},
        ngettext(
            "%(people)s person attended, for %(offices)s offices.",
            "%(people)s people attended, for %(offices)s offices.",
            people,
        )
        % {"people": people, "offices": len(attendance)},
    ]


def _listing(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    names = {each.pk: each.name for each in Organisation.objects.filter(pk__in={row["producer"] for row in rows})}
    return [
        (
            str(row["number"]),
            _title(row),
            names.get(row["producer"], row["producer"]),
            days_told(row["frequency"], [date.fromisoformat(day) for day in row["days"]]),
        )
        for row in rows
    ]


def _title(row: dict[str, Any]) -> str:
    if not row["is_priority"]:
        return str(row["title"])
    told = {"title": row["title"], "reason": row["priority_reason"]}
    return _("%(title)s (priority data: %(reason)s)") % told


def printed(record: Record, *, publisher: str, address: str) -> dict[str, Any]:
    """The record as the typst file takes it."""
    return {
        "title": record.title,
        "subtitle": record.subtitle,
        "language": formatting.language_now(),
        "publisher": publisher,
        "opening": record.opening,
        "sentences": list(record.sentences),
        "present_title": _("Present"),
        "present_head": [_("Role"), _("Office"), _("People")],
        "present": [list(each) for each in record.present],
        "decisions_title": _("Decisions"),
        "decisions": list(record.decisions),
        "listing_title": _("The data list"),
        "head": list(heads()),
        "rows": [list(each) for each in record.listing],
        "closing": record.closing,
        "signing_title": _("Signed by"),
        "signing": [list(each) for each in record.signing],
        "name_word": _("Name"),
        "notes": [record.proof],
        "address": address,
        "page_word": _("Page"),
    }
