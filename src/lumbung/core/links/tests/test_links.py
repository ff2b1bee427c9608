"""A tie exists once, joins two different things, and is told in the log when made and when undone."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.events.queries import history_of
from lumbung.core.links import actions, queries
from lumbung.core.links.actions import End
from lumbung.core.links.models import Link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 26, tzinfo=UTC)
PROMISE, FIGURE = End("promise", "p1"), End("figure", "f1")
TIE = {"kind": "measured_by", "source": PROMISE, "target": FIGURE, "actor": SYSTEM, "now": NOW}


def test_the_same_tie_twice_is_one_tie_and_one_event():
    assert actions.link(**TIE).pk == actions.link(**TIE).pk
    assert [entry.key for entry in history_of("promise", "p1")] == ["links.linked"]


def test_an_undone_tie_is_gone_and_told_once():
    actions.link(**TIE)
    assert actions.unlink(**TIE) is True
    assert actions.unlink(**TIE) is False
    assert queries.targets_of("promise", ["p1"], "measured_by", "figure") == {"p1": []}
    assert history_of("promise", "p1")[-1].key == "links.unlinked"


def test_targets_come_in_their_order_for_many_sources_at_once(django_assert_num_queries):
    for position, name in enumerate(["b", "a"]):
        actions.link(**{**TIE, "target": End("figure", name)}, position=position)
    with django_assert_num_queries(1):
        found = queries.targets_of("promise", ["p1", "p2"], "measured_by", "figure")
    assert found == {"p1": ["b", "a"], "p2": []}


def test_ties_of_one_thing_are_read_in_both_directions_at_once(django_assert_num_queries):
    for source, target in (("p1", "p2"), ("p3", "p1"), ("p3", "p2")):
        actions.link(
            kind="measured_by", source=End("promise", source), target=End("promise", target), actor=SYSTEM, now=NOW
        )
    with django_assert_num_queries(1):
        ties = queries.both_ways("promise", "p1", "measured_by")
    assert (ties.targets, ties.sources) == (["p2"], ["p3"])


def test_the_database_refuses_a_tie_of_a_thing_to_itself_and_a_second_equal_tie():
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.link(**{**TIE, "target": PROMISE})
    tie = actions.link(**TIE)
    tie.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.bulk_create([tie])
