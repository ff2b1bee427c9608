"""What metadata consist of: every field once, from `data/metadata.toml`; choices from `data/choices.toml`. Pure.

Forms, gates, pages, CKAN, DCAT and Data Package read this. Metadata of a draft or release are one JSON object:

    {"dataset": {key: value}, "activity": {…}, "indicators": [{…}], "variables": {resource slug: {column: {…}}}}

A text in both languages is {"id": …, "en": …}; a period {"from": "2019", "to": "2025"}; keywords a list of words.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"
Of = Literal["dataset", "activity", "variable", "indicator"]
Needed = Literal["", "always", "statistics", "indicator"]
Kind = Literal["line", "text", "choice", "date", "period", "keywords", "place", "number", "yesno", "email"]
Metadata = Mapping[str, Any]
LINE = 300


@dataclass(frozen=True, slots=True)
class Words:
    """Words in both languages."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.id


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list of choices. `days`: how old a release of that frequency may be."""

    key: str
    words: Words
    iri: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of metadata; `needed` says for which data it has to be there before anything is submitted."""

    key: str
    of: Of
    label: Words
    hint: Words
    kind: Kind
    needed: Needed
    both: bool = False
    most: int = LINE
    choices: str = ""
    ckan: str = ""
    dcat: str = ""
    mark: str = "source"


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that stand together, with the rule they come from."""

    key: str
    of: Of
    title: Words
    fields: tuple[Field, ...]
    source: str = ""
    mark: str = "source"


@cache
def blocks() -> tuple[Block, ...]:
    """Every block, in the order of the form."""
    data = tomllib.loads((DATA / "metadata.toml").read_text(encoding="utf-8"))
    return tuple(_block(each) for each in data["block"])


def blocks_of(of: Of) -> tuple[Block, ...]:
    """The blocks about one thing."""
    return tuple(block for block in blocks() if block.of == of)


@cache
def fields_of(of: Of) -> tuple[Field, ...]:
    """The fields about one thing, in order."""
    return tuple(field for block in blocks_of(of) for field in block.fields)


def field_of(of: Of, key: str) -> Field:
    """One field; KeyError names what is known."""
    for field in fields_of(of):
        if field.key == key:
            return field
    raise KeyError(f"metadata field {key!r} of {of}; known: {[field.key for field in fields_of(of)]}")


@cache
def choices(name: str) -> tuple[Choice, ...]:
    """One list of choices, in order."""
    data = tomllib.loads((DATA / "choices.toml").read_text(encoding="utf-8"))
    return tuple(
        Choice(each["key"], Words(each["id"], each["en"]), each.get("iri", ""), each.get("days")) for each in data[name]
    )


def choice_of(name: str, key: str) -> Choice | None:
    """One entry of a list, None where the list has none of that key."""
    return next((choice for choice in choices(name) if choice.key == key), None)


def empty() -> dict[str, Any]:
    """Metadata with nothing in it."""
    return {"dataset": {}, "activity": {}, "indicators": [], "variables": {}}


def is_filled(field: Field, value: Any) -> bool:
    """Whether a field says something; of words in both languages the Indonesian ones count."""
    if field.both:
        return bool((value or {}).get("id"))
    if field.kind == "period":
        return bool((value or {}).get("from") and value.get("to"))
    return value is not None and value not in ("", [], {})


def words(value: Any) -> str:
    """A text in the language active now; the Indonesian one where there is no English."""
    if not isinstance(value, Mapping):
        return str(value or "")
    english = (get_language() or "").startswith("en")
    return str((value.get("en") if english else "") or value.get("id") or "")


def is_needed(field: Field, metadata: Metadata) -> bool:
    """Whether this field has to be there, by the way the data were made."""
    made_by = metadata["dataset"].get("made_by", "")
    return field.needed == "always" or (field.needed != "" and field.needed == made_by)


def missing(metadata: Metadata) -> Iterator[tuple[Field, str]]:
    """Needed fields that say nothing, and where: "dataset", "activity", "indicators:0", "variables:data:umur"."""
    for of in ("dataset", "activity"):
        yield from _missing_in(of, metadata.get(of, {}), of, metadata)
    indicators = metadata.get("indicators") or ([{}] if metadata["dataset"].get("made_by") == "indicator" else [])
    for number, indicator in enumerate(indicators):
        yield from _missing_in("indicator", indicator, f"indicators:{number}", metadata)
    for slug, columns in metadata.get("variables", {}).items():
        for name, variable in columns.items():
            yield from _missing_in("variable", variable, f"variables:{slug}:{name}", metadata)


def _missing_in(of: Any, body: Mapping[str, Any], place: str, metadata: Metadata) -> Iterator[tuple[Field, str]]:
    for field in fields_of(of):
        if is_needed(field, metadata) and not is_filled(field, body.get(field.key)):
            yield field, place


def _block(each: Mapping[str, Any]) -> Block:
    of: Of = each["of"]
    return Block(
        key=each["key"],
        of=of,
        title=Words(each["title_id"], each["title_en"]),
        fields=tuple(_field(field, of, each.get("mark", "source")) for field in each["field"]),
        source=each.get("source", ""),
        mark=each.get("mark", "source"),
    )


def _field(each: Mapping[str, Any], of: Of, mark: str) -> Field:
    return Field(
        key=each["key"],
        of=of,
        label=Words(each["label_id"], each["label_en"]),
        hint=Words(each.get("hint_id", ""), each.get("hint_en", "")),
        kind=each["kind"],
        needed=each.get("needed", ""),
        both=each.get("both", False),
        most=each.get("most", LINE),
        choices=each.get("choices", ""),
        ckan=each.get("ckan", ""),
        dcat=each.get("dcat", ""),
        mark=each.get("mark", mark),
    )
