"""The first faults of single cells, by row. Asked only of a file that has some."""

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from lumbung.core.tables import shapes
from lumbung.core.tables.checks.compiling import Compiled, Condition
from lumbung.core.tables.checks.reports import SHOWN, Fault, Rule
from lumbung.core.tables.connections import ask, plain_source

# Rules about a whole row stand behind those about cells, under the numbers that follow theirs.
ROW_RULES: tuple[Rule, ...] = ("blankRow", "keyMissing")


def first_faults(
    connection: duckdb.DuckDBPyConnection,
    plain: shapes.PlainTable,
    compiled: Compiled,
    *,
    broken: Sequence[Condition],
    row_rules: Sequence[Rule],
    most: int,
) -> list[Fault]:
    """The first `most` faults, and at least one of each rule that failed.

    broken     conditions that failed somewhere
    row_rules  rules about whole rows that failed somewhere
    """
    told = [*broken, *(_row_condition(compiled, rule) for rule in row_rules)]
    if not told:
        return []
    numbered = compiled.layered(plain_source(plain), extra=", row_number() OVER () AS n")
    answer = ask(connection, _question(told, numbered, most))
    faults = list(_faults(plain, told, answer))[:most]
    seen = {(fault.column, fault.rule) for fault in faults}
    unseen = [condition for condition in told if (condition.column, condition.rule) not in seen]
    return faults + [fault for condition in unseen for fault in _only_first(connection, plain, condition, numbered)]


def _row_condition(compiled: Compiled, rule: Rule) -> Condition:
    if rule == "blankRow":
        return Condition(place=-1, column="", rule=rule, sql="blank")
    key = compiled.schema.primary_key
    without = " AND ".join(f"v{compiled.schema.names.index(name)} IS NULL" for name in key)
    return Condition(place=-1, column=", ".join(key), rule=rule, sql=f"NOT blank AND {without}")


def _question(told: Sequence[Condition], numbered: str, most: int) -> str:
    """Row number, then for each condition the cell where it is broken and NULL where it holds."""
    cells = ", ".join(f"CASE WHEN {each.sql} THEN {_shown(each)} END" for each in told)
    anything = " OR ".join(f"coalesce({each.sql}, false)" for each in told)
    return f"SELECT n, {cells} FROM {numbered} WHERE {anything} ORDER BY n LIMIT {int(most)}"  # noqa: S608 - quoted parts


def _shown(condition: Condition) -> str:
    return f"left(coalesce(c{condition.place}, ''), {SHOWN})" if condition.place >= 0 else "''"


def _faults(plain: shapes.PlainTable, told: Sequence[Condition], answer: Sequence[tuple[Any, ...]]) -> Iterator[Fault]:
    numbers = plain.numbers()
    for row, *cells in answer:
        for condition, cell in zip(told, cells, strict=True):
            if cell is not None:
                yield Fault(numbers.source_row(row), condition.column, cell, condition.rule, condition.limit)


def _only_first(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, condition: Condition, numbered: str
) -> list[Fault]:
    return list(_faults(plain, [condition], ask(connection, _question([condition], numbered, 1))))
