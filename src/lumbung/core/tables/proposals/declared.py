"""What a Data Package says of its own columns takes the place of what their cells look like: proposed, not decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lumbung.core.base.errors import Refused
from lumbung.core.tables import descriptors
from lumbung.core.tables.proposals import ColumnProposal, Proposal
from lumbung.core.tables.schemas import SchemaField, Words
from lumbung.core.tables.shapes import MARK_SUFFIX, Note

LONGEST = 200
Told = Mapping[str, Any]


def with_declared(proposal: Proposal, labels: Sequence[str], told: Told) -> Proposal:
    """The proposal with the types and rules a Table Schema declares, each told as such beside what the cells show.

    labels  of the columns as the source has them, in the order of the proposal: a schema names columns by them
    told    the schema as it stands in the source; columns it does not name stay as proposed
    """
    named = {str(each["name"]): each for each in _fields_of(told) if isinstance(each.get("name"), str)}
    columns = tuple(
        _declared(column, named[label], told) if label in named and not _is_marks(column) else column
        for column, label in zip(proposal.columns, labels, strict=True)
    )
    fields = tuple(column.field for column in columns)
    own = zip(labels, columns, strict=True)
    names = {label: column.field.name for label, column in own if not _is_marks(column)}
    return Proposal(replace(proposal.schema, fields=fields, primary_key=_key(told, names)), columns)


def _is_marks(column: ColumnProposal) -> bool:
    """A column of value marks carries the label of the one it stands beside, and is no column of the file."""
    return column.field.name.endswith(MARK_SUFFIX)


def _fields_of(told: Told) -> list[Told]:
    fields = told.get("fields")
    return [each for each in fields if isinstance(each, Mapping)] if isinstance(fields, list) else []


def _declared(column: ColumnProposal, told: Told, schema: Told) -> ColumnProposal:
    try:
        field = _field(column.field, told, schema)
    except (Refused, ValueError, TypeError, AttributeError):  # whatever stands in a foreign descriptor
        said = Note("declared-not-kept", {"type": str(told.get("type", "string"))[:LONGEST]})
        return replace(column, against=(said, *column.against))
    evidence = [Note("declared", {"type": str(told.get("type", "string"))[:LONGEST]})]
    rules = told.get("constraints")
    if rules:
        evidence.append(Note("declared-rules", {"rules": _in_words(rules)}))
    return replace(column, field=field, evidence=(*evidence, *column.evidence), questions=())


def _field(proposed: SchemaField, told: Told, schema: Told) -> SchemaField:
    missing = {word: schema[word] for word in ("missingValues",) if word in schema} | {"name": proposed.name}
    field = descriptors.read({"fields": [{**missing, **told, "name": proposed.name}]}).fields[0]
    return replace(field, title=field.title if field.title != Words() else proposed.title)


def _in_words(rules: Told) -> str:
    """The rules as the standard writes them: unique, minimum 0."""
    words = ", ".join(word if value is True else f"{word} {value}" for word, value in rules.items())
    return words[:LONGEST]


def _key(told: Told, names: Mapping[str, str]) -> tuple[str, ...]:
    """The declared key, where every column of it is here."""
    said = told.get("primaryKey")
    several = said if isinstance(said, list) else [said] if isinstance(said, str) else []
    columns = dict.fromkeys(str(each) for each in several)
    return tuple(names[each] for each in columns) if all(each in names for each in columns) else ()
