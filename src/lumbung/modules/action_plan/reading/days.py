"""Days as people write them in plans: 31-12-2027, 2027-12-31, 31 Desember 2027, Desember 2027, 2027."""

import calendar
import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "february", "feb", "pebruari"),
            ("maret", "march", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august", "agu", "agt", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nov", "nopember"),
            ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
WORDS = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]+)\.?\s+(\d{4})")
YEAR = re.compile(r"(\d{4})")


def day_of(text: str, *, end: bool) -> date | None:
    """The day a text names; where it names a month or a year only, its last day (`end`) or its first. None if none."""
    told = text.strip()
    try:
        if match := ISO.fullmatch(told):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := LOCAL.fullmatch(told):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := WORDS.fullmatch(told):
            return _in_words(match, end=end)
        if match := YEAR.fullmatch(told):
            return date(int(match[1]), 12, 31) if end else date(int(match[1]), 1, 1)
    except ValueError:
        return None
    return None


def _in_words(match: re.Match[str], *, end: bool) -> date | None:
    month, year = MONTHS.get(match[2].lower()), int(match[3])
    if month is None:
        return None
    if match[1]:
        return date(year, month, int(match[1]))
    return date(year, month, calendar.monthrange(year, month)[1] if end else 1)
