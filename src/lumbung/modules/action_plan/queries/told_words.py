"""What is hashed of papers of a plan: the same text when the log is told of it and when it is compared."""

from collections.abc import Iterable
from typing import Any

import rfc8785

from lumbung.core.base import clock
from lumbung.modules.action_plan.models import Attendance, FiledReport, Material, Meeting, OgpAnswer, Partnership


def announced(meeting: Meeting) -> str:
    """Title, times and places of a meeting."""
    moments = (meeting.starts_at, meeting.ends_at)
    times = [each.astimezone(clock.WITA).isoformat(timespec="minutes") for each in moments]
    return _text(meeting.title, *times, meeting.place, meeting.online_url)


def shared(material: Material) -> str:
    """Title and address of something shared for a meeting."""
    return _text(material.title, material.url)


def attendance(rows: Iterable[Attendance]) -> str:
    """Which institutions came, with how many women and men, whatever the order."""
    told: list[list[Any]] = [
        [row.organisation_id or "", row.institution, row.sector, row.women, row.men] for row in rows
    ]
    return rfc8785.dumps(sorted(told)).decode()


def terms(partnership: Partnership) -> str:
    """What an agreement is about, what each side owes, and with whom it is where that one is not registered."""
    duties = (partnership.government_duties, partnership.partner_duties)
    return _text(partnership.subject, *duties, partnership.institution)


def named(report: FiledReport | OgpAnswer) -> str:
    """Title and address of a filed report, or of an answer to it."""
    return _text(report.title, report.url)


def _text(*parts: str) -> str:
    return rfc8785.dumps(list(parts)).decode()
