"""Checks a plain file against its schema with DuckDB: one pass when all is well, a second to say where it is not."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from lumbung.core.base.errors import Refused
from lumbung.core.tables import connections, shapes
from lumbung.core.tables.cell_forms import Digits
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.checks import counting, duplicates, listing
from lumbung.core.tables.checks.compiling import CodeLists, Compiled, compiled
from lumbung.core.tables.checks.counting import Counts
from lumbung.core.tables.checks.reports import ColumnCount, Fault, Report, Rule, RuleCount
from lumbung.core.tables.schemas import Schema

__all__ = ["ColumnCount", "Fault", "Report", "Rule", "RuleCount", "check"]
MOST_LISTED = 1000


def check(
    plain: shapes.PlainTable,
    schema: Schema,
    *,
    code_lists: CodeLists | None = None,
    temporary: Path,
    most: int = MOST_LISTED,
    limits: connections.Limits = connections.USUAL,
) -> Report:
    """The verdict on every cell: faults counted by column and rule, the first `most` of them listed by row.

    code_lists  the codes of each list a column of the schema names
    temporary   a folder for what does not fit into memory
    raises      Refused when schema and file have other columns, a code list is missing, or a pattern is no RE2
    """
    _refuse_other_columns(plain, schema)
    lists = code_lists or {}
    _refuse_missing_lists(schema, lists)
    room = connections.fitted(limits, len(plain.header))
    with connections.opened(reads=[plain.path], temporary=temporary, limits=room) as connection:
        _refuse_bad_patterns(connection, schema)
        rules, counts = _counted(connection, plain, schema, lists)
        _refuse_other_rows(plain, counts)
        return _report(connection, plain, rules, counts, most)


def _counted(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, schema: Schema, lists: CodeLists
) -> tuple[Compiled, Counts]:
    """Counted with the usual room for numbers, and once more if some number needs more than that."""
    digits = counting.expected_digits(schema)
    rules = compiled(schema, digits=digits, code_lists=lists)
    counts = counting.count(connection, plain, rules)
    if all(counting.wider(digits[name], room) == digits[name] for name, room in counting.needed_digits(counts).items()):
        return rules, counts
    least = counting.expected_digits(schema, usual=Digits(1, 0))
    need = {name: counting.wider(least[name], room).fitted() for name, room in counting.needed_digits(counts).items()}
    rules = compiled(schema, digits=need, code_lists=lists)
    return rules, counting.count(connection, plain, rules)


def _report(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, rules: Compiled, counts: Counts, most: int
) -> Report:
    broken = [
        (each, count) for each, count in zip(rules.conditions, counts.broken, strict=True) if count
    ]  # fmt: skip
    totals = [RuleCount(each.column, each.rule, count, each.limit) for each, count in broken]
    whole = _row_counts(rules.schema, counts)
    faults = listing.first_faults(
        connection,
        plain,
        rules,
        broken=[each for each, _count in broken],
        row_rules=[each.rule for each in whole],
        most=most,
    )
    for key in counts.suspected:
        twice = duplicates.find(connection, plain, rules, key=key, most=most)
        if twice:
            totals.append(twice.count)
            faults.extend(twice.faults)
    return Report(
        sha256=plain.sha256,
        row_count=counts.row_count,
        columns=tuple(_fitted(each, rules.digits[each.name]) for each in counts.columns),
        counts=(*totals, *whole),
        faults=_first(faults, most),
    )


def _row_counts(schema: Schema, counts: Counts) -> list[RuleCount]:
    told: list[tuple[str, Rule, int]] = [("", "blankRow", counts.blank_rows)]
    told.append((", ".join(schema.primary_key), "keyMissing", counts.keyless))
    return [RuleCount(column, rule, count) for column, rule, count in told if count]


def _fitted(column: ColumnCount, digits: Digits) -> ColumnCount:
    """Beyond 38 digits there is no room: what is left over has been told as faults."""
    fitted = Digits(column.whole, column.scale).fitted()
    return ColumnCount(column.name, column.filled, fitted.whole, min(fitted.scale, digits.scale), column.formula_like)


def _first(faults: Sequence[Fault], most: int) -> tuple[Fault, ...]:
    """The first by row, but never so that a rule that failed is not seen at all."""
    in_order = sorted(faults, key=lambda fault: fault.row)
    kept, late = in_order[:most], in_order[most:]
    seen = {(fault.column, fault.rule) for fault in kept}
    for fault in late:
        if (fault.column, fault.rule) not in seen:
            seen.add((fault.column, fault.rule))
            kept.append(fault)
    return tuple(kept)


def _refuse_other_columns(plain: shapes.PlainTable, schema: Schema) -> None:
    if plain.header == schema.names:
        return
    absent = sorted(set(schema.names) - set(plain.header))
    extra = sorted(set(plain.header) - set(schema.names))
    if not absent and not extra:
        raise Refused("columns-in-other-order", SENTENCES["columns-in-other-order"], expected=", ".join(schema.names))
    raise Refused(
        "columns-differ", SENTENCES["columns-differ"], absent=", ".join(absent) or "–", extra=", ".join(extra) or "–"
    )


def _refuse_missing_lists(schema: Schema, lists: CodeLists) -> None:
    for column in schema.fields:
        if column.code_list and column.code_list not in lists:
            raise Refused(
                "code-list-missing", SENTENCES["code-list-missing"], column=column.name, code_list=column.code_list
            )


def _refuse_bad_patterns(connection: duckdb.DuckDBPyConnection, schema: Schema) -> None:
    for column in schema.fields:
        pattern = column.constraints.pattern
        if pattern is None:
            continue
        try:
            connection.execute("SELECT regexp_full_match('', ?)", [pattern]).fetchall()
        except duckdb.InvalidInputException as error:
            raise Refused(
                "pattern-not-re2", SENTENCES["pattern-not-re2"], column=column.name, pattern=pattern
            ) from error


def _refuse_other_rows(plain: shapes.PlainTable, counts: Counts) -> None:
    if counts.row_count != plain.row_count:
        raise Refused("plain-file-damaged", SENTENCES["plain-file-damaged"])
