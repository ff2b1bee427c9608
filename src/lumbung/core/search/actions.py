"""Putting things into the index, inside the transaction of the change that made them findable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lumbung.core.search.models import IndexRow, IndexWord
from lumbung.core.texts import words

EXCERPT = 300
MOST_PARTS, LONGEST_PART = 150, 120
KEYWORD, COLUMN, VALUE, AROUND = "keyword", "column", "value", "around"
KEYS = frozenset({KEYWORD, COLUMN})
TERMS = ("title_terms", "key_terms", "terms", "rest_terms")


@dataclass(frozen=True, slots=True)
class Part:
    """A text beside title and summary by which a thing is found; its kind is told to whoever asks why it was.

    kind  "keyword" and "column" weigh more than a sentence; "value" and "around" less
    """

    kind: str
    text: str
    language: str = words.ID


@dataclass(frozen=True, slots=True)
class Findable:
    """What is put into the public index: public fields only, as the page of the thing shows them.

    kind        "report"
    address     arguments of the route that shows it, declared with the kind in the manifest
    place_code  code of the region it lies in
    on          the day it is listed under, as coarse as the page shows it
    also        further words to find it by, such as names of category and place
    english     title and text in English, where there are any
    parts       texts that are found and can be told
    language    "id" for what residents write, words.TITLES for titles and metadata: which stop words go
    marks       words nobody types: kind, portal and place, as `marks` writes them
    """

    kind: str
    object_id: str
    title: str
    text: str
    place_code: str
    on: date
    address: Mapping[str, str]
    also: tuple[str, ...] = ()
    language: str = "id"
    english: tuple[str, str] = ("", "")
    parts: tuple[Part, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffFindable:
    """What is put into the index of those who handle a thing: numbers and category words, nothing a resident wrote."""

    kind: str
    object_id: str
    title: str
    place_code: str
    on: date
    address: Mapping[str, str]
    handling_region: str
    handling_organisation: str
    also: tuple[str, ...] = field(default_factory=tuple)


def index_public(thing: Findable) -> IndexRow:
    """Make a thing findable by everyone, or bring its row up to date."""
    held, shown = read(thing)
    row, _new = IndexRow.objects.update_or_create(
        index=IndexRow.PUBLIC, kind=thing.kind, object_id=thing.object_id, defaults=held
    )
    _learn(IndexRow.PUBLIC, shown)
    return row


def read(thing: Findable) -> tuple[dict[str, Any], dict[str, str]]:
    """What its row in the index holds, and how each of its words is written."""
    parts = [Part(part.kind, part.text[:LONGEST_PART], part.language) for part in thing.parts[:MOST_PARTS]]
    reader = _Reader()
    title = [*reader(thing.title, thing.language), *reader(thing.english[0], words.EN)]
    keys = [term for part in parts if part.kind in KEYS for term in reader(part.text, part.language)]
    text = [*reader(" ".join([thing.text, *thing.also]), thing.language), *reader(thing.english[1], words.EN)]
    rest = [term for part in parts if part.kind not in KEYS for term in reader(part.text, part.language)]
    held = {
        "place_code": thing.place_code,
        "language": thing.language,
        "title": thing.title[:200],
        "excerpt": _excerpt(thing.text),
        "address": dict(thing.address),
        "on": thing.on,
        "title_terms": " ".join(title),
        "key_terms": " ".join(keys),
        "terms": " ".join(text),
        "rest_terms": " ".join([*rest, *thing.marks]),
        "parts": [{"kind": part.kind, "text": part.text, "language": part.language} for part in parts],
    }
    return held, reader.shown


class _Reader:
    """Terms of texts, and how each was written there."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}

    def __call__(self, text: str, language: str = words.ID) -> list[str]:
        written = words.telling(text, language)
        found = [words.stem(word, language) for word in written]
        self.shown.update(zip(found, written, strict=True))
        return found


def index_for_staff(thing: StaffFindable) -> None:
    """Make a thing findable by those who handle it, or bring its row up to date."""
    reader = _Reader()
    title_terms = reader(thing.title)
    terms = reader(" ".join(thing.also))
    IndexRow.objects.update_or_create(
        index=IndexRow.STAFF,
        kind=thing.kind,
        object_id=thing.object_id,
        defaults={
            "place_code": thing.place_code,
            "handling_region": thing.handling_region,
            "handling_organisation": thing.handling_organisation,
            "title": thing.title[:200],
            "address": dict(thing.address),
            "on": thing.on,
            "title_terms": " ".join(title_terms),
            "terms": " ".join(terms),
        },
    )
    _learn(IndexRow.STAFF, reader.shown)


def remove_public(kind: str, object_id: str) -> None:
    """Nobody outside finds the thing any more."""
    IndexRow.objects.filter(index=IndexRow.PUBLIC, kind=kind, object_id=object_id).delete()


def forget_unused_words() -> int:
    """Drop words no row knows any more; returns how many."""
    dropped = 0
    for index, _label in IndexRow.INDEXES:
        used: set[str] = set()
        for texts in IndexRow.objects.filter(index=index).values_list(*TERMS).iterator():
            used.update(*(text.split() for text in texts))
        unused = [
            pk for pk, word in IndexWord.objects.filter(index=index).values_list("pk", "word") if word not in used
        ]
        for start in range(0, len(unused), 500):
            dropped += IndexWord.objects.filter(pk__in=unused[start : start + 500]).delete()[0]
    return dropped


def _learn(index: str, found: Mapping[str, str]) -> None:
    # Numbers are never a typing mistake of a word. Sorted, so that two writers lock in the same order.
    wanted = {word for word in found if word.isalpha()}
    known = set(IndexWord.objects.filter(index=index, word__in=wanted).values_list("word", flat=True))
    new = [IndexWord(index=index, word=word, shown=found[word]) for word in sorted(wanted - known)]
    if new:
        IndexWord.objects.bulk_create(new, ignore_conflicts=True)


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else f"{flat[: EXCERPT - 1].rpartition(' ')[0]}…"
