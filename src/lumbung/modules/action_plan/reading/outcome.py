"""What reading a file gives: rows, each with what it holds, what was left out, and what forbids taking it over."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Body = dict[str, Any]
SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a row."""

    sentence: Promise
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in the language active now."""
        told = str(self.sentence)
        return told % self.params if self.params else told


@dataclass(slots=True)
class Row:
    """One commitment of the file, or its narrative. `errors` forbid the import; `notes` tell what was left out."""

    place: str
    kind: str
    body: Body
    slug: str = ""
    member: str = ""
    number: int | None = None
    notes: list[Note] = field(default_factory=list)
    errors: list[Note] = field(default_factory=list)

    def note(self, sentence: Promise, **params: Any) -> None:
        """Tell something about the row, once."""
        told = Note(sentence, params)
        if told not in self.notes:
            self.notes.append(told)

    def refuse(self, sentence: Promise, **params: Any) -> None:
        """Tell what forbids taking the row over, once."""
        told = Note(sentence, params)
        if told not in self.errors:
            self.errors.append(told)

    @property
    def title(self) -> str:
        """How it is called, in whichever language the file has."""
        texts = [self.body.get(key) or {} for key in ("short", "title")]
        return next((told[language] for language in ("id", "en") for told in texts if told.get(language)), "")


@dataclass(frozen=True, slots=True)
class Known:
    """What names in a file may stand for here: plain name → code or key. `language` is that of the file's texts."""

    organisations: Mapping[str, str]
    values: Mapping[str, str]
    members: Mapping[str, str]
    indicators: frozenset[str] = frozenset()
    language: str = "id"

    def institution(self, name: str) -> str | None:
        """The code of an institution by its name or code."""
        return self.organisations.get(plain(name))


def plain(text: str) -> str:
    """Words for comparing: small letters and digits, one blank between them."""
    bare = unicodedata.normalize("NFKD", str(text)).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def slug_of(text: str) -> str:
    """A short name made of a title."""
    return plain(text).replace(" ", "-")[:SLUG_LENGTH].strip("-")
