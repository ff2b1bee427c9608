"""A small declared table of two places, whose rows a test sets, and what brings it into the catalogue."""

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.declarations import Column, Dataset
from lumbung.core.datasets import actions, registry
from lumbung.core.jobs import runner
from lumbung.modules.open_data.tests.remote_portal import Remote


class Wells:
    """The records behind the table."""

    def __init__(self):
        self.cells = [("52.10", 3)]

    def rows(self, as_of, place):
        return [{"as_of": clock.local_day(as_of), "code": code, "count": count} for code, count in self.cells]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path
    settings.LUMBUNG_ROW_COPIES = tmp_path / "row-copies"
    settings.LUMBUNG_WORKBOOKS = tmp_path / "workbooks"


@pytest.fixture
def wells(people):
    held = Wells()
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
def publish(wells):
    """Publish the table of NTB, and do what follows from it."""

    def now(moment=NOW):
        version = actions.publish_on_schedule(dataset_key="wells", place="52", now=moment)
        runner.run_due()
        return version

    return now


@pytest.fixture
def remote(settings):
    """A portal of somebody else, inside our own network: an administrator has allowed it."""
    held = Remote()
    settings.LUMBUNG_HARVEST_INSIDE = [held.socket]
    yield held
    held.end()
