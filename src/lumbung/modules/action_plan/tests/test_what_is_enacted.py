"""What the head of region enacts is what the drafts say now, what people were asked about, and what a plan may hold."""

import uuid
from datetime import date

import pytest
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.log import verification
from lumbung.modules.action_plan.actions import consultation, drafting, responses, stages
from lumbung.modules.action_plan.models import PlanMember
from lumbung.modules.action_plan.queries import rewordings
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


def frozen_anew(people):
    return drafting.freeze(member=here.member(), note="", by=people.viewer("sekretariat.ntb"), now=NOW)


def test_what_was_said_anew_after_the_test_is_enacted_once_an_answer_names_each_part(people):
    test = talk.public_test(people)
    given.narrative(people)
    said = talk.comment(people, test)
    talk.reword(people, budget={"id": "Rp2 miliar", "en": ""})
    places = [f"jalan-terbuka-ntb/{key}" for key in ("action", "budget")]
    assert sorted(each.place for each in rewordings.unanswered(here.member())) == places
    with pytest.raises(Refused, match="part-says-the-same"):
        talk.answer(people, test, said, verdict="accepted", rewords=("jalan-terbuka-ntb/problem",))
    talk.answer(people, test, said, verdict="accepted", rewords=places[:1])
    given.at_enactment(people)
    # An answer that waits names nothing yet.
    assert len(rewordings.unanswered(here.member())) == 2
    talk.publish(people)
    assert [each.place for each in rewordings.unanswered(here.member())] == places[1:]
    frozen = frozen_anew(people)
    assert refused_to_enact(people, frozen) == "rewording-without-answer"

    response = said.__class__.objects.get(pk=said.pk).response
    answer = responses.Answer("accepted", talk.REASON, "Anggaran disesuaikan.", rewords=tuple(places))
    by = people.viewer("sekretariat.ntb")
    responses.correct_response(
        response=response, answer=answer, why="Perubahan anggaran belum disebutkan.", by=by, now=NOW
    )
    assert given.enact(people, frozen, given.decree()).freeze == frozen
    assert verification.verify().faults == []


def test_an_exception_of_two_people_lets_these_very_words_pass_and_no_others(people):
    talk.public_test(people)
    given.narrative(people)
    talk.reword(people)
    [reworded] = rewordings.unanswered(here.member())
    given.pass_before(people, "public_test")
    told = {"plan": here.plan(), "member": here.member(), "stage": "public_test"}
    reason = "Nama terminal berubah karena peraturan daerah."
    asked = stages.ask_exception(**told, reason=reason, by=people.viewer("sekretariat.ntb"), now=NOW)
    assert reworded.code in {each["code"] for each in asked.missing}
    stages.decide_exception(exception=asked, granted=True, by=people.viewer("ketua.ntb"), now=NOW)
    [let_pass] = rewordings.rewordings_of(here.member())
    assert let_pass.is_let_pass

    talk.reword(people, action={"id": "Jadwal tidak diumumkan.", "en": ""})
    assert [each.is_let_pass for each in rewordings.rewordings_of(here.member())] == [False]
    assert refused_to_enact(people, frozen_anew(people)) == "rewording-without-answer"


def test_a_comment_that_quotes_a_part_and_is_accepted_names_it(people):
    test = talk.public_test(people)
    about = consultation.About(talk.draft_in_test(), "action", "Isi action")
    said = talk.clear(people, talk.send_comment(test, about=about).item)
    talk.reword(people)
    talk.answer(people, test, said, verdict="accepted")
    talk.publish(people)
    [reworded] = rewordings.rewordings_of(here.member())
    assert reworded.named_by == (said.number,)


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
