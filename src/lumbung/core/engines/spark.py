"""A Spark cluster: the same expressions, asked in Spark's words. Its library is an extra (`lumbung[spark]`)."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.config import Config

from lumbung.core.engines.aggregates import Expression
from lumbung.core.engines.columns import TableShape
from lumbung.core.engines.opening import EngineFailed, NoCluster

# A sum that has no room fails, as it does in DuckDB; moments have no zone.
USUAL = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
NAME = "lumbung"


class Words(Config):  # type: ignore[misc]
    """What Ibis sets for itself where it speaks to Spark alone; here it only writes Spark's words."""

    treat_nan_as_null: bool = False


ibis.options.pyspark = Words()


class Spark:
    """Asks one session."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def rows(self, expression: Expression) -> list[tuple[Any, ...]]:
        """Every row of the answer, in its order."""
        try:
            return [tuple(row) for row in self._session.sql(sql_of(expression)).collect()]
        except Exception as error:
            raise EngineFailed(type(error).__name__) from error


def sql_of(expression: Expression) -> str:
    """What Spark is asked."""
    return str(PySparkCompiler().to_sqlglot(expression).sql("spark"))


@contextmanager
def opened(address: str, tables: Sequence[TableShape], *, temporary: Path, seconds: float) -> Iterator[Spark]:
    """A session with one view a table, stopped when its time is over. What does not fit spills on the cluster."""
    session = _session(address)
    over = threading.Timer(seconds, _stop_asking, [session])
    over.daemon = True
    over.start()
    try:
        for each in tables:
            _see(session, each)
        yield Spark(session)
    finally:
        over.cancel()
        session.stop()


def _see(session: Any, each: TableShape) -> None:
    try:
        session.read.parquet(str(each.path)).toDF(*each.places).createOrReplaceTempView(each.name)
    except Exception as error:
        raise EngineFailed(type(error).__name__) from error


def _session(address: str) -> Any:
    try:
        builder = import_module("pyspark.sql").SparkSession.builder
        named = builder.remote(address) if address.startswith("sc://") else builder.master(address).appName(NAME)
    except (ImportError, RuntimeError) as error:
        raise NoCluster(
            f"LUMBUNG_ENGINE={address} needs the extra lumbung[spark] (docs/howto/use-a-spark-cluster.md)"
        ) from error
    for key, value in USUAL.items():
        named = named.config(key, value)
    try:
        return named.getOrCreate()
    except Exception as error:
        raise EngineFailed(type(error).__name__) from error


def _stop_asking(session: Any) -> None:
    if hasattr(session, "interruptAll"):
        session.interruptAll()
    else:
        session.sparkContext.cancelAllJobs()
