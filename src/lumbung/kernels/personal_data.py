"""Finding personal data in a text, before it can become public. Standard library only.

About one real complaint text in twenty-five holds some (domain: reports, section 3), often with spaces or dots.
"""

import re
from dataclasses import dataclass

# Between two digits people put spaces, dots, dashes, slashes, brackets, and invisible marks pasted from chats.
GAP = r"[\s.\-–/()\u200b-\u200f\u2060\ufeff]{0,3}"
EDGE = r"(?<!\d)"
# Sixteen digits or more: a number pasted behind another must not save it.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("nik", re.compile(rf"{EDGE}(?:\d{GAP}){{15,}}\d")),
    ("phone", re.compile(rf"{EDGE}(?:\+?{GAP}6{GAP}2|0){GAP}8(?:{GAP}\d){{7,11}}(?!\d)")),
    (
        "email",
        re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w\-]+)+", re.IGNORECASE),
    ),
    ("plate", re.compile(r"\b(?:DR|EA|B|L|DK)\s?\d{2,4}\s?[A-Z]{1,3}\b")),
)

# A name after a form of address is only a warning: "Pak Camat" is an office, "Pak Budi" is a person.
TITLES = r"(?:Pak|Bapak|Bpk\.?|Bu|Ibu|Sdr\.?i?|Saudara|Saudari|H\.|Hj\.|Tuan|Nyonya|Mas|Mbak|Amaq|Inaq|TGH\.?)"
OFFICES = frozenset(
    {"camat", "lurah", "kades", "kadus", "bupati", "gubernur", "wali", "walikota", "guru", "dokter", "bidan"}
    | {"rt", "rw", "sekdes", "kepala", "ketua", "presiden", "menteri", "wakil", "dan", "hamil", "menyusui", "rumah"}
)
NAME = re.compile(rf"\b{TITLES}\s+((?:[A-Z][a-z'’]+)(?:\s+[A-Z][a-z'’]+){{0,2}})")


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: its kind (a key of PATTERNS, or "name"), and where it stands in the text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, with the finding it is, if it is one; for showing findings where they stand."""

    text: str
    finding: Finding | None


def find(text: str) -> list[Finding]:
    """Everything in the text that looks like personal data and may not become public, in order."""
    found = [
        Finding(kind, match.start(), match.end()) for kind, pattern in PATTERNS for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda item: item.start)


def find_names(text: str) -> list[Finding]:
    """Names of persons after a form of address: a warning for the officer, not a bar."""
    return [
        Finding("name", match.start(1), match.end(1))
        for match in NAME.finditer(text)
        if match.group(1).split()[0].lower() not in OFFICES
    ]


def pieces(text: str) -> list[Piece]:
    """The whole text cut at its findings and names, nothing left out, for marking them where they stand."""
    cut: list[Piece] = []
    at = 0
    for item in sorted(find(text) + find_names(text), key=lambda item: (item.start, -item.end)):
        if item.start < at:
            continue
        cut += [Piece(text[at : item.start], None)] if item.start > at else []
        cut.append(Piece(text[item.start : item.end], item))
        at = item.end
    return [*cut, Piece(text[at:], None)] if at < len(text) else cut


def mask(text: str) -> str:
    """The text with every finding replaced by a row of dots; findings that overlap become one."""
    return _masked(text, find(text))


def mask_with_names(text: str) -> str:
    """Masked, and what is perhaps a name too: a draft that is confirmed unread must not publish one."""
    return _masked(text, sorted(find(text) + find_names(text), key=lambda item: item.start))


def _masked(text: str, findings: list[Finding]) -> str:
    kept, at = "", 0
    for item in findings:
        if item.end <= at:
            continue
        if item.start >= at:
            kept += text[at : item.start] + "•••"
        at = item.end
    return kept + text[at:]
