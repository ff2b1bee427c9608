"""Benchmarks are run by hand, on a quiet machine: what they call has to be there when somebody does."""

import importlib

import pytest

from tests.guards.tree import ROOT


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py")))
def test_a_benchmark_finds_what_it_calls(name):
    importlib.import_module(f"benchmarks.{name}")
