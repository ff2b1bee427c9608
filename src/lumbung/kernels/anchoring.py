"""Finding quoted words again after the text around them, or they themselves, were edited.

An anchor is the quotation with some characters before and after it. In a new text it is looked for in this order:

    exact      the same words between the same words
    moved      the same words elsewhere: where most of what stood around them is, else nearest to where they were
    changed    words at least SIMILAR alike (share of words in common, in order): the most alike, then the nearest
    orphan     none of these: the anchor keeps its words and context, and is shown with the text it was made on

A quotation shorter than SHORT characters, or one that stood in several places of the old text, is only believed
elsewhere with part of its context. Words that stood in the old text already, outside the quotation, are not what it
changed into: plans repeat themselves ("Triwulan I: 20 desa", "Triwulan II: 40 desa").

source: W3C Web Annotation Data Model, TextQuoteSelector (exact, prefix, suffix); domain action-plan, section 5
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

How = Literal["exact", "moved", "changed"]
CONTEXT = 60
SIMILAR = 0.6
SHORT = 20
# A quotation of fewer words is not recognised once one of them changed.
FEWEST_WORDS = 3
CONTEXT_NEEDED = 0.3
# Of all windows of a text, so many are looked at closely.
CANDIDATES = 8
WORD = re.compile(r"\w+")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Quoted words with what stands before and after them, and where they began."""

    quote: str
    before: str
    after: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand now: characters `start` to `end` of the text."""

    start: int
    end: int
    how: How


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of these characters of a text.

    raises   ValueError when the span is empty or outside the text
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"characters {start} to {end} of a text of {len(text)}")
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def locate(text: str, quote: str, *, before: str = "", after: str = "") -> Anchor | None:
    """The anchor of words somebody quoted, whatever the blanks between them; None where they do not stand in the text.

    Of several places the one whose context fits best, then the first.
    """
    words = [re.escape(word) for word in quote.split()]
    if not words:
        return None
    spans = [match.span() for match in re.finditer(r"\s+".join(words), text)]
    if not spans:
        return None
    wanted = Anchor(quote, before, after)
    start, end = max(spans, key=lambda span: (_context_share(text, span, wanted), -span[0]))
    return anchor_at(text, start, end)


@dataclass(frozen=True, slots=True)
class _Search:
    """A new text, what stood in the old one outside the words, and where they began."""

    text: str
    outside: str
    near: int


def find(text: str, anchor: Anchor, *, old: str = "", last: Anchor | None = None) -> Place | None:
    """Where the words of an anchor stand in a new text; None for an orphan.

    old      the text of the version before
    last     the anchor of the same words in the version before, when they were carried there; it knows what they have
             become meanwhile and where they were. The words as first quoted are looked for beside it, so that a text
             put back as it was brings its comments back.
    """
    anchors = [last, anchor] if last is not None and last.quote != anchor.quote else [last or anchor]
    where = last.start if last else -1
    outside = f"{old[:where]}\0{old[where + len(last.quote) :]}" if last else old
    search = _Search(text, outside, (last or anchor).start)
    for step in (_exact, _moved, _changed):
        for each in anchors:
            place = step(search, each)
            if place is not None:
                return place
    return None


def _exact(search: _Search, anchor: Anchor) -> Place | None:
    text = search.text
    whole = anchor.before + anchor.quote + anchor.after
    starts = [begin + len(anchor.before) for begin in _occurrences(text, whole)]
    # At the edge of a text nothing stood around the words: they must still stand at that edge.
    starts = [start for start in starts if anchor.before or anchor.after or len(anchor.quote) == len(text)]
    if not starts:
        return None
    start = min(starts, key=lambda each: abs(each - search.near))
    return Place(start, start + len(anchor.quote), "exact")


def _moved(search: _Search, anchor: Anchor) -> Place | None:
    text = search.text
    spans = [(start, start + len(anchor.quote)) for start in _occurrences(text, anchor.quote)]
    shares = {span: _context_share(text, span, anchor) for span in spans}
    if len(anchor.quote) < SHORT or anchor.quote in search.outside:
        spans = [span for span in spans if shares[span] >= CONTEXT_NEEDED]
    if not spans:
        return None
    start, end = min(spans, key=lambda span: (-round(shares[span], 1), abs(span[0] - search.near)))
    return Place(start, end, "moved")


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _context_share(text: str, span: tuple[int, int], anchor: Anchor) -> float:
    """How much of what stood around the words stands around this place too, from 0 to 1."""
    before = _common_ending(text[: span[0]], anchor.before)
    after = _common_ending(text[span[1] :][::-1][-len(anchor.after) :] if anchor.after else "", anchor.after[::-1])
    around = len(anchor.before) + len(anchor.after)
    return (before + after) / around if around else 0.0


def _common_ending(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def _changed(search: _Search, anchor: Anchor) -> Place | None:
    text = search.text
    quoted = [word.lower() for word in WORD.findall(anchor.quote)]
    found = list(WORD.finditer(text))
    words = [match.group().lower() for match in found]
    best: tuple[float, int, Place] | None = None
    if len(quoted) < FEWEST_WORDS:
        return None
    for first, last in _windows(quoted, words):
        span = _trimmed(quoted, words, first, last)
        if span is None:
            continue
        first, last = span  # noqa: PLW2901 - the window without the words it does not share
        ratio = SequenceMatcher(None, quoted, words[first:last], autojunk=False).ratio()
        start, end = found[first].start(), found[last - 1].end()
        rank = (-ratio, abs(start - search.near))
        if ratio >= SIMILAR and text[start:end] not in search.outside and (best is None or rank < best[:2]):
            best = (*rank, Place(start, end, "changed"))
    return best[2] if best else None


def _windows(quoted: list[str], words: list[str]) -> list[tuple[int, int]]:
    """The stretches of the text that share most words with the quotation, a third longer than it."""
    size = min(len(words), len(quoted) + max(2, len(quoted) // 3))
    wanted, held, shared = Counter(quoted), Counter[str](), 0
    scores = []
    for place, word in enumerate(words):
        held[word] += 1
        shared += held[word] <= wanted[word]
        if place >= size:
            gone = words[place - size]
            shared -= held[gone] <= wanted[gone]
            held[gone] -= 1
        if place >= size - 1 and 2 * shared >= SIMILAR * len(quoted):
            scores.append((-shared, place + 1 - size))
    return [(start, start + size) for _shared, start in sorted(scores)[:CANDIDATES]]


def _trimmed(quoted: list[str], words: list[str], first: int, last: int) -> tuple[int, int] | None:
    """From the first word it shares with the quotation to the last, a word replaced at either edge included."""
    blocks = SequenceMatcher(None, quoted, words[first:last], autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return None
    start = first + max(0, blocks[0].b - blocks[0].a)
    end = first + blocks[-1].b + blocks[-1].size + (len(quoted) - blocks[-1].a - blocks[-1].size)
    return start, min(end, last)
