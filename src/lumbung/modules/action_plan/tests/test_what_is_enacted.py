"""What the head of region enacts is what the drafts say now, what people were asked about, and what a plan may hold."""

import uuid
from datetime import date

import pytest
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.actions import drafting
from lumbung.modules.action_plan.models import PlanMember
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db


def refused_to_enact(people, frozen, decree=None):
    with pytest.raises(Refused) as refused:
        given.enact(people, frozen, decree or given.decree(number=f"050-{uuid.uuid4().hex[:6]}"))
    return refused.value.code


def test_only_what_the_drafts_say_now_is_enacted(people):
    frozen = given.frozen(people)
    given.at_enactment(people)
    here.commitment(people, "jalan-kedua")
    assert refused_to_enact(people, frozen) == "frozen-text-is-not-current"
    by = people.viewer("sekretariat.ntb")
    frozen = drafting.freeze(member=here.member(), note="", by=by, now=NOW)
    draft = here.plan().drafts.get(slug="jalan-kedua")
    drafting.withdraw(draft=draft, reason="Digabung dengan komitmen lain.", by=by, now=NOW)
    assert refused_to_enact(people, frozen) == "frozen-text-is-not-current"


def test_a_commitment_nobody_was_asked_about_is_not_enacted(people):
    talk.public_test(people)
    given.narrative(people)
    here.commitment(people, "jalan-baru")
    frozen = drafting.freeze(member=here.member(), note="", by=people.viewer("sekretariat.ntb"), now=NOW)
    given.at_enactment(people)
    assert refused_to_enact(people, frozen) == "commitment-was-not-tested"


def test_a_decree_older_than_the_text_does_not_enact_it(people):
    frozen = given.frozen(people)
    given.at_enactment(people)
    assert refused_to_enact(people, frozen, given.decree(dated_on=date(2019, 5, 1))) == "decree-before-the-text"


def test_six_commitments_of_one_member_alone_are_not_enacted(people):
    PlanMember.objects.get(plan=here.plan(), organisation_id="ksb").delete()
    for number in range(5):
        here.commitment(people, f"jalan-{number}")
    frozen = given.frozen(people)
    given.at_enactment(people)
    assert refused_to_enact(people, frozen) == "too-many-commitments"


def test_whoever_monitors_owns_no_milestone(people):
    here.seat("fitra-ntb", "civil_society", "monitor")
    [step] = here.full_body()["milestones"]
    with pytest.raises(Refused, match="institution-monitors-this-part"):
        here.commitment(people, milestones=[step | {"owner": "fitra-ntb"}])
