"""Compiles a schema to SQL: for each column its cell, its well-formed cell, its value; for each rule a condition."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lumbung.core.tables import canonical, cell_forms
from lumbung.core.tables.cell_forms import Digits
from lumbung.core.tables.checks.reports import Rule
from lumbung.core.tables.connections import name, text
from lumbung.core.tables.schemas import Schema, SchemaField

CodeLists = Mapping[str, Collection[str]]
# What a spreadsheet would take for a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule about single cells: true where it is broken. `place` is the position of its column."""

    place: int
    column: str
    rule: Rule
    sql: str
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A schema as SQL. Names of its expressions: `t3` cell, `f3` well-formed cell, `v3` value of the fourth column."""

    schema: Schema
    digits: Mapping[str, Digits]
    conditions: tuple[Condition, ...]

    def layered(self, source: str, *, extra: str = "") -> str:
        """The source with `t`, `f`, `v` of every column, and `blank` for rows without any value.

        extra  further expressions of the source to carry along, each with a comma before it
        """
        cells = ", ".join(_cell(self.schema, column, place) for place, column in enumerate(self.schema.fields))
        formed = "".join(_formed(column, place) for place, column in enumerate(self.schema.fields))
        values = "".join(
            f", {cell_forms.value(column, f't{place}', f'f{place}', self.digits[column.name])} AS v{place}"
            for place, column in enumerate(self.schema.fields)
        )
        blank = f"coalesce({', '.join(f't{place}' for place in range(len(self.schema.fields)))}) IS NULL AS blank"
        inner = f"SELECT {cells}{extra} FROM {source}"  # noqa: S608 - every name and text is quoted
        return f"(SELECT *{values} FROM (SELECT *, {blank}{formed} FROM ({inner})))"  # noqa: S608 - quoted


def compiled(schema: Schema, *, digits: Mapping[str, Digits], code_lists: CodeLists) -> Compiled:
    """The schema with every rule about single cells."""
    conditions = (
        condition
        for place, column in enumerate(schema.fields)
        for condition in _conditions(column, place, digits[column.name], code_lists)
    )
    return Compiled(schema=schema, digits=digits, conditions=tuple(conditions))


def formula_like(place: int) -> str:
    """SQL: a text a spreadsheet would run. A lone sign is a mark for nil, no formula."""
    first = ", ".join(str(ord(sign)) for sign in RISKY)
    # Every such sign stands before A; comparing is the cheapest question there is.
    return f"CASE WHEN v{place} < 'A' THEN CASE WHEN unicode(v{place}) IN ({first}) THEN strlen(v{place}) > 1 END END"


def _cell(schema: Schema, column: SchemaField, place: int) -> str:
    # An empty cell arrives as NULL, so only an empty text that is *no* missing value has to be brought back.
    cell, none = name(column.name), schema.missing_in(column)
    others = tuple(value for value in none if value)
    missing = f"CASE WHEN {cell} NOT IN {_list(others)} THEN {cell} END" if others else cell
    kept = missing if "" in none else f"CASE WHEN {cell} IS NULL THEN '' ELSE {missing} END"
    return f"{kept} AS t{place}, {cell} AS c{place}"


def _formed(column: SchemaField, place: int) -> str:
    formed = cell_forms.well_formed(column, f"t{place}")
    return "" if formed is None else f", {formed} AS f{place}"


def _conditions(column: SchemaField, place: int, digits: Digits, code_lists: CodeLists) -> Iterator[Condition]:
    for rule, sql, limit in (
        *_of_type(column, place, digits),
        *_of_bounds(column, place, digits),
        *_of_text(column, place),
        *_of_lists(column, place, digits, code_lists),
    ):
        yield Condition(place=place, column=column.name, rule=rule, sql=sql, limit=limit)


def _of_type(column: SchemaField, place: int, digits: Digits) -> Iterator[tuple[Rule, str, str]]:
    cell, formed, value = f"t{place}", f"f{place}", f"v{place}"
    if column.type in {"integer", "number"}:
        yield "type", f"{cell} IS NOT NULL AND {formed} IS NULL", canonical.example(column)
        # Measured in the same pass: room that is not cut has a place for every digit.
        finer = f" OR {cell_forms.scale_of(formed)} > {digits.scale}" if digits.is_cut else ""
        yield "digits", f"{formed} IS NOT NULL AND ({value} IS NULL{finer})", ""
    elif column.type != "string":
        yield "type", f"{cell} IS NOT NULL AND {value} IS NULL", canonical.example(column)
    if column.constraints.required:
        yield "required", f"{cell} IS NULL AND NOT blank", ""


def _of_bounds(column: SchemaField, place: int, digits: Digits) -> Iterator[tuple[Rule, str, str]]:
    told = column.constraints
    if told.minimum is not None:
        yield "minimum", f"v{place} < {_literal(column, told.minimum, digits)}", canonical.written(column, told.minimum)
    if told.maximum is not None:
        yield "maximum", f"v{place} > {_literal(column, told.maximum, digits)}", canonical.written(column, told.maximum)


def _of_text(column: SchemaField, place: int) -> Iterator[tuple[Rule, str, str]]:
    told, value = column.constraints, f"v{place}"
    most = int(told.max_length or 0)
    if told.min_length is not None:
        yield "minLength", f"length({value}) < {int(told.min_length)}", str(told.min_length)
    if told.max_length is not None:
        yield "maxLength", f"CASE WHEN strlen({value}) > {most} THEN length({value}) > {most} END", str(told.max_length)
    if told.pattern is not None:
        yield "pattern", f"NOT regexp_full_match({value}, {text(told.pattern)})", told.pattern


def _of_lists(
    column: SchemaField, place: int, digits: Digits, code_lists: CodeLists
) -> Iterator[tuple[Rule, str, str]]:
    told = column.constraints
    if told.enum:
        allowed = ", ".join(_literal(column, each, digits) for each in told.enum)
        shown = ", ".join(canonical.written(column, each) for each in told.enum)
        yield "enum", f"v{place} NOT IN ({allowed})", shown
    if column.code_list:
        codes = tuple(sorted(code_lists[column.code_list]))
        known = f"v{place} NOT IN {_list(codes)}" if codes else f"v{place} IS NOT NULL"
        yield "codeList", known, column.code_list


def _literal(column: SchemaField, value: str, digits: Digits) -> str:
    """A bound or a member of a list, typed as the column is."""
    kind = cell_forms.sql_type(column, digits)
    kind = "HUGEINT" if kind == "BIGINT" and len(value) > 18 else kind
    return text(value) if kind == "VARCHAR" else f"CAST({text(value)} AS {kind})"


def _list(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(text(each) for each in values) + ")"
