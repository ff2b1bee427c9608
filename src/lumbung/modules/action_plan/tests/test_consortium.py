"""Two members, one submission: each goes through its own stages; the gate names the one that still owes something."""

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.action_plan.actions import enactment, review, stages, submission
from lumbung.modules.action_plan.actions.enactment import EndorsementFacts
from lumbung.modules.action_plan.actions.stages import StageIncomplete
from lumbung.modules.action_plan.models import StagePassage, Submission
from lumbung.modules.action_plan.queries import enactment as enactments
from lumbung.modules.action_plan.queries import plans
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.test_enactment import signed
from lumbung.modules.action_plan.tests.test_submission import enter

pytestmark = pytest.mark.django_db
TODAY = clock.local_day(NOW)
LAST_STAGE = {"ntb": "enactment", "ksb": "plan_input"}
NAMES = {"ntb": "Provinsi Nusa Tenggara Barat", "ksb": "Kabupaten Sumbawa Barat"}
SLUGS = {"ntb": "jalan-terbuka", "ksb": "posyandu-gr"}
ORDERS = [("ntb", "ksb"), ("ksb", "ntb")]


def comes_to_its_last_stage(people, code):
    """A member's part is frozen, endorsed from outside government, and stands before its enactment."""
    freeze = given.frozen(people, code, SLUGS[code])
    facts = EndorsementFacts(f"Lembaga {code}", "community", TODAY)
    by = people.viewer(f"sekretariat.{code}")
    enactment.register_endorsement(freeze=freeze, facts=facts, upload=signed(), by=by, now=NOW)
    given.at_enactment(people, code)


def leaves_its_last_stage(people, code):
    by = people.viewer(f"sekretariat.{code}")
    stages.pass_stage(plan=here.plan(), member=here.member(code), stage=LAST_STAGE[code], by=by, now=NOW)


def enacts(people, code):
    given.enact(people, enactments.newest_freeze(here.member(code)), here.decree("enactment", of=code))


def owed(people):
    """What the gate of the submission names: the first words of each code, whom it names, and who owes it."""
    with pytest.raises(StageIncomplete) as refused:
        leaves_together(people)
    return {each.code: (each.text, each.owes) for each in refused.value.missing}


def leaves_together(people, by="sekretariat.ntb"):
    return stages.pass_stage(plan=here.plan(), member=None, stage="submission", by=people.viewer(by), now=NOW)


def submits(people, by="sekretariat.ntb"):
    return submission.submit_plan(plan=here.plan(), on=TODAY, note="", by=people.viewer(by), now=NOW)


@pytest.mark.parametrize(("first", "second"), ORDERS)
def test_while_one_member_owes_its_decree_and_enactment_the_gate_names_that_member_alone(people, first, second):
    for code in (first, second):
        comes_to_its_last_stage(people, code)
    enacts(people, first)
    leaves_its_last_stage(people, first)
    found = owed(people)
    about_members = {
        code for code in found if code.split(".")[0] in {"members_ready", "decrees_in_force", "plan_enacted"}
    }
    assert about_members == {
        f"members_ready.{second}.{LAST_STAGE[second]}",
        f"decrees_in_force.{second}",
        f"plan_enacted.{second}",
    }
    for code in about_members:
        text, _owes = found[code]
        assert NAMES[second] in text
        assert NAMES[first] not in text
    assert found[f"plan_enacted.{second}"][1] == "head_of_region"
    for step in (
        submits,
        lambda who: submission.make_exports(plan=here.plan(), by=who.viewer("sekretariat.ntb"), now=NOW),
    ):
        with pytest.raises(Refused, match="not-enacted-whole"):
            step(people)
    assert not Submission.objects.exists()


def test_a_decree_without_its_enactment_still_holds_the_gate(people):
    for code in ("ntb", "ksb"):
        comes_to_its_last_stage(people, code)
    enacts(people, "ntb")
    here.decree("enactment", of="ksb")
    found = owed(people)
    assert "decrees_in_force.ksb" not in found
    assert {"members_ready.ksb.plan_input", "plan_enacted.ksb"} <= set(found)


@pytest.mark.parametrize(("first", "second"), ORDERS)
def test_after_the_second_enactment_there_is_one_submission_for_both(people, first, second):
    for code in (first, second):
        comes_to_its_last_stage(people, code)
        enacts(people, code)
        leaves_its_last_stage(people, code)
    form = {f"web_form_entered.{part}" for part in ("plan", *SLUGS.values())}
    words = {f"every_members_word.{code}" for code in SLUGS}
    assert set(owed(people)) == {"review_answered.review", "export_generated", "submission_recorded"} | form | words
    review.finish_review(plan=here.plan(), by=people.viewer("nasional"), now=NOW)
    submission.make_exports(plan=here.plan(), by=people.viewer("sekretariat.ntb"), now=NOW)
    enter(people)
    submits(people)
    with pytest.raises(Refused, match="submitted-already"):
        submits(people, "sekretariat.ksb")
    for code in (first, second):
        agrees(people, code)
    assert Submission.objects.get().plan_id == here.KEY
    assert EventRecord.objects.filter(key="action_plan.plan_submitted", subject_id=here.KEY).count() == 1
    assert list(StagePassage.objects.filter(track="joint").values_list("stage", flat=True)) == ["submission"]
    assert standings.track_standing(here.plan(), None).current.stage.key == "implementation"
    for portal in (people.ntb, people.ksb):
        assert here.plan() in plans.submitted_plans(portal)


def ready_to_submit(people):
    """Everything the submission asks for is there, but for the words of the two governments."""
    for code in ("ntb", "ksb"):
        comes_to_its_last_stage(people, code)
        enacts(people, code)
        leaves_its_last_stage(people, code)
    review.finish_review(plan=here.plan(), by=people.viewer("nasional"), now=NOW)
    submission.make_exports(plan=here.plan(), by=people.viewer("sekretariat.ntb"), now=NOW)
    enter(people)
    submits(people)


def agrees(people, code, by=""):
    viewer = people.viewer(by or f"sekretariat.{code}")
    return stages.agree_to_leave(plan=here.plan(), member=here.member(code), stage="submission", by=viewer, now=NOW)


def test_no_government_alone_leaves_a_joint_stage_even_when_nothing_is_missing(people):
    with pytest.raises(StageIncomplete):
        agrees(people, "ntb")
    ready_to_submit(people)
    assert set(owed(people)) == {"every_members_word.ntb", "every_members_word.ksb"}
    with pytest.raises(NotPermitted):
        agrees(people, "ksb", by="sekretariat.ntb")
    with pytest.raises(Refused, match="nothing-is-missing"):
        stages.ask_exception(
            plan=here.plan(),
            member=None,
            stage="submission",
            reason="Bupati belum sempat menjawab.",
            by=people.viewer("sekretariat.ntb"),
            now=NOW,
        )
    agrees(people, "ntb")
    assert set(owed(people)) == {"every_members_word.ksb"}
    with pytest.raises(Refused, match="word-given-already"):
        agrees(people, "ntb")
    agrees(people, "ksb")
    assert standings.track_standing(here.plan(), None).current.stage.key == "implementation"
