"""Days of release as a calendar other programs follow (RFC 5545): one all-day entry for each planned day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST_OCTETS = 75
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Day:
    """One entry: an identity that stays, a day, words and an address."""

    uid: str
    on: date
    summary: str
    description: str
    url: str
    changed_at: datetime


def calendar(name: str, days: Sequence[Day], *, host: str) -> bytes:
    """The whole calendar. Lines end in CRLF and are folded at 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lumbung//Satu Data//ID", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:P1D"]
    for day in days:
        lines += _entry(day, host)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)).encode()


def _entry(day: Day, host: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{day.uid}@{host}",
        f"DTSTAMP:{day.changed_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(day.summary)}",
        f"DESCRIPTION:{_escaped(day.description)}",
        f"URL:{day.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(sign, sign) for sign in text.replace("\r\n", "\n").replace("\r", "\n"))


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the following ones begun by a blank; no character is cut in two."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    yield piece
