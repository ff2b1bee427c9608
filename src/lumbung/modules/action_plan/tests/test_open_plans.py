"""Every plan that is drawn up now is shown: how far it is, what anybody can do, until when."""

from datetime import date, timedelta

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.modules.action_plan import queries, states
from lumbung.modules.action_plan.actions.plans import PlanFacts, begin_plan
from lumbung.modules.action_plan.models import Consultation, Meeting, Plan, StageDate, StagePassage
from lumbung.modules.action_plan.queries.plans import government
from lumbung.modules.action_plan.tests import enacted
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
TODAY = clock.local_day(NOW)


def begun(people, key="ntb-sungguhan"):
    facts = PlanFacts(
        key, "Rencana", "Plan", date(2026, 6, 1), date(2028, 5, 31), {government("ntb"): "province-eight"}
    )
    return begin_plan(facts=facts, by=people.viewer("sekretariat.ntb"), now=NOW)


def found(people):
    return queries.open_plans(people.ntb, now=NOW)


@pytest.fixture
def illustration(people):
    Meeting.objects.filter(plan=here.KEY).exclude(state="held").update(state="cancelled", cancelled_reason="-")
    StageDate.objects.filter(plan=here.KEY).delete()
    return here.plan()


def test_several_plans_are_all_shown_and_an_illustration_stands_last(people, illustration):
    begun(people)
    Plan.objects.filter(pk=here.KEY).update(starts_on=date(2029, 1, 1), ends_on=date(2031, 1, 1))
    assert [each.plan.pk for each in found(people)] == ["ntb-sungguhan", here.KEY]


def test_a_plan_of_another_government_and_one_that_was_submitted_are_not_shown(people, illustration):
    begun(people)
    assert [each.plan.pk for each in queries.open_plans(people.ksb, now=NOW)] == [here.KEY]
    Plan.objects.filter(pk=here.KEY).update(submitted_on=TODAY)
    assert queries.open_plans(people.ksb, now=NOW) == []


def test_the_stage_of_each_member_is_the_first_it_has_not_passed(people, illustration):
    plan = begun(people)
    by = people.account("sekretariat.ntb")
    StagePassage.objects.create(plan=plan, track="ntb", stage="orientation", passed_at=NOW, passed_by=by)
    [standing] = found(people)[0].standings
    assert (standing.stage.key, standing.number, standing.total) == ("secretariat", 2, 7)
    assert found(people)[0].joint is None


def test_once_every_member_has_passed_its_stages_the_joint_one_is_shown(people, illustration):
    plan, by = begun(people), people.account("sekretariat.ntb")
    for each in states.templates()["province-eight"].stages:
        StagePassage.objects.create(plan=plan, track="ntb", stage=each.key, passed_at=NOW, passed_by=by)
    mine = found(people)[0]
    assert mine.standings[0].stage is None
    assert mine.joint.key == "submission"
    assert not mine.takes_ideas


def test_ideas_are_taken_until_the_day_the_roadmap_announces(people, illustration):
    plan = begun(people)
    assert (found(people)[0].takes_ideas, found(people)[0].ideas_until) == (True, None)
    facts = {"plan": plan, "track": "ntb", "stage": "public_test"}
    StageDate.objects.create(**facts, starts_on=TODAY, ends_on=TODAY + timedelta(days=14))
    assert found(people)[0].ideas_until == TODAY + timedelta(days=14)


def test_a_public_test_is_open_to_come_or_over(people, illustration):
    freeze = enacted.frozen(people)
    test = Consultation.objects.create(
        member=freeze.member,
        freeze=freeze,
        opens_on=TODAY + timedelta(days=1),
        closes_on=TODAY + timedelta(days=15),
        announced_at=NOW,
    )
    now = {0: ([], [test]), 1: ([test], []), 15: ([test], []), 16: ([], [])}
    for days, (is_open, to_come) in now.items():
        [each] = queries.open_plans(people.ntb, now=NOW + timedelta(days=days))
        assert (list(each.tests), list(each.tests_to_come)) == (is_open, to_come), days


def test_only_a_meeting_people_can_still_come_to_is_shown(people, illustration):
    plan = begun(people)
    facts = {"plan": plan, "kind": "orientation", "title": "Pertemuan", "place": "Aula", "state": "planned"}
    Meeting.objects.create(**facts, starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))
    coming = Meeting.objects.create(**facts, starts_at=NOW, ends_at=NOW + timedelta(hours=2))
    assert found(people)[0].next_meeting == coming


def test_many_plans_cost_no_more_questions_than_one(people, illustration, django_assert_max_num_queries):
    for number in range(3):
        begun(people, f"rencana-{number}")
    with django_assert_max_num_queries(6):
        assert len(found(people)) == 4
