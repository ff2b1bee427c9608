"""A neighbour that publishes walls of stones."""

from collections.abc import Iterator

import pytest

from lumbung.core.base.declarations import Feed
from lumbung.core.federation import registry
from lumbung.core.federation.tests.other_feed import FEED, Neighbour, wall
from lumbung.core.log import actions as log_actions
from lumbung.core.log import queries as log_queries
from lumbung.core.log.models import Peer
from lumbung.core.log.tests.conftest import NOW
from lumbung.core.log.tests.other_log import KEY, answering


@pytest.fixture
def stones_are_told() -> Iterator[list]:
    """A feed of walls; what is in the list is published."""
    before, told = dict(registry._feeds), []
    registry._feeds.clear()
    why = {"id": "Tembok dibongkar.", "en": "The wall was taken down."}
    registry.register(
        Feed(FEED, lambda _now: list(told), lambda body: isinstance(body["stones"], int), lambda _item: why)
    )
    yield told
    registry._feeds.clear()
    registry._feeds.update(before)


@pytest.fixture
def neighbour(stones_are_told: list) -> Iterator[Neighbour]:
    """Another installation that has told of one wall, and signed it."""
    with answering() as log:
        made = Neighbour(log)
        made.tells(wall())
        made.answers()
        yield made


@pytest.fixture
def peer(neighbour: Neighbour, people) -> Peer:
    """The neighbour as one whose log was compared."""
    facts = {"title": "Kabupaten Sebelah", "address": neighbour.log.address, "key": KEY.text, "witness_key": ""}
    added = log_actions.add_peer(**facts, by=people.viewer("admin"), now=NOW)
    log_actions.watch(peer=added, now=NOW)
    compared = log_queries.peer(added.pk)
    assert compared is not None
    return compared
