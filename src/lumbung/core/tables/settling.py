"""Whether the parts of a schema fit together: looked at before any file is."""

import re
from typing import Any

from lumbung.core.base.errors import Refused
from lumbung.core.tables import canonical
from lumbung.core.tables.cell_forms import SHORT_DIGITS, Digits
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.schemas import KINDS, ORDERED, Schema, SchemaField

# The directives a format may hold. Names of months and zones depend on a machine's language and are not taken.
DIRECTIVES = frozenset("YmdyHMSf%")


def settle(schema: Schema) -> Schema:
    """The schema, if its parts fit together; else refused, naming the column and what to say instead."""
    names = schema.names
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _refusal("schema-column-twice", column=twice[0])
    for name in schema.primary_key:
        if name not in names:
            raise _refusal("schema-key-unknown", column=name)
    for column in schema.fields:
        _settle_column(column)
    return schema


def _settle_column(column: SchemaField) -> None:
    if column.type not in KINDS:
        raise _refusal("schema-type", column=column.name, type=column.type, allowed=", ".join(KINDS))
    if not _has_known_format(column):
        raise _refusal("schema-format", column=column.name, format=column.format)
    if column.type in {"integer", "number"} and not _has_clear_signs(column):
        raise _refusal("schema-signs", column=column.name)
    if set(column.true_values) & set(column.false_values):
        raise _refusal("schema-truth", column=column.name)
    if column.code_list and column.type != "string":
        raise _refusal("schema-codes-are-text", column=column.name)
    for word in _unfit_constraints(column):
        raise _refusal("schema-constraint", column=column.name, constraint=word, type=column.type)
    for value in _bounds(column):
        if not _is_canonical(column, value):
            raise _refusal("schema-bound", column=column.name, value=value, type=column.type)


def _has_known_format(column: SchemaField) -> bool:
    if column.format == "default":
        return True
    directives = re.findall(r"%(.?)", column.format, re.DOTALL)
    return column.type in {"date", "datetime"} and bool(directives) and DIRECTIVES.issuperset(directives)


def _has_clear_signs(column: SchemaField) -> bool:
    # A whole number has no decimals, whatever sign stands for them.
    signs = (column.group_char,) if column.type == "integer" else (column.group_char, column.decimal_char)
    fit = len(column.group_char) <= 1 and (column.type == "integer" or len(column.decimal_char) == 1)
    return fit and len(set(signs)) == len(signs) and not any(re.match(r"[\w+\-]", sign) for sign in signs)


def _unfit_constraints(column: SchemaField) -> list[str]:
    """Constraints that say nothing about this type, as the standard has it."""
    told, found = column.constraints, []
    if column.type not in ORDERED:
        found += [word for word in ("minimum", "maximum") if getattr(told, word) is not None]
    if column.type != "string":
        lengths = {"minLength": told.min_length, "maxLength": told.max_length, "pattern": told.pattern}
        found += [word for word, value in lengths.items() if value is not None]
    return found


def _bounds(column: SchemaField) -> list[str]:
    told = column.constraints
    return [value for value in (told.minimum, told.maximum, *told.enum) if value is not None]


def _is_canonical(column: SchemaField, value: str) -> bool:
    try:
        same = canonical.canonical(column, canonical.written(column, value)) == value
    except ValueError:
        return False
    digits = canonical.digits_of(value) if column.type in {"number", "integer"} else Digits(0, 0)
    return same and digits.whole <= SHORT_DIGITS and digits.scale <= SHORT_DIGITS


def _refusal(code: str, **params: Any) -> Refused:
    return Refused(code, SENTENCES[code], field="schema", **params)
