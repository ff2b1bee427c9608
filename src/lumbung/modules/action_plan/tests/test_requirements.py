"""Every requirement of every stage is missing by its name until it is brought: none of them can be left out unseen."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.cast import NOW, Cast

from lumbung.core.base import clock
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import clearing
from lumbung.modules.action_plan.actions.stages import StageIncomplete, pass_stage
from lumbung.modules.action_plan.models import Plan, PlanMember, StageDate, StagePassage
from lumbung.modules.action_plan.queries.requirements import Case, missing_in, track_of
from lumbung.modules.action_plan.states import JOINT, Requirement, Stage
from lumbung.modules.action_plan.tests import enacted, sayings, talk
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
MEMBERS = {"province-eight": "ntb", "ksb-four": "ksb", "joint": None}
EVERY = [
    pytest.param(template.key, stage, requirement, id=f"{template.key}-{stage.key}-{requirement.check}")
    for template in states.templates().values()
    for stage in template.stages
    for requirement in stage.requirements
]


def undated(_people: Cast, _code: str) -> None:
    """No stage has its days."""
    StageDate.objects.all().delete()


def overlapping(people: Cast, code: str) -> None:
    """Whoever monitors is named in a commitment, as nothing of the house would let it be."""
    here.seat("lrp2m-cordova", "civil_society", "monitor", of=code)
    draft = here.commitment(people, "pantau-sendiri", of=code)
    partner = [{"code": "lrp2m-cordova", "role": "civil_society"}]
    type(draft).objects.filter(pk=draft.pk).update(body=draft.body | {"institutions": partner})


def commented(people: Cast, code: str) -> None:
    """Somebody said something about the draft."""
    talk.send_comment(talk.public_test(people, of=code))


def reworded(people: Cast, code: str) -> None:
    """A tested commitment says something else, and nobody said why."""
    talk.public_test(people, of=code)
    talk.reword(people, of=code)


def hidden_alone(people: Cast, code: str) -> None:
    """One person hid a comment; nobody has confirmed it."""
    sent = talk.send_comment(talk.public_test(people, of=code)).item
    by = people.viewer(f"sekretariat.{code}")
    clearing.hide_words(item=sent, reason="Bukan tentang rencana.", by=by, now=NOW)


def indonesian_only(people: Cast, code: str) -> None:
    """A draft whose title has no English."""
    here.commitment(people, "tanpa-inggris", of=code, title={"id": "Jadwal angkutan desa", "en": ""})


def not_entered(people: Cast, _code: str) -> None:
    """Both members enacted, and nothing of it stands in OGP's form."""
    enacted.enacted(people, "ntb")
    enacted.enacted(people, "ksb", "posyandu-gr")


def overfull(people: Cast, code: str) -> None:
    """One commitment more than a consortium may hold."""
    for number in range(states.rules().consortium + 1):
        here.commitment(people, f"komitmen-{number}", of=code)


def promised(people: Cast, code: str) -> None:
    """A commitment that is enacted, of which nobody has said anything."""
    enacted.enacted(people, code)


def assessed(people: Cast, code: str) -> None:
    """An assessment nobody has replied to."""
    here.seat("lrp2m-cordova", "civil_society", "monitor", of=code)
    made = enacted.enacted(people, code)
    sayings.assess(people, made.member.plan.commitments.get(), sayings.starting())


def silent(people: Cast, code: str) -> None:
    """A commitment that has run for a quarter and longer than the days to report on it."""
    enacted.enacted(people, code, starts_on="2025-10-01", ends_on="2026-12-31")
    Plan.objects.filter(pk=here.KEY).update(submitted_on=date(2025, 10, 1))


# What a plan on which nobody has worked does not lack by itself; everything else is missing from its first day on.
BEFORE: dict[str, Callable[[Cast, str], None]] = {
    "roadmap_published": undated,
    "monitor_apart": overlapping,
    "every_comment_answered": commented,
    "rewording_answered": reworded,
    "hiding_confirmed": hidden_alone,
    "caps_kept": overfull,
    "english_complete": indonesian_only,
    "web_form_entered": not_entered,
    "self_report_approved": promised,
    "start_assessed": promised,
    "quarters_reported": silent,
    "replies_heard": assessed,
    "end_assessment_made": promised,
    "end_report_filed": promised,
}


def standing_before(people: Cast, stage: Stage, template: str, member: PlanMember | None) -> None:
    """Whatever is before the stage is passed."""
    by = people.account("sekretariat.ntb")
    for each in states.templates()[template].stages:
        if each.key == stage.key:
            return
        StagePassage.objects.get_or_create(
            plan=here.plan(), track=track_of(member), stage=each.key, defaults={"passed_at": NOW, "passed_by": by}
        )


@pytest.mark.parametrize(("template", "stage", "requirement"), EVERY)
def test_what_was_not_brought_closes_the_gate_by_its_name(
    people: Cast, template: str, stage: Stage, requirement: Requirement
):
    code = MEMBERS[template]
    BEFORE.get(requirement.check, lambda _people, _code: None)(people, code or "ntb")
    member = here.member(code) if code else None

    case = Case(here.plan(), member, requirement, clock.local_day(NOW))
    found = missing_in(case)
    assert found, f"{stage.key}: nothing of {requirement.check} is missing"
    assert all(each.code.split(".")[0] == requirement.check and each.owes == requirement.owes for each in found)

    standing_before(people, stage, template, member)
    with pytest.raises(StageIncomplete) as refused:
        pass_stage(
            plan=here.plan(), member=member, stage=stage.key, by=people.viewer(f"sekretariat.{code or 'ntb'}"), now=NOW
        )
    assert {each.code for each in found} <= {each.code for each in refused.value.missing}


def test_every_stage_asks_for_something_and_every_template_has_its_member():
    assert set(MEMBERS) == set(states.templates())
    assert all(stage.requirements for template in states.templates().values() for stage in template.stages)
    assert states.JOINT == JOINT
