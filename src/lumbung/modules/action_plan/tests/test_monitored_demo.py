"""The invented plan that was monitored: everything is there to see, and the real plan stays first."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import queries
from lumbung.modules.action_plan.demo import monitored
from lumbung.modules.action_plan.demo.plan import FOLLOWS
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import plans as known
from lumbung.modules.action_plan.queries import publishing, remarks
from lumbung.modules.action_plan.queries.monitoring import sayings_of_all

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
TODAY = date(2026, 11, 26)


@pytest.fixture
def told(people):
    monitored.play(people.viewer, NOW)
    return Plan.objects.get(pk=monitored.KEY)


def test_agency_and_monitor_disagree_and_every_reply_came_in_time(told):
    card = queries.cards_of(told, today=TODAY)[0]
    assert (card.trio.claimed, card.trio.found, card.trio.disagrees) == ("substantial", "limited", True)
    assert not card.trio.lacks_evidence
    said = sayings_of_all([monitored.SLUG])[monitored.SLUG]
    answered = [*said.notes, *(each for each in said.assessments if each.kind == "end")]
    assert len(answered) == 2
    talk = remarks.discussion_of(card.commitment)
    assert [len(each.answers.all()) for each in talk.remarks] == [1]
    for each in answered:
        assert each.replies.get().written_at.date() <= each.reply_due_on


def test_an_illustration_never_stands_in_front_of_the_real_plan(told):
    ntb = Portal.objects.get(pk="ntb")
    assert [plan.pk for plan in queries.plans_in(ntb)] == [FOLLOWS, monitored.KEY]
    assert {card.commitment.plan_id for card in queries.government_cards(ntb, today=TODAY)} == {FOLLOWS}
    assert known.is_shown(Plan.objects.get(pk=FOLLOWS))
    assert not known.is_shown(told)
    assert monitored.KEY not in {each.id for each in publishing.feed_items(NOW)}


def test_every_page_of_it_says_that_it_is_made_up(told):
    for address in (f"/ntb/rencana-aksi/{monitored.SLUG}/", f"/ntb/rencana-aksi/periode/{monitored.KEY}/"):
        assert "Rencana ini hanya contoh" in Client().get(address).content.decode()
    assert monitored.SLUG in Client().get("/ntb/rencana-aksi/tiga-penilaian/").content.decode()


def test_before_its_last_day_nothing_of_it_is_told_and_twice_is_once(people):
    monitored.play(people.viewer, monitored.TOLD_FROM - timedelta(days=1))
    assert not Plan.objects.filter(pk=monitored.KEY).exists()
    monitored.play(people.viewer, NOW)
    monitored.play(people.viewer, NOW)
    assert len(sayings_of_all([monitored.SLUG])[monitored.SLUG].self_reports) == 2
