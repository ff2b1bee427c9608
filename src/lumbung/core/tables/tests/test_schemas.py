"""A schema goes to the standard JSON and back unchanged; what does not fit together is refused with its way out."""

import json
from dataclasses import replace

import pytest
from frictionless import Schema as TheirSchema
from hypothesis import given, settings
from hypothesis import strategies as some

from lumbung.core.base.errors import Refused
from lumbung.core.tables import canonical, descriptors
from lumbung.core.tables.schemas import REGION_CODE, Constraints, Schema, SchemaField, Words

NAMES = some.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
TEXTS = some.text(max_size=20)
BOUNDS = {
    "integer": some.integers(-(10**12), 10**12).map(str),
    "number": some.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(lambda value: format(value, "f")),
    "date": some.dates().map(str),
    "datetime": some.datetimes().map(lambda value: value.replace(microsecond=0).isoformat(" ")),
    "year": some.integers(0, 9999).map(lambda value: f"{value:04d}"),
}


@some.composite
def columns(draw, name):
    kind = draw(some.sampled_from(["string", "boolean", *BOUNDS]))
    told = {"required": draw(some.booleans()), "unique": draw(some.booleans())}
    if kind in BOUNDS:
        told |= {"minimum": draw(some.none() | BOUNDS[kind]), "maximum": draw(some.none() | BOUNDS[kind])}
        told |= {"enum": tuple(draw(some.lists(BOUNDS[kind], max_size=3)))}
    if kind == "string":
        told |= {"pattern": draw(some.none() | TEXTS), "min_length": draw(some.none() | some.integers(0, 9))}
    signs = draw(some.sampled_from([(".", ""), (",", "."), (",", ""), (".", ",")])) if kind == "number" else (".", "")
    return SchemaField(
        name,
        type=kind,
        format=draw(some.sampled_from(["default", "%d/%m/%Y", "%Y%m%d"])) if kind == "date" else "default",
        title=Words(draw(TEXTS), draw(TEXTS)),
        description=Words(draw(TEXTS), draw(TEXTS)),
        unit=draw(TEXTS),
        decimal_char=signs[0],
        group_char=signs[1],
        constraints=Constraints(**told),
        rdf_type=draw(some.sampled_from(["", REGION_CODE])),
        code_list=draw(some.sampled_from(["", "wilayah"])) if kind == "string" else "",
        marks=draw(some.dictionaries(some.sampled_from("*rx"), TEXTS, max_size=2)),
    )


@some.composite
def schemas(draw):
    names = draw(some.lists(NAMES, min_size=1, max_size=4, unique=True))
    key = tuple(draw(some.lists(some.sampled_from(names), max_size=2, unique=True)))
    missing = tuple(draw(some.lists(some.sampled_from(["", "-", "NA"]), unique=True)))
    return Schema(tuple(draw(columns(name)) for name in names), primary_key=key, missing_values=missing)


@settings(max_examples=60, deadline=None)
@given(schemas())
def test_a_schema_goes_to_json_and_back_unchanged(schema):
    assert descriptors.read(json.loads(json.dumps(descriptors.write(schema)))) == schema


@settings(max_examples=15, deadline=None)
@given(schemas())
def test_frictionless_takes_what_we_write(schema):
    assert TheirSchema.from_descriptor(descriptors.write(schema)).field_names == list(schema.names)


def test_bounds_stand_in_the_descriptor_as_in_the_file_and_in_the_schema_as_one_canonical_text():
    told = {"fields": [{"name": "n", "type": "number", "decimalChar": ",", "groupChar": "."}]}
    told["fields"] += [{"name": "d", "type": "date", "format": "fmt:%d/%m/%Y"}]
    told["fields"][0]["constraints"] = {"minimum": "1.234,50", "maximum": 99999.5}
    told["fields"][1]["constraints"] = {"minimum": "31/12/2024"}
    schema = descriptors.read(told)
    assert (schema.column("n").constraints.minimum, schema.column("n").constraints.maximum) == ("1234.50", "99999.5")
    assert schema.column("d").constraints.minimum == "2024-12-31"
    assert descriptors.write(schema)["fields"][1]["constraints"] == {"minimum": "31/12/2024"}


def test_keys_of_the_standard_may_be_one_text_or_a_list():
    fields = [{"name": "kode"}]
    key = {"fields": "kode", "reference": {"resource": "wilayah", "fields": "kode"}}
    schema = descriptors.read({"fields": fields, "primaryKey": "kode", "foreignKeys": [key]})
    assert schema.primary_key == ("kode",)
    assert schema.column("kode").code_list == "wilayah"


GOOD = SchemaField("k", "number")


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (replace(GOOD, type="money"), "schema-type"),
        (replace(GOOD, type="date", format="%d %B %Y"), "schema-format"),
        (replace(GOOD, type="date", format="any"), "schema-format"),
        (replace(GOOD, decimal_char=",", group_char=","), "schema-signs"),
        (replace(GOOD, decimal_char="5"), "schema-signs"),
        (replace(GOOD, constraints=Constraints(pattern="a")), "schema-constraint"),
        (replace(GOOD, constraints=Constraints(minimum="1,5")), "schema-bound"),
        (replace(GOOD, constraints=Constraints(minimum="1" * 30)), "schema-bound"),
        (replace(GOOD, type="integer", code_list="wilayah"), "schema-codes-are-text"),
        (replace(GOOD, type="boolean", true_values=("1",), false_values=("1",)), "schema-truth"),
        (replace(GOOD, type="string", constraints=Constraints(minimum="1")), "schema-constraint"),
    ],
)
def test_a_column_whose_parts_do_not_fit_is_refused_by_name(column, code):
    with pytest.raises(Refused) as caught:
        descriptors.read(descriptors.write(Schema((column,))))
    assert caught.value.code == code
    assert "k" in caught.value.sentence


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, "schema-no-fields"),
        ({"fields": []}, "schema-no-fields"),
        ({"fields": [{"type": "string"}]}, "schema-no-name"),
        ({"fields": [{"name": "a"}, {"name": "a"}]}, "schema-column-twice"),
        ({"fields": [{"name": "a"}], "primaryKey": "b"}, "schema-key-unknown"),
        ({"fields": [{"name": "a", "type": "number", "bareNumber": False}]}, "schema-bare-number"),
        ({"fields": [{"name": "a", "type": "number", "constraints": {"minimum": "x"}}]}, "schema-bound"),
        ({"fields": [{"name": "a", "constraints": {"exclusiveMinimum": 1}}]}, "schema-constraint"),
        ({"fields": [{"name": "a"}], "foreignKeys": [{"fields": ["a", "b"]}]}, "schema-foreign-key"),
    ],
)
def test_a_descriptor_we_would_not_keep_whole_is_refused(told, code):
    with pytest.raises(Refused) as caught:
        descriptors.read(told)
    assert caught.value.code == code
    assert caught.value.sentence


def test_types_of_the_standard_that_we_do_not_check_are_kept_as_text():
    assert (
        descriptors.read({"fields": [{"name": "a", "type": "geopoint", "format": "array"}]}).fields[0].type == "string"
    )


@pytest.mark.parametrize("column", [GOOD, replace(GOOD, type="date", format="%d/%m/%Y"), replace(GOOD, type="boolean")])
def test_the_example_we_show_is_well_formed(column):
    shown = canonical.example(column).split(" / ")[0]
    assert canonical.canonical(column, shown)
