"""Proposes a schema for a plain file. A proposal is never more than that: a person confirms or changes every column."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from lumbung.core.tables import connections, descriptors, shapes
from lumbung.core.tables.proposals.classes import Facts, first_of, look, values_of
from lumbung.core.tables.proposals.deciding import Decision, decide
from lumbung.core.tables.schemas import Constraints, Schema, SchemaField
from lumbung.core.tables.shapes import Note

__all__ = ["ColumnProposal", "Proposal", "propose"]
FEW_CODES = 20
ROWS_A_CODE = 5
LONGEST_CODE = 60
TRUE_WORDS = frozenset({"ya", "true"})


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column as it might be.

    evidence   what speaks for the type, in figures
    against    what speaks against it, or against the type that nearly fits, with the first cells and their rows
    questions  what cannot be known from the cells; until it is answered the column stays what loses nothing
    marks      texts in its cells that mean "no value" in a column of numbers or dates; in a text they may be codes
    """

    field: SchemaField
    evidence: tuple[Note, ...]
    against: tuple[Note, ...] = ()
    questions: tuple[Note, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A schema for a whole table, with its reasons by column."""

    schema: Schema
    columns: tuple[ColumnProposal, ...]

    def to_json(self) -> dict[str, Any]:
        def notes(told: tuple[Note, ...]) -> list[dict[str, Any]]:
            return [{"code": note.code, "params": dict(note.params)} for note in told]

        reasons = [
            {"evidence": notes(each.evidence), "against": notes(each.against), "questions": notes(each.questions)}
            for each in self.columns
        ]
        marks = [list(each.marks) for each in self.columns]
        return {"schema": descriptors.write(self.schema), "reasons": reasons, "marks": marks}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Proposal":
        schema = descriptors.read(told["schema"])
        # Proposals kept before columns had marks of their own tell none.
        marks = told.get("marks") or [[] for _field in schema.fields]
        columns = tuple(
            ColumnProposal(
                field,
                **{word: tuple(Note(**note) for note in notes) for word, notes in reasons.items()},
                marks=tuple(own),
            )
            for field, reasons, own in zip(schema.fields, told["reasons"], marks, strict=True)
        )
        return cls(schema, columns)


def propose(plain: shapes.PlainTable, *, temporary: Path, limits: connections.Limits = connections.USUAL) -> Proposal:
    """A type for every column, argued from all of its cells."""
    room = connections.fitted(limits, len(plain.header))
    with connections.opened(reads=[plain.path], temporary=temporary, limits=room) as connection:
        facts = look(connection, plain)
        columns = tuple(_column(connection, plain, each) for each in facts)
    return Proposal(Schema(tuple(column.field for column in columns)), columns)


def _column(connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, facts: Facts) -> ColumnProposal:
    decision = decide(facts)
    field, evidence = decision.field, list(decision.evidence)
    if field.type == "boolean":
        field = _with_words(field, values_of(connection, plain, facts.name))
    if _may_be_codes(decision, facts):
        values = tuple(value for value, _count in values_of(connection, plain, facts.name))
        if len(values) <= FEW_CODES:
            field = replace(field, constraints=Constraints(enum=values))
            evidence.append(Note("few-values", {"count": len(values), "filled": facts.filled}))
    marks = tuple(sorted(facts.marks))
    if marks:
        # The mark beside a number says that there is none; the same sign in a text may be a code.
        field = field if field.type == "string" else replace(field, missing_values=("", *marks))
        code = "marks-in-text" if field.type == "string" else "marks"
        evidence.append(Note(code, {"marks": " ".join(marks), "count": sum(facts.marks.values())}))
    against = _against(connection, plain, facts, decision)
    return ColumnProposal(field, tuple(evidence), against, decision.questions, marks)


def _may_be_codes(decision: Decision, facts: Facts) -> bool:
    few = facts.distinct <= FEW_CODES * 1.2 and facts.rows >= ROWS_A_CODE * max(1, facts.distinct)
    plain_text = decision.field.type == "string" and not decision.questions and not decision.against
    return (
        plain_text and few and facts.longest <= LONGEST_CODE and not decision.field.is_region_code and facts.filled > 0
    )


def _with_words(field: SchemaField, values: list[tuple[str, int]]) -> SchemaField:
    words = [value for value, _count in values if value.lower() in {"ya", "tidak", "true", "false"}]
    true = tuple(word for word in words if word.lower() in TRUE_WORDS)
    false = tuple(word for word in words if word.lower() not in TRUE_WORDS)
    return replace(field, true_values=true or ("ya",), false_values=false or ("tidak",))


def _against(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, facts: Facts, decision: Decision
) -> tuple[Note, ...]:
    """What speaks against, with the first cells that do."""
    if not decision.odd:
        return decision.against
    seen = first_of(connection, plain, facts.name, decision.odd)
    return (*decision.against, *(Note("cell", {"row": row, "value": value}) for row, value in seen))
