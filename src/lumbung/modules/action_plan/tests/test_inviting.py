"""A government makes a plan with others once it says so itself, and until then nothing of it is its own."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.notices.models import Notice
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import inviting, plans
from lumbung.modules.action_plan.actions.plans import PlanFacts
from lumbung.modules.action_plan.models import PlanInvitation, PlanMember
from lumbung.modules.action_plan.queries import invitations
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries.open_plans import open_plans
from lumbung.modules.action_plan.queries.plans import government
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.tampering import changed, faults, found, taken

pytestmark = pytest.mark.django_db
DESK = "/ksb/rencana-aksi/kelola/"


@pytest.fixture
def invited(people):
    """The province began a plan and asked the regency to make it together."""
    members = {government("ntb"): "province-eight", government("ksb"): "ksb-four"}
    facts = PlanFacts("bersama", "Rencana bersama", "", date(2027, 1, 1), date(2029, 1, 1), members)
    plan = plans.begin_plan(facts=facts, by=people.viewer("sekretariat.ntb"), now=NOW)
    return PlanInvitation.objects.select_related("plan", "organisation").get(plan=plan)


def answer(people, invited, by="sekretariat.ksb", *, accepted=True):
    return inviting.answer_invitation(invitation=invited, accepted=accepted, by=people.viewer(by), now=NOW)


def keys_in(portal):
    return [each.plan.pk for each in open_plans(portal, now=NOW)]


def test_until_it_accepts_the_plan_is_not_in_its_portal_and_it_owes_no_stage(people, client, invited):
    assert ("bersama" in keys_in(people.ntb), "bersama" in keys_in(people.ksb)) == (True, False)
    assert [each.track for each in standings.tracks_of(invited.plan)] == ["ntb", states.JOINT]
    assert client.get("/ksb/rencana-aksi/susun/bersama/").status_code == 404
    assert "Undangan belum dijawab" in client.get("/ntb/rencana-aksi/susun/bersama/").content.decode()
    told = Notice.objects.filter(kind="action_plan.government_invited")
    assert {each.account.email.split("@")[0] for each in told} == {"sekretariat.ksb", "ketua.ksb"}

    answer(people, invited, "ketua.ksb")
    assert "bersama" in keys_in(people.ksb)
    assert [each.track for each in standings.tracks_of(invited.plan)] == ["ntb", "ksb", states.JOINT]
    assert client.get("/ksb/rencana-aksi/susun/bersama/").status_code == 200


def test_only_its_own_secretariat_or_chair_answers_and_once(people, invited):
    for other in ("sekretariat.ntb", "ketua.ntb", "bupati.ksb", "komitmen.ntb"):
        with pytest.raises(NotPermitted):
            answer(people, invited, other)
    answer(people, invited, accepted=False)
    assert not invited.plan.members.filter(organisation="ksb").exists()
    with pytest.raises(Refused, match="invitation-answered-already"):
        answer(people, invited)


@pytest.mark.parametrize(("accepted", "key"), [(True, "government_joined"), (False, "invitation_declined")])
def test_whoever_asked_is_told_of_the_answer(people, invited, accepted, key):
    answer(people, invited, accepted=accepted)
    told = Notice.objects.filter(kind=f"action_plan.{key}")
    assert {each.account.email.split("@")[0] for each in told} == {"sekretariat.ntb", "ketua.ntb"}


def test_whoever_joins_chooses_its_own_stages(people, client, invited):
    client.force_login(people.account("sekretariat.ksb"))
    page = f"{DESK}bersama/undangan/"
    assert client.post(page, {"decision": "accept", "template": "joint"}).status_code == 422
    assert 'value="ksb-four" id="id_template_1" checked' in client.get(page).content.decode()
    client.post(page, {"decision": "accept", "template": "province-eight"})
    assert invited.plan.members.get(organisation="ksb").template == "province-eight"


def test_whoever_declined_may_be_asked_again_and_a_member_may_not(people, invited):
    by = people.viewer("sekretariat.ntb")

    def ask():
        told = {"plan": invited.plan, "government": government("ksb"), "template": "ksb-four"}
        return inviting.invite(**told, by=by, now=NOW)

    with pytest.raises(Refused, match="invitation-waits-already"):
        ask()
    answer(people, invited, accepted=False)
    answer(people, ask())
    with pytest.raises(Refused, match="government-is-a-member"):
        ask()


def test_nobody_joins_a_plan_of_which_something_is_enacted(people):
    given.enacted(people)
    asked = PlanInvitation.objects.create(
        plan=here.plan(),
        organisation=government("ksb"),
        template="ksb-four",
        invited_by=people.account("sekretariat.ntb"),
        invited_role="plan_secretariat",
        invited_at=NOW,
    )
    assert invitations.waiting_for("ksb") == []
    with pytest.raises(Refused, match="plan-cannot-be-joined"):
        answer(people, asked)


def test_the_regency_reads_at_its_desk_what_it_is_asked_and_joins(people, client, invited):
    client.force_login(people.account("sekretariat.ksb"))
    assert f"{DESK}bersama/undangan/" in client.get(DESK).content.decode()
    assert "Pemerintah Provinsi Nusa Tenggara Barat" in client.get(f"{DESK}bersama/undangan/").content.decode()
    client.post(f"{DESK}bersama/undangan/", {"decision": "accept"})
    assert client.get(f"{DESK}bersama/").status_code == 200
    assert client.get(f"{DESK}bersama/undangan/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"decided_at": NOW}, {"decided_at": NOW, "is_accepted": True, "own": True}],
)
def test_the_database_refuses_an_answer_of_nobody_or_of_whoever_asked(people, invited, change):
    if change.pop("own", False):
        change |= {"decided_by": people.account("sekretariat.ntb")}
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanInvitation.objects.filter(pk=invited.pk).update(**change)


def test_a_membership_to_which_nobody_agreed_is_found_by_name(people, invited):
    assert faults() == []
    told = {"plan": invited.plan, "organisation": government("ksb"), "template": "ksb-four"}
    assert found(PlanMember(**told, is_lead=False, position=1).save) == ["member:bersama.ksb"]
    by = {"decided_by": people.account("ketua.ksb"), "decided_role": "plan_chair", "decided_at": NOW}
    assert found(changed(invited, is_accepted=True, **by)) == ["invitation:bersama.ksb.1"]
    answer(people, invited)
    assert faults() == []
    joined = invited.plan.members.get(organisation="ksb")
    attacks = (changed(joined, template="province-eight"), taken(joined))
    assert [found(attack) for attack in attacks] == [["member:bersama.ksb"]] * 2
