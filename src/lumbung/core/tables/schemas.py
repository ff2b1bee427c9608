"""What a table has to be: columns with type, meaning and constraints. A subset of Frictionless Table Schema v1.

`descriptors` reads and writes the standard JSON; everything the standard has no word for stands there under `lumbung:`.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime", "year", "yearmonth"]
KINDS: tuple[Kind, ...] = ("string", "integer", "number", "boolean", "date", "datetime", "year", "yearmonth")
ORDERED: frozenset[Kind] = frozenset({"integer", "number", "date", "datetime", "year", "yearmonth"})
# What `rdfType` says of a column of region codes (PP.KK.CC.DDDD).
REGION_CODE = "https://schema.org/AdministrativeArea"
TRUE_VALUES = ("true", "True", "TRUE", "1")
FALSE_VALUES = ("false", "False", "FALSE", "0")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; either may be missing."""

    id: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a cell of a column must be. Bounds and lists are canonical texts: "1234.5", "2024-12-31".

    pattern  the whole cell, in RE2 (no look-around, no back-references)
    """

    required: bool = False
    unique: bool = False
    minimum: str | None = None
    maximum: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One column.

    format      "default", or strptime directives for date and datetime
    missing_values  texts that stand for "no value" in this column; None: those of the table
    code_list   key of the code list whose codes alone may stand here (a foreign key of the standard); strings only
    marks       what each value mark beside this column means: {"*": "angka sementara"}
    """

    name: str
    type: Kind = "string"
    format: str = "default"
    title: Words = Words()
    description: Words = Words()
    unit: str = ""
    decimal_char: str = "."
    group_char: str = ""
    true_values: tuple[str, ...] = TRUE_VALUES
    false_values: tuple[str, ...] = FALSE_VALUES
    missing_values: tuple[str, ...] | None = None
    constraints: Constraints = Constraints()
    rdf_type: str = ""
    code_list: str = ""
    code_column: str = "kode"
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_region_code(self) -> bool:
        return self.rdf_type == REGION_CODE


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns in order, the key, and the texts that stand for "no value here" where a column names none."""

    fields: tuple[SchemaField, ...]
    primary_key: tuple[str, ...] = ()
    missing_values: tuple[str, ...] = ("",)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.fields)

    def column(self, name: str) -> SchemaField:
        """The column of a name; KeyError when there is none."""
        return {column.name: column for column in self.fields}[name]

    def missing_in(self, column: SchemaField) -> tuple[str, ...]:
        """The texts that stand for "no value" in a column."""
        return self.missing_values if column.missing_values is None else column.missing_values

    def with_column(self, column: SchemaField) -> "Schema":
        """The same schema with one column said anew."""
        fields = tuple(column if old.name == column.name else old for old in self.fields)
        return dataclasses.replace(self, fields=fields)
