"""Finding personal data in a text, before it can become public. Pure.

About one real complaint text in twenty-five holds some (domain: reports, section 3), often with spaces or dots.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GAP = r"[\s.\-]{0,2}"
PATTERNS: tuple[tuple[str, Promise, re.Pattern[str]], ...] = (
    ("nik", _("NIK or KK number"), re.compile(rf"(?<!\d)(?:\d{GAP}){{15}}\d(?!{GAP}\d)")),
    ("phone", _("telephone number"), re.compile(rf"(?<!\d)(?:\+?62|0){GAP}8(?:{GAP}\d){{7,11}}(?!\d)")),
    ("email", _("e-mail address"), re.compile(r"[\w.+\-]+\s?(?:@|\(at\))\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)),
    ("plate", _("vehicle plate"), re.compile(r"\b(?:DR|EA|B|L|DK)\s?\d{2,4}\s?[A-Z]{1,3}\b")),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: kind, name of the kind, and where it stands in the text."""

    kind: str
    label: Promise
    start: int
    end: int


def find(text: str) -> list[Finding]:
    """Everything in the text that looks like personal data, in order."""
    found = [
        Finding(kind, label, match.start(), match.end())
        for kind, label, pattern in PATTERNS
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda item: item.start)


def mask(text: str) -> str:
    """The text with every finding replaced by a row of dots."""
    for item in reversed(find(text)):
        text = text[: item.start] + "•••" + text[item.end :]
    return text
