"""A schema as the JSON of Frictionless Table Schema v1, and back unchanged.

What the standard has no word for stands under `lumbung:`; a reader that does not know it passes over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from lumbung.core.base.errors import Refused
from lumbung.core.tables import canonical
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.schemas import (
    FALSE_VALUES,
    TRUE_VALUES,
    Constraints,
    Kind,
    Schema,
    SchemaField,
    Words,
)
from lumbung.core.tables.settling import settle

OURS = "lumbung:"
# Types of the standard outside our subset whose cells can be kept as text without loss.
KEPT_AS_TEXT = frozenset({"any", "time", "duration", "geopoint", "geojson", "object", "array", "list"})
LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}


def write(schema: Schema) -> dict[str, Any]:
    """The standard descriptor."""
    told: dict[str, Any] = {"fields": [_written_field(column) for column in schema.fields]}
    told["missingValues"] = list(schema.missing_values)
    if schema.primary_key:
        told["primaryKey"] = list(schema.primary_key)
    keys = [_written_key(column) for column in schema.fields if column.code_list]
    return {**told, "foreignKeys": keys} if keys else told


def read(told: Mapping[str, Any]) -> Schema:
    """The schema a descriptor says, of ours or of somebody else's.

    raises  Refused naming the column when it says something this subset does not keep
    """
    if not isinstance(told, Mapping) or not isinstance(told.get("fields"), Sequence) or not told["fields"]:
        raise Refused("schema-no-fields", SENTENCES["schema-no-fields"], field="schema")
    keys = _read_keys(told.get("foreignKeys") or ())
    return settle(
        Schema(
            fields=tuple(_read_field(column, keys) for column in told["fields"]),
            primary_key=_texts(told.get("primaryKey") or ()),
            missing_values=_texts(told.get("missingValues", ("",))),
        )
    )


def _written_field(column: SchemaField) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": column.type}
    told |= {"format": column.format} if column.format != "default" else {}
    told |= {"title": column.title.id or column.title.en} if column.title != Words() else {}
    told |= {"description": column.description.id or column.description.en} if column.description != Words() else {}
    told |= {"rdfType": column.rdf_type} if column.rdf_type else {}
    told |= {} if column.missing_values is None else {"missingValues": list(column.missing_values)}
    told |= _written_signs(column)
    constraints = _written_constraints(column)
    return {**told, **({"constraints": constraints} if constraints else {}), **_written_ours(column)}


def _written_signs(column: SchemaField) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if column.type == "number":
        told |= {"decimalChar": column.decimal_char} if column.decimal_char != "." else {}
    if column.type in {"integer", "number"}:
        told |= {"groupChar": column.group_char} if column.group_char else {}
    if column.type == "boolean" and (column.true_values, column.false_values) != (TRUE_VALUES, FALSE_VALUES):
        told |= {"trueValues": list(column.true_values), "falseValues": list(column.false_values)}
    return told


def _written_constraints(column: SchemaField) -> dict[str, Any]:
    said = column.constraints
    told: dict[str, Any] = {word: True for word in ("required", "unique") if getattr(said, word)}
    for word in ("minimum", "maximum"):
        if getattr(said, word) is not None:
            told[word] = _written_value(column, getattr(said, word))
    for word, attribute in LENGTHS.items():
        if getattr(said, attribute) is not None:
            told[word] = getattr(said, attribute)
    told |= {"pattern": said.pattern} if said.pattern is not None else {}
    told |= {"enum": [_written_value(column, value) for value in said.enum]} if said.enum else {}
    return told


def _written_value(column: SchemaField, value: str) -> Any:
    if column.type in {"integer", "year"}:
        return int(value)
    return canonical.written(column, value)


def _written_ours(column: SchemaField) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": asdict(column.title) if column.title != Words() else None,
        "description": asdict(column.description) if column.description != Words() else None,
        "unit": column.unit,
        "codeList": column.code_list,
        "marks": dict(column.marks),
    }
    return {OURS + word: value for word, value in told.items() if value}


def _written_key(column: SchemaField) -> dict[str, Any]:
    reference = {"resource": column.code_list, "fields": [column.code_column]}
    return {"fields": [column.name], "reference": reference}


def _read_field(told: Any, keys: Mapping[str, tuple[str, str]]) -> SchemaField:
    if not isinstance(told, Mapping) or not isinstance(told.get("name"), str):
        raise Refused("schema-no-name", SENTENCES["schema-no-name"], field="schema")
    kind = told.get("type", "string")
    if told.get("bareNumber") is False:
        raise _refusal("schema-bare-number", told)
    code_list, code_column = keys.get(told["name"], (told.get(OURS + "codeList", ""), "kode"))
    bare = SchemaField(
        name=told["name"],
        type=_kind(kind),
        format="default" if kind in KEPT_AS_TEXT or kind == "string" else _format(told),
        title=_words(told, "title"),
        description=_words(told, "description"),
        unit=str(told.get(OURS + "unit", "")),
        decimal_char=str(told.get("decimalChar", ".")),
        group_char=str(told.get("groupChar", "")),
        true_values=_texts(told.get("trueValues", TRUE_VALUES)),
        false_values=_texts(told.get("falseValues", FALSE_VALUES)),
        missing_values=_texts(told["missingValues"]) if "missingValues" in told else None,
        rdf_type=str(told.get("rdfType", "")),
        code_list=code_list,
        code_column=code_column,
        marks=dict(told.get(OURS + "marks", {})),
    )
    return _with_constraints(bare, told.get("constraints") or {})


def _kind(told: Any) -> Kind:
    return "string" if told in KEPT_AS_TEXT else told


def _format(told: Mapping[str, Any]) -> str:
    # Old descriptors wrote strptime formats as "fmt:%d/%m/%Y".
    return str(told.get("format") or "default").removeprefix("fmt:")


def _words(told: Mapping[str, Any], word: str) -> Words:
    ours = told.get(OURS + word)
    if isinstance(ours, Mapping):
        return Words(id=str(ours.get("id", "")), en=str(ours.get("en", "")))
    return Words(id=str(told.get(word) or ""))


def _with_constraints(column: SchemaField, said: Mapping[str, Any]) -> SchemaField:
    settle(Schema((column,)))  # the form of a bound is known only once type and signs are
    unknown = set(said) - {"required", "unique", "minimum", "maximum", "pattern", "enum", *LENGTHS}
    if unknown:
        raise Refused(
            "schema-constraint", SENTENCES["schema-constraint"], field="schema",
            column=column.name, constraint=min(unknown), type=column.type,
        )  # fmt: skip
    bounds: dict[str, Any] = {
        word: _value(column, said[word]) for word in ("minimum", "maximum") if said.get(word) is not None
    }
    bounds |= {name: int(said[word]) for word, name in LENGTHS.items() if said.get(word) is not None}
    constraints = Constraints(
        required=bool(said.get("required")),
        unique=bool(said.get("unique")),
        pattern=said.get("pattern"),
        enum=tuple(_value(column, each) for each in said.get("enum") or ()),
        **bounds,
    )
    return replace(column, constraints=constraints)


def _value(column: SchemaField, told: Any) -> str:
    try:
        return canonical.canonical(column, told)
    except canonical.BadValue as error:
        raise Refused(
            "schema-bound", SENTENCES["schema-bound"], field="schema", column=column.name, value=told, type=column.type
        ) from error


def _read_keys(told: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """Code lists by column, from foreign keys of one column."""
    found = {}
    for key in told:
        columns, reference = _texts(key.get("fields", ())), key.get("reference", {})
        there = _texts(reference.get("fields", ()))
        if len(columns) != 1 or len(there) != 1 or not reference.get("resource"):
            raise Refused("schema-foreign-key", SENTENCES["schema-foreign-key"], field="schema")
        found[columns[0]] = (str(reference["resource"]), there[0])
    return found


def _texts(told: Any) -> tuple[str, ...]:
    """A text, or a list of them, as the standard allows for keys."""
    return (told,) if isinstance(told, str) else tuple(str(each) for each in told)


def _refusal(code: str, told: Mapping[str, Any]) -> Refused:
    return Refused(code, SENTENCES[code], field="schema", column=told["name"])
