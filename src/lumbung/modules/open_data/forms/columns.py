"""The columns of a table: type, rules and meaning of each, beside the evidence they were proposed with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lumbung.core.tables import proposing_words
from lumbung.core.tables.proposals import ColumnProposal, Proposal
from lumbung.core.tables.schemas import REGION_CODE, Constraints, Schema, SchemaField, Words
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms import column_fields, number_ways
from lumbung.modules.open_data.forms.number_ways import NUMBERS, threes_of
from lumbung.modules.open_data.queries import code_lists

SELDOM = frozenset({"format", "decimal", "is_public", *column_fields.IN_WORDS})


@dataclass(frozen=True, slots=True)
class Column:
    """One column on the screen: its fields, and what speaks for and against its type."""

    proposal: ColumnProposal
    fields: tuple[forms.BoundField, ...]
    evidence: tuple[str, ...]
    against: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.proposal.field.name

    @property
    def title(self) -> str:
        """What it is called, for people."""
        title = self.proposal.field.title
        return shape.words({"id": title.id, "en": title.en})

    @property
    def main(self) -> list[forms.BoundField]:
        """What every column needs."""
        return [bound for bound in self.fields if not self._is_seldom(bound)]

    @property
    def further(self) -> list[forms.BoundField]:
        """What few columns need; it stays folded."""
        return [bound for bound in self.fields if self._is_seldom(bound)]

    def _is_seldom(self, bound: forms.BoundField) -> bool:
        part = bound.name.split(".")[1]
        if part == "decimal" and threes_of(self.proposal):
            return False
        return part in SELDOM or (part == "combining" and self.proposal.field.type not in NUMBERS)


class ColumnsForm(forms.Form):
    """Every column of one table at once; the names stay as the reading confirmed them."""

    is_kept = False

    def __init__(self, *args: Any, proposal: Proposal, schema: Schema, told: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal, self.schema, self._told = proposal, schema, told
        published = code_lists.offered()
        self._proposed = {each.field.name: each for each in proposal.columns}
        for column in schema.fields:
            said = told.get(column.name, {})
            found = column_fields.fields_of(self._proposed[column.name], column, said, published)
            self.fields.update({f"{column.name}.{name}": field for name, field in found.items()})

    @property
    def columns(self) -> list[Column]:
        """Columns in the order of the table."""
        return [self._column(each) for each in self.proposal.columns if each.field.name in self.schema.names]

    def _column(self, each: ColumnProposal) -> Column:
        threes = threes_of(each)  # their cells stand beside the choice they are about
        own = [self[name] for name in self.fields if name.split(".")[0] == each.field.name]
        return Column(
            each,
            tuple(own),
            tuple(proposing_words.sentence(note) for note in each.evidence),
            tuple(proposing_words.sentence(note) for note in each.against if not (threes and note.code == "cell")),
            tuple(proposing_words.sentence(note) for note in each.questions),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for column in self.schema.fields:
            self._require_way(column.name)
            self._require_text_for_codes(column.name)
        return cleaned

    def _require_way(self, name: str) -> None:
        """A cell that might be a thousand or a fraction is read by what a person says, never by default."""
        kind, said = (self.cleaned_data.get(f"{name}.{part}", "") for part in ("type", "decimal"))
        threes = threes_of(self._proposed[name])
        if kind in NUMBERS and threes and not number_ways.chosen(said, kind, threes):
            asked = _("Say how these numbers are written. The first cells show what each way means.")
            self.add_error(f"{name}.decimal", asked)

    def _require_text_for_codes(self, name: str) -> None:
        if self.cleaned_data.get(f"{name}.classification") and self.cleaned_data.get(f"{name}.type") != "string":
            asked = _("Codes are text. Choose the type text, so that 01 stays 01 and every cell is checked.")
            self.add_error(f"{name}.type", asked)

    def confirmed(self) -> Schema:
        """The schema as the person confirmed it."""
        return replace(self.schema, fields=tuple(self._field(column) for column in self.schema.fields))

    def _field(self, column: SchemaField) -> SchemaField:
        said = {name: self.cleaned_data[f"{column.name}.{name}"] for name in column_fields.NAMES}
        kind, is_same, written = said["type"], said["type"] == column.type, self._written(column, said)
        return replace(
            column,
            type=kind,
            title=Words(said["label_id"], said["label_en"]),
            description=Words(said["definition_id"], said["definition_en"]),
            unit=said["unit"],
            code_list=said["classification"],
            rdf_type=REGION_CODE if said["classification"] == "wilayah" else "",
            missing_values=column.missing_values if is_same else self._missing(column, kind),
            constraints=replace(column.constraints if is_same else Constraints(), required=said["required"]),
            format=written["format"],
            decimal_char=written["decimal_char"],
            group_char=written["group_char"],
        )

    def _missing(self, column: SchemaField, kind: str) -> tuple[str, ...] | None:
        """Texts that mean "no value" once a column is of another type: the marks in its cells, of a text none."""
        if kind == "string":
            return None
        marks = self._proposed[column.name].marks
        return column.missing_values or (("", *marks) if marks else None)

    def _written(self, column: SchemaField, said: Mapping[str, Any]) -> dict[str, str]:
        """How dates and numbers of a column are written."""
        kind = said["type"]
        written = {"format": "default", "decimal_char": ".", "group_char": ""}
        if kind == "date":
            return written | {"format": said["format"]}
        if kind == "datetime" and column.type == "datetime":
            return written | {"format": column.format}
        if kind in NUMBERS:
            way = number_ways.chosen(said["decimal"], kind, threes_of(self._proposed[column.name]))
            return written | number_ways.signs(column, way)
        return written

    def variables(self) -> dict[str, dict[str, Any]]:
        """The same, in the shape of metadata (MS-Var)."""
        return {column.name: self._variable(column.name) for column in self.schema.fields}

    def _variable(self, name: str) -> dict[str, Any]:
        said = {each: self.cleaned_data[f"{name}.{each}"] for each in column_fields.NAMES}
        # What this form does not show stays.
        return {
            **self._told.get(name, {}),
            "label": {"id": said["label_id"], "en": said["label_en"]},
            "definition": {"id": said["definition_id"], "en": said["definition_en"]},
            "unit": said["unit"],
            "combining": said["combining"] if said["type"] in NUMBERS else "",
            "classification": said["classification"],
            "is_public": said["is_public"],
            **{key: said[key] for key in column_fields.IN_WORDS},
        }


class KeptColumnsForm(ColumnsForm):
    """Columns whose cells stay as published: their type and rules stay as well, their meaning can be said anew."""

    is_kept = True

    def __init__(self, *args: Any, schema: Schema, **kwargs: Any) -> None:
        nothing_new = Proposal(schema, tuple(ColumnProposal(column, evidence=()) for column in schema.fields))
        super().__init__(*args, proposal=nothing_new, schema=schema, **kwargs)
        for name, field in self.fields.items():
            field.disabled = name.split(".")[1] in column_fields.CHECKED

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data
