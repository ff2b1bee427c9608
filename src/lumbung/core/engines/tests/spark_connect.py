"""A server that speaks Spark's words and needs no Java, for tests that ask a cluster."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def served() -> Iterator[str]:
    """While this lasts it answers at this address."""
    from pysail.spark import SparkConnectServer  # noqa: PLC0415 - slow to import

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


def a_program_not_a_doctest(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyspark takes a process without a main file, as workers of pytest-xdist are, for one of its own doctests."""
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
