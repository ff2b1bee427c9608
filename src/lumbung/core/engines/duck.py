"""DuckDB in memory: may open the files it is asked about and no other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from lumbung.core.engines.aggregates import Expression
from lumbung.core.engines.columns import TableShape
from lumbung.core.engines.opening import EngineFailed
from lumbung.core.tables import connections

LIMITS = connections.Limits(memory_mb=400, threads=2)


class Duck:
    """Asks one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, expression: Expression) -> list[tuple[Any, ...]]:
        """Every row of the answer, in its order."""
        try:
            return self._connection.execute(sql_of(expression)).fetchall()
        except duckdb.Error as error:
            raise EngineFailed(type(error).__name__) from error


def sql_of(expression: Expression) -> str:
    """What DuckDB is asked."""
    return str(DuckDBCompiler().to_sqlglot(expression).sql("duckdb"))


@contextmanager
def opened(_address: str, tables: Sequence[TableShape], *, temporary: Path, seconds: float) -> Iterator[Duck]:
    """A connection with one view a table, stopped when its time is over."""
    limits = connections.fitted(LIMITS, max(len(each.types) for each in tables))
    paths = [each.path for each in tables]
    with (
        connections.opened(reads=paths, temporary=temporary, limits=limits) as connection,
        connections.stopped_after(connection, seconds),
    ):
        for each in tables:
            source = connections.text(str(each.path))
            connection.execute(f"CREATE VIEW {each.name}({', '.join(each.places)}) AS FROM read_parquet({source})")
        yield Duck(connection)
