"""Values that stand twice: asked only of keys whose fingerprints say it may be so, and then value by value."""

from dataclasses import dataclass

import duckdb

from lumbung.core.tables import shapes
from lumbung.core.tables.checks.compiling import Compiled
from lumbung.core.tables.checks.counting import Key
from lumbung.core.tables.checks.reports import SHOWN, Fault, RuleCount
from lumbung.core.tables.connections import ask, plain_source


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Rows whose key stands in an earlier row too."""

    count: RuleCount
    faults: tuple[Fault, ...]


def find(
    connection: duckdb.DuckDBPyConnection,
    plain: shapes.PlainTable,
    compiled: Compiled,
    *,
    key: Key,
    most: int,
) -> Duplicates | None:
    """Every row but the first of each value; None when the fingerprints had raised a false alarm."""
    places = [compiled.schema.names.index(name) for name in key.columns]
    names = [f"v{place}" for place in places]
    without = " AND ".join(f"{name} IS NULL" for name in names)
    numbered = compiled.layered(plain_source(plain), extra=", row_number() OVER () AS n")
    values = ", ".join(names)
    twice = (
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT {values}, min(n) AS first, count(*) AS times "  # noqa: S608
        f"FROM {numbered} WHERE NOT ({without}) GROUP BY {values} HAVING count(*) > 1"
    )
    ask(connection, twice)
    total = ask(connection, "SELECT coalesce(sum(times - 1), 0)::BIGINT FROM twice")[0][0]
    if not total:
        return None
    same = " AND ".join(f"here.{name} IS NOT DISTINCT FROM twice.{name}" for name in names)
    shown = ", ".join(f"coalesce(here.c{place}, '')" for place in places)
    listed = ask(
        connection,
        f"SELECT n, first, {shown} FROM {numbered} AS here JOIN twice ON {same} "  # noqa: S608 - names are ours
        f"WHERE n > first ORDER BY n LIMIT {int(most)}",
    )
    numbers, told = plain.numbers(), ", ".join(key.columns)
    faults = tuple(
        Fault(
            row=numbers.source_row(row),
            column=told,
            value=" · ".join(cells)[:SHOWN],
            rule=key.rule,
            limit=str(numbers.source_row(first)),
        )
        for row, first, *cells in listed
    )
    return Duplicates(RuleCount(column=told, rule=key.rule, count=total), faults)
