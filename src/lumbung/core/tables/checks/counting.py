"""One pass over the plain file: every rule counted, every column measured, duplicates ruled out or suspected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from lumbung.core.tables import canonical, cell_forms, shapes
from lumbung.core.tables.cell_forms import Digits
from lumbung.core.tables.checks.compiling import Compiled, formula_like
from lumbung.core.tables.checks.reports import ColumnCount, Rule
from lumbung.core.tables.connections import ask, plain_source
from lumbung.core.tables.schemas import Schema

USUAL = Digits(12, 6)


@dataclass(frozen=True, slots=True)
class Key:
    """Columns whose values together may not stand twice, and the rule that says so."""

    columns: tuple[str, ...]
    rule: Rule


@dataclass(frozen=True, slots=True)
class Counts:
    """What one pass told.

    broken     how often each condition of the compiled schema failed, in their order
    suspected  keys that may hold a value twice, each with its rule
    """

    row_count: int
    blank_rows: int
    broken: tuple[int, ...]
    columns: tuple[ColumnCount, ...]
    keyless: int
    suspected: tuple[Key, ...]


def expected_digits(schema: Schema, *, usual: Digits = USUAL) -> dict[str, Digits]:
    """The room numbers are tried with: the usual, or what bounds and lists need."""
    found = {}
    for column in schema.fields:
        told = column.constraints
        values = [value for value in (told.minimum, told.maximum, *told.enum) if value is not None]
        needs = [canonical.digits_of(value) for value in values] if column.type == "number" else []
        found[column.name] = wider(usual, *needs)
    return found


def wider(*needs: Digits) -> Digits:
    """The room that has room for all."""
    return Digits(max(each.whole for each in needs), max(each.scale for each in needs))


def unique_keys(schema: Schema) -> tuple[Key, ...]:
    """What may not stand twice: columns said to be unique, each for itself, and the key of the table."""
    single: tuple[Key, ...] = tuple(Key((each.name,), "unique") for each in schema.fields if each.constraints.unique)
    return (*single, Key(schema.primary_key, "primaryKey")) if schema.primary_key else single


def count(connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, compiled: Compiled) -> Counts:
    """Ask for everything at once."""
    asked = list(_questions(compiled))
    sql = ", ".join(asked)
    answer = iter(ask(connection, f"SELECT {sql} FROM {compiled.layered(plain_source(plain))}")[0])  # noqa: S608
    rows, blank = next(answer), next(answer)
    broken = tuple(next(answer) for _ in compiled.conditions)
    columns = tuple(_column(compiled, place, answer) for place in range(len(compiled.schema.fields)))
    keyless = next(answer) if compiled.schema.primary_key else 0
    keys = unique_keys(compiled.schema)
    return Counts(rows, blank, broken, columns, keyless, tuple(key for key in keys if next(answer) > 0))


def needed_digits(counts: Counts) -> Mapping[str, Digits]:
    """The room the numbers of each column really need."""
    return {column.name: Digits(column.whole, column.scale) for column in counts.columns}


def times(condition: str) -> str:
    """SQL of how often a condition is true; count_if gives NULL for a file without rows."""
    return f"count(*) FILTER (WHERE {condition})"


def _questions(compiled: Compiled) -> Iterator[str]:
    yield from ("count(*)", times("blank"))
    yield from (times(condition.sql) for condition in compiled.conditions)
    for place, column in enumerate(compiled.schema.fields):
        yield f"count(t{place})"
        if column.type == "number":
            yield f"coalesce(max({cell_forms.whole_of(f'f{place}')}), 0)"
            yield f"coalesce(max({cell_forms.scale_of(f'f{place}')}), 0)"
        if column.type == "string":
            yield times(formula_like(place))
    if compiled.schema.primary_key:
        yield times(f"NOT blank AND {_has_no_part(compiled.schema, compiled.schema.primary_key)}")
    for key in unique_keys(compiled.schema):
        # Different fingerprints mean different values; equal ones are looked at again, value by value.
        values, without = _values(compiled.schema, key.columns), _has_no_part(compiled.schema, key.columns)
        yield f"{times(f'NOT {without}')} - count(DISTINCT CASE WHEN NOT {without} THEN hash({values}) END)"


def _values(schema: Schema, key: tuple[str, ...]) -> str:
    return ", ".join(f"v{schema.names.index(name)}" for name in key)


def _has_no_part(schema: Schema, key: tuple[str, ...]) -> str:
    return "(" + " AND ".join(f"v{schema.names.index(name)} IS NULL" for name in key) + ")"


def _column(compiled: Compiled, place: int, answer: Iterator[int]) -> ColumnCount:
    column, filled = compiled.schema.fields[place], next(answer)
    whole, scale = (next(answer), next(answer)) if column.type == "number" else (0, 0)
    risky = next(answer) if column.type == "string" else 0
    return ColumnCount(name=column.name, filled=filled, whole=whole, scale=scale, formula_like=risky)
