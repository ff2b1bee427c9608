"""Value marks: found by the legend of the file or as statistics offices write them, moved only when confirmed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lumbung.core.tables.shapes import Mark, Meaning, Note
from lumbung.core.tables.sources import cells

SUFFIX = re.compile(r"(?P<number>.*?\d%?)\s*(?P<mark>\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[a-z]\)?|\d\))\Z")
LEGEND = re.compile(
    r"(?:^|[\s;,(:])(?P<mark>\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|…|\.\.\.|[–—-]|N/?A|n\.a\.?|[a-zA-Z0-9]\)|[a-z](?=\s*[:=]|\s+(?:angka|data)\b))"
    r"\)?\s*[:=]?\s*(?P<meaning>(?:angka|data|nihil|tidak|belum|dapat|direvisi|revisi|sementara|diperbaiki|termasuk|hanya|"
    r"kurang|lebih|dirahasiakan|disembunyikan|perkiraan|estimasi|hasil|berdasarkan|tanpa|not|nil|preliminary|revised)\b[^;*…–¹²³|]{0,100})",
    re.IGNORECASE,
)
MEANINGS: tuple[tuple[str, Meaning], ...] = (
    (r"sangat (?:sangat )?sementara|very preliminary", "very_preliminary"),
    (r"sementara|preliminary", "preliminary"),
    (r"diperbaiki|revisi|revised", "revised"),
    (r"rahasia|disembunyikan|confidential", "hidden"),
    (r"tidak tersedia|belum tersedia|not available|tidak ada data", "not_available"),
    (r"diabaikan|negligible", "negligible"),
    (r"nihil|tidak ada|\bnil\b", "nil"),
)
# What the sign says where a file has no legend; superscripts and letters but r say nothing then.
USUAL: dict[str, Meaning] = {
    "*": "preliminary",
    "**": "very_preliminary",
    "***": "very_preliminary",
    "r": "revised",
    "NA": "not_available",
    "N/A": "not_available",
    "n.a.": "not_available",
    "…": "not_available",
    "...": "not_available",
    "-": "nil",
    "–": "nil",
    "—": "nil",
}
LEAST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Proposal:
    """Marks found, the columns that carry them, and why."""

    marks: tuple[Mark, ...] = ()
    columns: tuple[int, ...] = ()
    reasons: tuple[Note, ...] = ()


def legend_of(lines: Iterable[str]) -> dict[str, Mark]:
    """The marks the titles and the footer of a file explain."""
    found: dict[str, Mark] = {}
    for line in lines:
        for match in LEGEND.finditer(line):
            words = " ".join(match.group("meaning").split()).rstrip(" .,)")
            found.setdefault(match.group("mark"), Mark(match.group("mark"), _meaning(words), words))
    return found


def _meaning(words: str) -> Meaning:
    return next((meaning for sign, meaning in MEANINGS if re.search(sign, words, re.IGNORECASE)), "other")


def propose(rows: Sequence[Sequence[str]], columns: Sequence[int], legend: dict[str, Mark]) -> Proposal:
    """The columns of numbers in which some cells carry a mark or are one."""
    known = {mark: Mark(mark, meaning) for mark, meaning in USUAL.items()} | legend
    found: Counter[str] = Counter()
    places = []
    for column in columns:
        marks = _marks_in([cell for row in rows if (cell := cells.at(row, column).strip())], known)
        if marks:
            places.append(column)
            found.update(marks)
    marks_used = tuple(known[mark] for mark in sorted(found))
    reasons = [
        Note("marks-by-legend" if mark.legend else "marks-by-habit", {"mark": mark.text, "count": found[mark.text]})
        for mark in marks_used
    ]
    return Proposal(marks_used, tuple(places), tuple(reasons))


def _marks_in(told: list[str], known: dict[str, Mark]) -> Counter[str]:
    """The marks of a column, if nearly all its cells are numbers, with a mark or without, or a mark alone."""
    marks: Counter[str] = Counter()
    numbers = 0
    for cell in told:
        if cells.is_number(cell):
            numbers += 1
        elif cell in known:
            marks[cell] += 1
        elif (match := SUFFIX.match(cell)) and match["mark"] in known and cells.is_number(match["number"]):
            marks[match["mark"]] += 1
            numbers += 1
    alone = sum(marks.values())
    explained = sum(1 for cell in told if cell in known) + numbers
    return marks if alone and numbers and explained >= LEAST_SHARE * len(told) else Counter()


class Splitter:
    """Takes confirmed marks off cells; every other cell stays as it is."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = {mark.text for mark in marks}

    def split(self, cell: str) -> tuple[str, str]:
        """The cell without its mark, and the mark."""
        told = cell.strip()
        if told in self.marks:
            return "", told
        if (match := SUFFIX.match(told)) and match["mark"] in self.marks and cells.is_number(match["number"]):
            return match["number"], match["mark"]
        return cell, ""
