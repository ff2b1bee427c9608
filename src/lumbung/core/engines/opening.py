"""Which engine answers: this machine, unless an address names a cluster."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from lumbung.core.engines.columns import TableShape

ON_A_CLUSTER = ("spark://", "sc://")
SECONDS = 240.0  # a job's lease is five minutes


class Asked(Protocol):
    """What answers expressions about the files it was opened for."""

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """Every row of the answer, in its order."""


@contextmanager
def opened(address: str, tables: Sequence[TableShape], *, temporary: Path, seconds: float = SECONDS) -> Iterator[Asked]:
    """An engine for these tables, within limits of memory and time.

    address  empty: DuckDB in memory; spark://host:port: a cluster, through Spark itself; sc://host:port: through
             Spark Connect. The files have to lie where every machine of the cluster finds them.
    raises   EngineFailed when it cannot answer, NoCluster when the library for it is not installed
    """
    # Each brings libraries only whoever asks it should load.
    name = "spark" if address.startswith(ON_A_CLUSTER) else "duck"
    engine = import_module(f"lumbung.core.engines.{name}")
    with engine.opened(address, tables, temporary=temporary, seconds=seconds) as asked:
        yield asked


class EngineFailed(Exception):  # noqa: N818 - reads as a sentence
    """No answer: too slow, too large, or the cluster is away. The job comes back later."""


class NoCluster(EngineFailed):
    """The library that speaks to a cluster is not installed."""
