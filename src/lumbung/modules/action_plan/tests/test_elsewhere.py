"""A plan told to other installations holds what they need to show it; one taken over is shown with its doubt."""

import copy
import json
from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.federation import feeds
from lumbung.core.federation.models import PeerFeed, RemoteItem
from lumbung.core.links import actions as links
from lumbung.core.links.actions import End
from lumbung.core.links.models import Link
from lumbung.core.log.models import Peer
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import publishing, remote_plans

pytestmark = pytest.mark.django_db
PAGE = "/ntb/rencana-aksi/"
ELSEWHERE = "Dari pemasangan lain"


@pytest.fixture
def body(people):
    (item,) = publishing.feed_items(NOW)
    return json.loads(feeds.record_of("ksb.example/log", publishing.FEED, item))["body"]


@pytest.fixture
def peer(body):
    """KSB's installation, read a minute ago, with a plan of its own name."""
    now = clock.now() - timedelta(minutes=1)
    made = Peer.objects.create(
        origin="ksb.example/log",
        title="Kabupaten Sumbawa Barat",
        key="ksb.example/log+00000000+AA",
        address="https://ksb.example/log",
        since=NOW.date(),
        size=40,
        verified_at=now,
        looked_at=now,
    )
    PeerFeed.objects.create(peer=made, size=40, fetched_at=now, looked_at=now)
    told = copy.deepcopy(body)
    told["plan"]["key"], told["plan"]["title"]["id"] = "ksb-2025", "Rencana Aksi KSB 2025"
    told["plan"]["commitments"][0] |= {"slug": "jauh", "title": {"id": "Komitmen <jauh>", "en": "", "source": ""}}
    record = {"path": "/ksb/rencana-aksi/", "body": told}
    RemoteItem.objects.create(
        peer=made,
        feed=publishing.FEED,
        item="ksb-2025",
        record=json.dumps(record).encode(),
        sha256="0" * 64,
        index=39,
        told_on=NOW.date(),
        size=40,
        fetched_at=now,
    )
    return made


def page_of(client, address=PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_submitted_plan_is_told_and_no_illustration(people):
    told = [item.id for item in publishing.feed_items(NOW)]
    assert told == list(
        Plan.objects.filter(submitted_on__isnull=False, is_illustration=False).values_list("pk", flat=True)
    )
    assert told


def test_what_is_told_can_be_read_again_with_its_assessments(body):
    assert remote_plans.is_readable(body)
    plan = body["plan"]
    assert len(plan["commitments"]) == 9


@pytest.mark.parametrize(
    "harm",
    [
        lambda body: body.pop("plan"),
        lambda body: body["plan"].update(commitments=7),
        lambda body: body["plan"].update(starts_on="soon"),
        lambda body: body["plan"]["commitments"][0].update(title="words"),
        lambda body: body["plan"]["commitments"][0].update(figures=[{"indicator": "unknown"}]),
        lambda body: body["plan"]["commitments"][0].update(figures=7),
        lambda body: body.update(governments=[]),
    ],
)
def test_a_body_of_another_form_is_not_readable(body, harm):
    harm(body)
    assert not remote_plans.is_readable(body)


@pytest.mark.parametrize("body", [None, 7, [], "words"])
def test_what_is_no_plan_is_not_readable(body):
    assert not remote_plans.is_readable(body)


def test_a_portal_shows_the_plans_of_others_with_what_proves_them(peer, client):
    page = page_of(client)
    assert ELSEWHERE in page
    assert "Rencana Aksi KSB 2025" in page
    assert "Komitmen &lt;jauh&gt;" in page
    assert 'href="https://ksb.example/ksb/rencana-aksi/"' in page
    assert 'href="https://ksb.example/catatan-publik/39/"' in page
    assert "mungkin tidak mutakhir" not in page


def test_without_another_installation_nothing_is_said_of_them(people, client):
    assert ELSEWHERE not in page_of(client)


def test_a_plan_that_is_not_reached_any_more_stays_with_a_warning(peer, client):
    PeerFeed.objects.update(fetched_at=clock.now() - timedelta(hours=4))
    page = page_of(client)
    assert "Yang tampil di sini dari Kabupaten Sumbawa Barat mungkin tidak mutakhir" in page
    assert "Komitmen &lt;jauh&gt;" in page


def test_a_plan_of_a_log_that_does_not_fit_stays_with_a_warning(peer, client):
    Peer.objects.update(trouble="fork")
    page = page_of(client)
    assert "Yang ditampilkan Kabupaten Sumbawa Barat tidak cocok dengan yang ditandatanganinya sebelumnya" in page
    assert "terbukti</span>" not in page


def test_a_refused_feed_is_named_with_the_record_that_does_not_fit(peer, client):
    PeerFeed.objects.update(trouble="altered", about="action_plan/ksb-2025", since=clock.now())
    page = page_of(client)
    assert "Yang diterbitkan Kabupaten Sumbawa Barat tidak diambil" in page
    assert "action_plan/ksb-2025" in page


def test_a_peer_that_is_no_longer_watched_is_no_longer_shown(peer, client):
    Peer.objects.update(ended_on=clock.now().date())
    assert ELSEWHERE not in page_of(client)


def test_a_tie_to_a_commitment_of_another_installation_leads_there(peer, client):
    links.link(
        kind=Link.Kind.CONTRIBUTES_TO,
        source=End("commitment", "ntb-care"),
        target=End("commitment", "jauh"),
        actor=SYSTEM,
        now=NOW,
    )
    page = page_of(client, f"{PAGE}ntb-care/")
    assert way_to("Komitmen &lt;jauh&gt;") in page


def way_to(title: str) -> str:
    return f'<a href="https://ksb.example/ksb/rencana-aksi/" rel="external">{title}</a>'


def test_a_plan_its_installation_withdrew_says_so_with_the_reason(peer, client):
    told_of = {"withdrawn_index": 40, "withdrawn_on": NOW.date(), "why_id": "Dibatalkan <b>.", "why_en": ""}
    RemoteItem.objects.update(**told_of)
    shown = page_of(client).split(ELSEWHERE)[1]
    assert "Ditarik oleh pemasangannya pada 26 Maret 2026: Dibatalkan &lt;b&gt;." in shown
    assert "<details><summary>" in shown
    english = page_of(client, "/en" + PAGE)
    assert '<span lang="id">Dibatalkan &lt;b&gt;.</span>' in english


def test_why_a_plan_is_told_no_longer_is_said_in_both_languages(people):
    plan = Plan.objects.get(pk="ntb-ksb-2021-2023")
    assert publishing.why_gone("tidak-ada")["id"].startswith("Rencana aksi ini tidak lagi disimpan")
    assert publishing.why_gone(plan.pk)["en"] == "Its submission to OGP was taken back."
    Plan.objects.filter(pk=plan.pk).update(is_illustration=True)
    assert [item.id for item in publishing.feed_items(NOW)] == []
    assert "no government has decided it" in publishing.why_gone(plan.pk)["en"]
