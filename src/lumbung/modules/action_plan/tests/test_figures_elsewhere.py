"""A figure is told by itself, proven by itself, and shown beside the commitment it measures as long as it is told."""

import copy
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.datasets import actions as datasets
from lumbung.core.events import registry as events
from lumbung.core.federation import actions as federation
from lumbung.core.federation import feeds
from lumbung.core.federation import queries as told
from lumbung.core.federation.models import PeerFeed, RemoteItem
from lumbung.core.indicators import registry
from lumbung.core.indicators.models import IndicatorResult
from lumbung.core.links import actions as links
from lumbung.core.links.actions import End
from lumbung.core.links.models import Link
from lumbung.core.log import actions as log
from lumbung.core.log import signing, watching
from lumbung.core.log.models import Peer
from lumbung.modules.action_plan.queries import publishing, remote_figures

pytestmark = pytest.mark.django_db
PAGE, KEY = "/ntb/rencana-aksi/", "reports.on_time_share"
NAME = f"{KEY}:52"


@pytest.fixture
def computed(people, settings, tmp_path):
    """A figure of the province: 62% of 120 reports, three archived."""
    settings.LUMBUNG_DATASETS = tmp_path
    version = datasets.publish_on_schedule(dataset_key="reports_public", place="52", now=NOW)
    return add(version, Decimal("0.62"))


def add(version, value, *, key=KEY):
    return IndicatorResult.objects.create(
        indicator_key=key,
        indicator_version=1,
        definition_sha256=registry.definition_sha256(registry.get(key)),
        dataset_version=version,
        snapshot_sha256=version.csv_sha256,
        place="52",
        value=value,
        n=120,
        excluded={"archived": 3},
        as_of=date(2026, 3, 26),
        computed_at=NOW,
    )


def plan_body():
    (item,) = publishing.feed_items(NOW)
    return dict(item.body)


def figure_of(name=NAME):
    return next(each for each in publishing.figure_items(NOW) if each.id == name)


def test_a_figure_is_told_with_what_it_was_computed_by_and_from(computed):
    item = figure_of()
    assert (item.government, item.body["value"], item.body["n"], item.body["excluded"], item.body["as_of"]) == (
        "ntb",
        "0.620000",
        120,
        {"archived": 3},
        "2026-03-26",
    )
    assert item.body["definition_sha256"] == computed.definition_sha256
    assert item.body["snapshot_sha256"] == computed.dataset_version.csv_sha256
    assert remote_figures.is_readable(item.body)


def test_a_plan_names_its_figures_and_is_not_told_again_when_one_changes(computed):
    before = plan_body()
    named = {name for each in before["plan"]["commitments"] for name in each["figures"]}
    assert named == {each.id for each in publishing.figure_items(NOW)} == {NAME}
    version = computed.dataset_version
    version.pk, version._state.adding, version.number = None, True, version.number + 1
    version.save(force_insert=True)
    add(version, Decimal("0.71"))
    assert figure_of().body["value"] == "0.710000"
    assert plan_body() == before


def test_a_figure_is_in_the_feed_with_a_proof_of_its_own(computed):
    federation.publish_all(now=NOW)
    log.extend(now=NOW)
    read = feeds.read(json.dumps(told.document()).encode(), origin=signing.origin())
    seen = watching.read(read.checkpoint, signing.log_key())
    proven = [feeds.prove(each, origin=signing.origin(), size=seen.size, root=seen.root) for each in read.items]
    assert (publishing.FIGURES, NAME) in {(each.feed, each.item) for each in proven}
    harmed = copy.deepcopy(next(each for each in read.items if each["id"] == NAME))
    harmed["record"]["body"]["value"] = "0.990000"
    with pytest.raises(feeds.Refusal) as refused:
        feeds.prove(harmed, origin=signing.origin(), size=seen.size, root=seen.root)
    assert (refused.value.trouble, refused.value.about) == ("altered", f"{publishing.FIGURES}/{NAME}")


@pytest.mark.parametrize(
    "harm",
    [
        {"unit": "apples"},
        {"value": "NaN"},
        {"value": 0.62},
        {"n": -1},
        {"n": True},
        {"excluded": ["archived"]},
        {"excluded": {"archived": "3"}},
        {"definition_sha256": "x"},
        {"snapshot_sha256": None},
        {"as_of": "soon"},
        {"short": "words"},
    ],
)
def test_a_figure_of_another_form_is_not_readable(computed, harm):
    assert not remote_figures.is_readable(dict(figure_of().body) | harm)


@pytest.mark.parametrize("body", [None, 7, [], "words"])
def test_what_is_no_figure_is_not_readable(body):
    assert not remote_figures.is_readable(body)


# --- shown here ----------------------------------------------------------------------------------------------


def neighbour(name):
    now = clock.now() - timedelta(minutes=1)
    made = Peer.objects.create(
        origin=f"{name}.example/log",
        title=f"Kabupaten {name.upper()}",
        key=f"{name}.example/log+00000000+AA",
        address=f"https://{name}.example/log",
        since=NOW.date(),
        size=50,
        verified_at=now,
        looked_at=now,
    )
    PeerFeed.objects.create(peer=made, size=50, fetched_at=now, looked_at=now)
    return made


def takes_over(peer, feed, item, body, *, index):
    record = {"path": "/ksb/rencana-aksi/", "body": body}
    return RemoteItem.objects.create(
        peer=peer,
        feed=feed,
        item=item,
        record=json.dumps(record).encode(),
        sha256="0" * 64,
        index=index,
        told_on=NOW.date(),
        size=50,
        fetched_at=clock.now(),
    )


@pytest.fixture
def ksb(computed):
    """KSB's installation with one plan, whose first commitment is measured by one figure."""
    peer, body = neighbour("ksb"), copy.deepcopy(plan_body())
    body["plan"]["key"] = "ksb-2025"
    body["plan"]["commitments"] = [body["plan"]["commitments"][0] | {"slug": "jauh", "figures": [NAME]}]
    takes_over(peer, publishing.FEED, "ksb-2025", body, index=39)
    return peer


def figure_body(**more):
    return dict(figure_of().body) | {"value": "0.8765"} | more


def page_of(client, address=PAGE):
    page = client.get(address).content.decode()
    return page.split('id="pemasangan-lain"')[1] if address == PAGE else page


def test_the_newest_figure_of_another_installation_stands_beside_its_commitment_with_its_proof(ksb, client):
    takes_over(ksb, publishing.FIGURES, NAME, figure_body(), index=44)
    page = page_of(client)
    assert "88%" in page
    assert 'href="https://ksb.example/catatan-publik/44/"' in page
    assert figure_of().body["definition_sha256"] in page
    assert figure_of().body["snapshot_sha256"] in page
    assert "3 diarsipkan" in page


def test_without_a_figure_of_its_own_a_commitment_awaits_its_service(ksb, client):
    assert "Menunggu layanan tersedia" in page_of(client)


def test_a_figure_that_is_no_longer_told_was_withdrawn_and_is_not_shown(ksb, client):
    takes_over(ksb, publishing.FIGURES, NAME, figure_body(), index=44)
    RemoteItem.objects.filter(feed=publishing.FIGURES).update(missing_since=NOW)
    assert "88%" not in page_of(client)


def test_a_figure_counts_only_for_the_installation_that_tells_it(ksb, client):
    takes_over(neighbour("klu"), publishing.FIGURES, NAME, figure_body(), index=44)
    assert "88%" not in page_of(client)


def test_a_tie_to_a_commitment_elsewhere_shows_its_figure(ksb, client):
    takes_over(ksb, publishing.FIGURES, NAME, figure_body(), index=44)
    source, target = End("commitment", "ntb-care"), End("commitment", "jauh")
    links.link(kind=Link.Kind.CONTRIBUTES_TO, source=source, target=target, actor=SYSTEM, now=NOW)
    assert "88%" in page_of(client, f"{PAGE}ntb-care/")


def test_the_log_tells_of_a_figure_by_what_people_call_it(people):
    data = {"feed": publishing.FIGURES, "item": NAME, "objects": {}}
    said = "Angka komitmen “Selesai dalam batas waktu, Nusa Tenggara Barat” diterbitkan bagi pemasangan lain"
    assert events.told("federation.item_published", data) == said
