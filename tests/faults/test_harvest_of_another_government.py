"""NTB harvests KSB, which is a second installation of real processes: by its feed, by CKAN and by DCAT."""

import html
import re
import time

import pytest

from lumbung.core.log.models import Peer
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import harvest_sources, harvesting
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import harvested, releases
from tests.cast import NOW
from tests.http_client import Browser
from tests.installation import Installation, free_port

# Minutes of loading before anything is asked: in the heavy run.
pytestmark = [pytest.mark.django_db, pytest.mark.fault, pytest.mark.heavy]
KEY = re.compile(r"<code>([^<\s]+/log)(\+[0-9a-f]{8}\+[^<\s]{44})</code>")


@pytest.fixture
def ksb(installation: Installation, settings) -> str:
    """KSB, served; the address is inside our own network, and allowed."""
    installation.port = free_port()
    address = f"http://127.0.0.1:{installation.port}"
    # The log keeps the name it was begun under, whatever the address.
    origin = {"LUMBUNG_LOG_ORIGIN": "lumbung.localhost/log"}
    installation.settings = {"LUMBUNG_URL": address, "LUMBUNG_WORKERS": "1", **origin}
    installation.start()
    settings.LUMBUNG_HARVEST_INSIDE = [f"127.0.0.1:{installation.port}"]
    _wait_until_its_log_is_signed(installation.port)
    yield address
    installation.stop()


def _wait_until_its_log_is_signed(port: int) -> None:
    """Its worker signs what it holds within a minute; until then the feed says so."""
    deadline = time.monotonic() + 600
    while Browser(port).get("/ksb/data/umpan.json").status != 200:
        assert time.monotonic() < deadline, "the log is never signed"
        time.sleep(0.5)


def test_a_regency_is_harvested_through_its_feed_ckan_and_dcat_alike(people, ksb):
    port = int(ksb.rpartition(":")[2])
    key = KEY.search(html.unescape(Browser(port).get("/catatan-publik/").text))
    assert key, "the page of the log names its key"
    facts = {"title": "KSB", "address": f"{ksb}/log", "since": NOW.date()}
    Peer.objects.create(origin=key[1], key=key[1] + key[2], **facts)
    told = {kind: _harvested(people, kind, address) for kind, address in _addresses(ksb)}
    assert told["lumbung"]
    assert told["lumbung"] == told["ckan"] == told["dcat"]
    first = Listing.objects.filter(harvested_from="KSB lumbung").first()
    assert harvested.remote_of(releases.metadata_of(first.release))["proof"]["proven"]


def _addresses(ksb):
    return [("lumbung", f"{ksb}/ksb"), ("ckan", f"{ksb}/ksb"), ("dcat", f"{ksb}/ksb/catalog.ttl")]


def _harvested(people, kind, address):
    """Title, licence, place and fingerprints of each dataset; the second run over it changes nothing."""
    source = harvest_sources.begin_source(
        portal=people.ntb,
        producer=Organisation.objects.get(code="ksb"),
        key=f"ksb-{kind}",
        title=f"KSB {kind}",
        kind=kind,
        address=f"{address}/" if kind == "ckan" else address,
        every="day",
        by=people.viewer("walidata.ntb"),
        now=NOW,
    )
    first, second = _run(source), _run(source)
    assert (first.state, first.refused, first.new) == ("done", 0, first.seen), first.trouble
    assert (second.new, second.changed, second.unchanged) == (0, 0, first.seen)
    rows = Listing.objects.filter(harvested_from=source.title).select_related("release").order_by("title_id")
    return [(row.title_id, row.licence, row.place, _hashes(row)) for row in rows]


def _hashes(row):
    files = harvested.remote_of(releases.metadata_of(row.release))["files"]
    return {file["sha256"] for file in files if file["format"] == "CSV"}


def _run(source):
    run = harvesting.begin_run(source=source, by=None, now=NOW)
    while run.state == "open":
        run = harvesting.step(run_id=str(run.pk), number=run.step, now=NOW)
    return run
