"""Finding a quotation in the text it was taken from, however its spaces were copied. Pure but for the draft's shape."""

import re
from dataclasses import dataclass

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import DraftVersion

AROUND = 120
LONGEST = 1_000
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: the words themselves, what stands around them, and their characters."""

    quote: str
    before: str
    after: str
    start: int
    end: int


def place_in(text: str, quote: str) -> Place | None:
    """The first place at which the quotation stands in the text; spaces and line breaks may differ."""
    words = quote.split()
    if not words or len(quote) > LONGEST:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    if found is None:
        return None
    start, end = found.span()
    return Place(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND], start, end)


def fields_with_text(version: DraftVersion) -> list[tuple[str, str, str]]:
    """Key, label and Indonesian words of each text of a version, empty ones left out."""
    fields = shape.fields_of(version.draft.kind)
    told = [(field.key, str(field.label), shape.words(version.body, field.key)) for field in fields if field.is_text]
    return [each for each in told if each[2]]


def field_holding(version: DraftVersion, quote: str) -> str:
    """The first text of a version in which a quotation stands; "" for none."""
    return next((key for key, _label, text in fields_with_text(version) if place_in(text, quote)), "")
