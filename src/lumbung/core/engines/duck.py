"""DuckDB in memory: may open the files it is asked about and no other."""

import threading
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
AGAIN_SECONDS = 0.05


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
        _stopped_after(connection, seconds),
    ):
        for each in tables:
            source = connections.text(str(each.path))
            connection.execute(f"CREATE VIEW {each.name}({', '.join(each.places)}) AS FROM read_parquet({source})")
        yield Duck(connection)


@contextmanager
def _stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    done = threading.Event()

    def watch() -> None:
        # Again and again: an interrupt that falls between two statements is lost.
        over = done.wait(seconds)
        while not over:
            connection.interrupt()
            over = done.wait(AGAIN_SECONDS)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
