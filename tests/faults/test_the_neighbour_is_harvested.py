"""What `make run` shows: NTB harvests KSB, a second installation that loads and serves in processes of its own."""

import contextlib
import os
import signal
import time

import pytest

from lumbung.site import neighbour
from tests.http_client import Browser
from tests.installation import Installation

# Minutes of loading before anything is harvested: in the heavy run.
pytestmark = [pytest.mark.fault, pytest.mark.heavy]
SECONDS = 1_200


@pytest.fixture
def ksb(installation: Installation):
    """The second installation, begun by the first as for people; whatever of it is left is ended."""
    beside = Installation(installation.home / neighbour.FOLDER)
    try:
        installation.start("demo", "--serve", "--second")
        yield beside
        installation.stop()
    finally:
        for pid in beside.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_every_dataset_of_the_neighbour_stands_in_the_catalogue_with_its_proof(installation, ksb):
    until_harvested(installation)
    there = ksb.rows("SELECT title_id FROM open_data_listing ORDER BY title_id")
    here = installation.rows(
        f"SELECT title_id FROM open_data_listing WHERE harvested_from = '{neighbour.TITLE}' ORDER BY title_id"
    )
    assert here == there
    assert len(here) >= neighbour.DATASETS // 2
    (counted,) = installation.rows("SELECT state, new, refused, missing FROM open_data_harvestrun")
    assert counted == ("done", len(here), 0, 0)
    for (metadata,) in installation.rows(
        "SELECT metadata FROM open_data_release WHERE id IN"
        " (SELECT release_id FROM open_data_listing WHERE harvested_from <> '')"
    ):
        assert '"proven":true' in metadata
    assert neighbour.TITLE in Browser(installation.port).get("/ntb/data/").text


def until_harvested(installation):
    """The neighbour has loaded, was met, and the run over it is over."""
    deadline = time.monotonic() + SECONDS
    ended = "SELECT count(*) FROM open_data_harvestrun WHERE state <> 'open'"
    while not (installation.home / neighbour.MET).exists() or not installation.value(ended):
        assert time.monotonic() < deadline, (installation.home / "server.log").read_text()[-2_000:]
        time.sleep(1)
