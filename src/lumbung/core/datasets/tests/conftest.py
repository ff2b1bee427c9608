"""A small table of two places, whose rows a test sets."""

from datetime import UTC, datetime

import pytest

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.declarations import Column, Dataset
from lumbung.core.datasets import registry

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)


class Table:
    """The records behind the table."""

    def __init__(self):
        self.cells = [("52.10", 3)]

    def rows(self, as_of, place):
        return [{"as_of": clock.local_day(as_of), "code": code, "count": count} for code, count in self.cells]


@pytest.fixture
def table():
    held = Table()
    dataset = Dataset(
        key="wells",
        title="Wells",
        summary="Public wells.",
        columns=(Column("as_of", "Day", "date"), Column("code", "Code"), Column("count", "Count", "integer")),
        rows=held.rows,
        places=lambda: {"52": "ntb", "52.07": "ksb"},
        disclosure="public_records",
    )
    registry.register(dataset)
    yield held
    registry._datasets.pop("wells")


@pytest.fixture
def steward():
    return Viewer(held=(HeldRole("administrator", "", ""),))
