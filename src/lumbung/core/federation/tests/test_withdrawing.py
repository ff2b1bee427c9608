"""What another installation withdrew stays readable here, says so and why, and is not told as if it stood."""

import pytest
from django.db import IntegrityError, transaction

from lumbung.core.federation import actions, feeds
from lumbung.core.federation.models import RemoteItem
from lumbung.core.federation.tests.other_feed import wall
from lumbung.core.federation.tests.test_fetching import LATER, fetched

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(neighbour, peer):
    """The wall was taken over, and its installation withdraws it."""
    fetched(peer)
    neighbour.withdraws("wall")
    neighbour.answers()
    return neighbour


def test_a_record_that_was_withdrawn_stays_with_the_day_and_the_reason(taken, peer):
    assert fetched(peer, now=LATER) == ""
    row = RemoteItem.objects.get()
    assert (row.withdrawn_on.isoformat(), row.why_id, row.missing_since) == ("2026-03-05", "Tembok dibongkar.", None)
    assert (row.index, row.withdrawn_index) == (9, 10)


def test_a_record_told_again_stands_again(taken, peer):
    fetched(peer, now=LATER)
    del taken.gone["wall"]
    taken.tells(wall(stones=5))
    taken.answers()
    assert fetched(peer, now=LATER) == ""
    row = RemoteItem.objects.get()
    assert (row.withdrawn_on, row.withdrawn_index, row.why_id) == (None, None, "")


def test_a_feed_that_tells_what_it_had_withdrawn_as_if_nothing_was_is_refused(taken, peer):
    index, record = 9, next(iter(taken.gone.values()))
    fetched(peer, now=LATER)
    old = feeds.record_of(taken.document()["origin"], "stones", wall())
    assert record[0] > index
    taken.gone.clear()
    taken.told["wall"] = (index, old)
    taken.answers()
    assert fetched(peer, now=LATER) == "older"


def test_a_withdrawal_of_what_was_never_taken_over_begins_nothing(neighbour, peer):
    neighbour.withdraws("gate")
    neighbour.answers()
    assert fetched(peer) == ""
    assert RemoteItem.objects.get().item == "wall"


@pytest.mark.parametrize(
    ("more", "trouble"),
    [
        ({"kind": "item_published"}, "altered"),
        ({"why": ""}, "malformed"),
        ({"why": "x" * 301}, "malformed"),
    ],
)
def test_a_withdrawal_that_does_not_prove_itself_refuses_the_whole_feed(neighbour, peer, more, trouble):
    fetched(peer)
    neighbour.withdraws("wall", **more)
    neighbour.answers()
    assert fetched(peer, now=LATER) == trouble
    assert RemoteItem.objects.get().withdrawn_on is None


def test_a_record_told_and_withdrawn_at_once_refuses_the_feed(neighbour, peer):
    told = dict(neighbour.told)
    neighbour.withdraws("wall")
    neighbour.told.update(told)
    neighbour.answers()
    assert fetched(peer) == "malformed"


def test_the_database_wants_day_and_reason_of_a_withdrawal(neighbour, peer):
    actions.fetch(peer=peer, now=LATER)
    with pytest.raises(IntegrityError, match="withdrawn_remote_item_says_when_and_why"), transaction.atomic():
        RemoteItem.objects.update(withdrawn_index=10)
