"""What does not fit on one page is told on several, taken over whole, and what has no page is said to be left out."""

import json

import pytest

from lumbung.core.federation import actions, feeds, queries
from lumbung.core.federation.models import PeerFeed, RemoteItem
from lumbung.core.federation.tests.other_feed import ADDRESS, FEED, wall
from lumbung.core.log import actions as log
from lumbung.core.log import signing, watching
from lumbung.core.log.tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch):
    """Pages of two records, and four of them: as a publisher with more than two thousand meets it."""
    monkeypatch.setattr(feeds, "MAX_ITEMS", 2)
    monkeypatch.setattr(feeds, "MAX_PAGES", 4)


def tell(told, count):
    told[:] = [wall(f"wall-{number}", stones=number) for number in range(count)]
    actions.publish_all(now=NOW)
    log.extend(now=NOW)


def test_more_than_one_page_of_records_is_told_under_one_checkpoint_and_proves_itself(
    stones_are_told, client, people, small
):
    tell(stones_are_told, 5)
    first = client.get(ADDRESS).json()
    assert (first["pages"], first["count"], len(first["items"])) == (3, 5, 2)
    seen = watching.read(first["checkpoint"], signing.log_key())
    tell(stones_are_told, 6)  # meanwhile something else is told: the pages of before stay readable together
    found = []
    for page in (1, 2, 3):
        name = f"/log/{feeds.page_name(page, seen.size)}" + (f"?titik={seen.size}" if page == 1 else "")
        read = feeds.read(client.get(name).content, origin=signing.origin())
        under = {"origin": signing.origin(), "size": seen.size, "root": seen.root}
        found += [feeds.prove(each, **under).item for each in read.items]
    assert found == [f"wall-{number}" for number in range(5)]
    beyond = [f"?halaman=4&titik={seen.size}", "?halaman=0", "?halaman=x", "?titik=1", f"?titik={'9' * 30}"]
    assert [client.get(f"{ADDRESS}{query}").status_code for query in beyond] == [404] * len(beyond)


def test_the_publisher_is_warned_before_and_when_records_have_no_page(stones_are_told, client, people, small):
    page = "/catatan-publik/pemasangan-lain/"
    for count, warning in ((6, ""), (7, "hampir penuh"), (9, "Tidak semua")):
        tell(stones_are_told, count)
        shown = client.get(page).content.decode()
        assert [words for words in ("hampir penuh", "Tidak semua") if words in shown] == [warning][: bool(warning)]
    assert queries.room(queries.own()).left_out == 1


def serve_on_pages(neighbour, *, shown=None):
    """The feed on pages of two records; the last of them can be another one than was told."""
    document = neighbour.document()
    size = len(neighbour.entries)
    pages = [document["items"][start : start + 2] for start in range(0, len(document["items"]), 2)]
    for number, items in enumerate(pages, start=1):
        told = document | {"items": items, "pages": len(pages), "count": len(document["items"])}
        if shown is not None and number == len(pages):
            told |= shown
        neighbour.log.pages[f"/log/{feeds.page_name(number, size)}"] = json.dumps(told).encode()


@pytest.fixture
def large(neighbour, peer, small):
    for number in range(4):
        neighbour.tells(wall(f"gate-{number}"))
    neighbour.answers()
    return neighbour


def fetched(peer):
    actions.fetch(peer=peer, now=NOW)
    return PeerFeed.objects.get().trouble


def test_every_page_of_a_peer_is_taken_over_or_none(large, peer):
    serve_on_pages(large)
    assert fetched(peer) == ""
    assert RemoteItem.objects.filter(feed=FEED, missing_since=None).count() == 5


@pytest.mark.parametrize(
    ("shown", "trouble"),
    [
        ({"items": []}, "unreachable"),
        ({"checkpoint": "log.example/log\n1\nAAAA\n\n— log.example/log AAAAAAAA\n"}, "unreachable"),
        ({"origin": "lain.example/log"}, "other_origin"),
        ({"pages": 99}, "malformed"),
    ],
)
def test_pages_that_do_not_belong_together_are_not_taken_over(large, peer, shown, trouble):
    serve_on_pages(large, shown=shown)
    assert (fetched(peer), RemoteItem.objects.count()) == (trouble, 0)


def test_a_feed_that_names_more_pages_than_are_read_is_refused(large, peer):
    large.answers(pages=5)
    assert (fetched(peer), RemoteItem.objects.count()) == ("malformed", 0)
