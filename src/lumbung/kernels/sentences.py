"""Indonesian text as sentences, and what one text changes in another, sentence by sentence.

Nothing of a text gets lost: joining its sentences gives the text again, and applying the differences to the old text
gives the new one.

source: EYD V, punctuation; abbreviations as they stand in regional planning documents (RPJMD, RAD, SK)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "changed", "added", "removed"]
Part = tuple[Literal["same", "added", "removed"], str]

# A full stop behind these ends no sentence. Left out: words that end sentences too (hal, kota, bab, km).
_SHORTENED = """
a.l a.n d.a d.h u.b u.p s.d s/d no nmr kab kec kel ds prov prop jl jln gg rt rw hlm ps lamp dr drs dra ir prof hj kh
tgk tgh sdr sdri yth alm pt cv ud tbk tgl thn bln jan feb mar apr jun jul agt agu sep sept okt nov des rp mis vol ed
cet cf ibid jo ybs ttd s.h s.e s.ip s.pd s.kom s.sos m.si m.m m.pd ph.d
"""
ABBREVIATIONS = frozenset(_SHORTENED.split())
# Behind these a sentence goes on when a small letter follows, and ends when a capital does.
ENUMERATIONS = frozenset({"dll", "dsb", "dst", "dkk", "etc"})
END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
LAST_WORD = re.compile(r"[\w./]+$")
NEXT = re.compile(r"\s+[\"“‘'(\[]*(\S)")
BLANK_LINE = re.compile(r"[ \t]*\n(?:[ \t]*\n)*[ \t]*")
WORDS = re.compile(r"\w+|[^\w\s]|\s+")
# Two sentences less alike than this are two sentences, not one that changed.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the comparison: a sentence in the old text, in the new one, or in both."""

    kind: Kind
    old: str
    new: str

    def parts(self) -> list[Part]:
        """What was taken out and put in, word by word; blanks around a sentence are no words."""
        return words_between(self.old.strip(), self.new.strip())


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each with the blanks behind it; joined they are the text.

    A line break ends a sentence too: lists and headings of a plan carry no full stop.
    """
    found, start = [], 0
    for end in _ends(text):
        if text[start:end].strip():
            found.append(text[start:end])
            start = end
    if start < len(text):
        if found and not text[start:].strip():
            found[-1] += text[start:]
        else:
            found.append(text[start:])
    return found


def _ends(text: str) -> Iterator[int]:
    """Where sentences end, blanks behind them included."""
    ends = {match.end() for match in BLANK_LINE.finditer(text)}
    for match in END.finditer(text):
        if _closes(text, match):
            blanks = len(text) - len(text[match.end() :].lstrip())
            ends.add(blanks)
    yield from sorted(ends)


def _closes(text: str, stop: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence."""
    following = NEXT.match(text, stop.end())
    if stop.group()[0] != "." or following is None:
        return True
    if following.group(1).islower():
        return False
    before = LAST_WORD.search(text, max(0, stop.start() - 40), stop.start())
    word = before.group().lower() if before else ""
    if word in ENUMERATIONS:
        return True
    # A single letter is an initial or a point of a list: "H. Lalu", "a. Pelatihan".
    return not (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or _is_list_number(text, before))


def _is_list_number(text: str, word: re.Match[str] | None) -> bool:
    """Whether "1." stands alone at the beginning of its line."""
    if word is None or not word.group().isdigit():
        return False
    line = text.rfind("\n", 0, word.start()) + 1
    return not text[line : word.start()].strip()


def differences(old: str, new: str) -> list[Difference]:
    """What the new text makes of the old one: in the order of both, nothing left out.

    Sentences that are alike for at least half stand beside each other as changed. The blanks behind a sentence, which
    come and go with the sentence after it, change nothing.
    """
    before, after = sentences_of(old), sentences_of(new)
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    rows: list[Difference] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            rows += [Difference("same", *pair) for pair in zip(before[i1:i2], after[j1:j2], strict=True)]
        else:
            rows += _paired(before[i1:i2], after[j1:j2])
    return [Difference("same", row.old, row.new) if row.old.strip() == row.new.strip() else row for row in rows]


def _bare(sentences: Sequence[str]) -> list[str]:
    return [sentence.strip() for sentence in sentences]


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Sentences of a changed stretch, paired in order so that together they are most alike."""
    likeness = [[_likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    i = j = 0
    while i < len(before) and j < len(after):
        if likeness[i][j] >= ALIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield Difference("changed", before[i], after[j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield Difference("removed", before[i], "")
            i += 1
        else:
            yield Difference("added", "", after[j])
            j += 1
    yield from (Difference("removed", text, "") for text in before[i:])
    yield from (Difference("added", "", text) for text in after[j:])


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, WORDS.findall(one), WORDS.findall(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def apply(old: str, rows: Sequence[Difference]) -> str:
    """The new text, made from the old one and what changed.

    raises   ValueError where the differences belong to another text
    """
    if "".join(row.old for row in rows) != old:
        raise ValueError("these differences belong to another text")
    return "".join(row.new for row in rows)


def words_between(old: str, new: str) -> list[Part]:
    """Words taken out and put in; joined without the added ones it is the old text, without the removed the new."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    parts: list[Part] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            parts.append(("removed", "".join(before[i1:i2])))
        if j1 < j2:
            parts.append(("added", "".join(after[j1:j2])))
    return parts


def changed_count(rows: Sequence[Difference]) -> int:
    """How many sentences are not the same."""
    return sum(row.kind != "same" for row in rows)
