"""The papers of a meeting as offices print them: invitation, attendance list, minutes, record of agreement, decisions.

One shape for the page to print, the PDF and the DOCX to edit. Signatures and names are lines to write on: nobody is
named here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.base import clock
from lumbung.core.web import formatting
from lumbung.modules.action_plan.models import Meeting, Seat
from lumbung.modules.action_plan.queries.meetings import MeetingSheet

BLANK_ROWS = 10
INVITATION, ATTENDANCE, MINUTES = "undangan", "daftar-hadir", "notulen"
RECORD, DECISIONS = "berita-acara", "keputusan"


@dataclass(frozen=True, slots=True)
class Pack:
    """One paper. `blank` columns of the table are left for the hand; `signatures` are (who signs, for which body)."""

    key: str
    title: str
    issuer: str
    subtitle: str
    intro: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table_title: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    words_title: str = ""
    words: tuple[str, ...] = ()
    list_title: str = ""
    items: tuple[str, ...] = ()
    closing: str = ""
    signatures: tuple[tuple[str, str], ...] = ()
    # What stands across the top when it is no real paper.
    mark: str = ""

    def data(self, *, address: str) -> dict[str, Any]:
        """Everything a typst file needs."""
        return asdict(self) | {
            "language": formatting.language_now(),
            "address": address,
            "page_word": _("Page"),
            "name_line": _("Name"),
            "signature_line": _("Signature"),
        }


def available(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Which papers a meeting has now: key and title."""
    found: list[tuple[str, str]] = []
    if meeting.state in {Meeting.State.INVITED, Meeting.State.HELD} and meeting.invitation:
        found.append((INVITATION, _("Invitation")))
    if meeting.state != Meeting.State.CANCELLED:
        found.append((ATTENDANCE, _("Attendance list")))
    if meeting.state == Meeting.State.HELD:
        found += [(MINUTES, _("Minutes")), (RECORD, _("Record of agreement")), (DECISIONS, _("Decisions"))]
    return tuple(found)


def pack_of(key: str, sheet: MeetingSheet, seats: Sequence[Seat]) -> Pack | None:
    """One paper of a meeting, None where it has none of that kind yet."""
    if key not in dict(available(sheet.meeting)):
        return None
    made = MAKERS[key](sheet, seats)
    return (
        replace(made, mark=_("Illustration: not an official document")) if sheet.meeting.plan.is_illustration else made
    )


def _invitation(sheet: MeetingSheet, _seats: Sequence[Seat]) -> Pack:
    meeting = sheet.meeting
    return Pack(
        INVITATION,
        _("Invitation"),
        _issuer(meeting),
        meeting.title,
        intro=_paragraphs(meeting.invitation),
        facts=_facts(meeting),
        list_title=_("Agenda"),
        items=_lines(meeting.agenda),
        closing=_("Materials stand on the page of the meeting."),
        signatures=((_("Secretariat"), _issuer(meeting)),),
    )


def _attendance(sheet: MeetingSheet, seats: Sequence[Seat]) -> Pack:
    known = list(dict.fromkeys((seat.name, str(seat.get_sector_display())) for seat in seats))
    rows = [*known, *[("", "")] * BLANK_ROWS]
    return Pack(
        ATTENDANCE,
        _("Attendance list"),
        _issuer(sheet.meeting),
        sheet.meeting.title,
        facts=_facts(sheet.meeting),
        head=(_("No."), _("Institution"), _("Sector"), _("Name"), _("W/M"), _("Signature")),
        rows=tuple((str(number), name, sector, "", "", "") for number, (name, sector) in enumerate(rows, start=1)),
        closing=_(
            "This list stays with the secretariat. Only the number of women and men of each institution is published."
        ),
    )


def _minutes(sheet: MeetingSheet, _seats: Sequence[Seat]) -> Pack:
    return Pack(
        MINUTES,
        _("Minutes"),
        _issuer(sheet.meeting),
        sheet.meeting.title,
        facts=_facts(sheet.meeting),
        **_who_came(sheet),
        words_title=_("What was said"),
        words=_paragraphs(sheet.meeting.minutes),
        list_title=_("Decisions"),
        items=_decisions(sheet),
        signatures=((_("Secretariat"), _issuer(sheet.meeting)),),
    )


def _record(sheet: MeetingSheet, _seats: Sequence[Seat]) -> Pack:
    meeting = sheet.meeting
    opening = _(
        "On this day, %(day)s, “%(title)s” was held at %(place)s, attended by %(institutions)s institutions."
    ) % {
        "day": formatting.date_long(meeting.starts_at),
        "title": meeting.title,
        "place": _where(meeting),
        "institutions": len(sheet.attendance),
    }
    signers = [(_("Chair of the forum"), _issuer(meeting)), (_("Secretariat"), _issuer(meeting))]
    signers += [(_("On behalf of the participants"), count.title) for count in sheet.sectors]
    return Pack(
        RECORD,
        _("Record of agreement"),
        _issuer(meeting),
        meeting.title,
        intro=(opening,),
        **_who_came(sheet),
        list_title=_("The meeting agreed"),
        items=_decisions(sheet) or (_("No decision was taken."),),
        closing=_("This record was drawn up truthfully and signed by those named below."),
        signatures=tuple(signers),
    )


def _decided(sheet: MeetingSheet, _seats: Sequence[Seat]) -> Pack:
    meeting = sheet.meeting
    return Pack(
        DECISIONS,
        _("Decisions"),
        _issuer(meeting),
        meeting.title,
        facts=_facts(meeting),
        list_title=_("Decisions"),
        items=_decisions(sheet) or (_("No decision was taken."),),
        closing=_("Minutes and record of agreement stand on the page of the meeting."),
        signatures=((_("Chair of the forum"), _issuer(meeting)),),
    )


MAKERS: Mapping[str, Callable[[MeetingSheet, Sequence[Seat]], Pack]] = {
    INVITATION: _invitation,
    ATTENDANCE: _attendance,
    MINUTES: _minutes,
    RECORD: _record,
    DECISIONS: _decided,
}


def _issuer(meeting: Meeting) -> str:
    if meeting.member is not None:
        return meeting.member.organisation.name
    return ", ".join(each.organisation.name for each in meeting.plan.members.select_related("organisation"))


def _facts(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    rows = [
        (_("Day"), formatting.date_long(meeting.starts_at)),
        (_("Time"), span_of(meeting)),
        (_("Meeting place"), meeting.place),
        (_("Address on the net"), meeting.online_url),
    ]
    return tuple((label, value) for label, value in rows if value)


def span_of(meeting: Meeting) -> str:
    """ "09.00–12.00 WITA"."""
    starts, ends = (moment.astimezone(clock.WITA) for moment in (meeting.starts_at, meeting.ends_at))
    form = "%H:%M" if formatting.language_now() == "en" else "%H.%M"
    same_day = ends - starts < timedelta(days=1)
    until = ends.strftime(form) if same_day else formatting.moment(ends)
    return f"{starts.strftime(form)}–{until} WITA"


def _where(meeting: Meeting) -> str:
    if meeting.is_hybrid:
        return _("%(place)s and on the net") % {"place": meeting.place}
    return meeting.place or _("an address on the net")


def _who_came(sheet: MeetingSheet) -> dict[str, Any]:
    rows = [(row.title, str(row.institutions), str(row.women), str(row.men), str(row.people)) for row in sheet.sectors]
    everybody = (str(len(sheet.attendance)), str(sheet.women), str(sheet.men), str(sheet.women + sheet.men))
    return {
        "table_title": _("Who came"),
        "head": (_("Sector"), _("Institutions"), _("Women"), _("Men"), _("People")),
        "rows": (*rows, (_("Together"), *everybody)),
    }


def _decisions(sheet: MeetingSheet) -> tuple[str, ...]:
    return tuple(decision.text for decision in sheet.decisions)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip(" \t-•") for line in text.splitlines() if line.strip(" \t-•"))
