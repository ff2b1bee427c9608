"""A plan of two members as far as their last own stages: what two browsers would take ten minutes to bring.

Texts, freezes and endorsements come by the actions of the house. Only the earlier stages are marked as passed without
their evidence: each of their requirements has a test of its own.
"""

from datetime import date, datetime

from lumbung.core.access import queries as access
from lumbung.core.access.models import Account
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import drafting, enactment, inviting, plans
from lumbung.modules.action_plan.actions.enactment import EndorsementFacts
from lumbung.modules.action_plan.models import Plan, PlanMember, StagePassage
from lumbung.modules.action_plan.queries import invitations
from lumbung.modules.action_plan.queries.plans import government
from lumbung.modules.action_plan.tests import stage as given
from lumbung.modules.action_plan.tests.test_enactment import signed
from tests.journeys.planning import Place

TITLES = {"id": "Rencana Aksi NTB dan KSB Terbuka", "en": "Open NTB and KSB Action Plan"}
TEMPLATES = {"ntb": "province-eight", "ksb": "ksb-four"}
IN_NTB, IN_KSB = (Place(portal, "ntb-ksb-terbuka", TITLES) for portal in TEMPLATES)
SHORT = {"ntb": "Jalan provinsi", "ksb": "Jalan kabupaten"}
NARRATIVE = ("summary", "vision", "challenges", "achievements", "engagement")


def bring() -> None:
    """The plan, its texts frozen and endorsed, each member before its enactment."""
    now = clock.now()
    facts = plans.PlanFacts(
        key=IN_NTB.key,
        title_id=TITLES["id"],
        title_en=TITLES["en"],
        starts_on=date(2027, 1, 1),
        ends_on=date(2029, 12, 31),
        members={government(code): template for code, template in TEMPLATES.items()},
    )
    plan = plans.begin_plan(facts=facts, by=_secretariat("ntb", now), now=now)
    for invited in invitations.invitations_to(plan):
        by = _secretariat(invited.organisation_id, now)
        inviting.answer_invitation(invitation=invited, accepted=True, by=by, now=now)
    _write_the_narrative(plan, now)
    for member in plan.members.select_related("organisation", "plan"):
        _come_before_enactment(member, now)


def _secretariat(code: str, now: datetime) -> Viewer:
    account = Account.objects.get(email=f"sekretariat.{code}@contoh.id")
    return access.viewer_for(account, day=clock.local_day(now))


def _write_the_narrative(plan: Plan, now: datetime) -> None:
    draft = plan.drafts.get(kind="plan")
    texts = {key: {"id": f"Isi {key}.", "en": f"Words of {key}."} for key in NARRATIVE}
    body = draft.versions.get().body | texts
    drafting.save_version(draft=draft, body=body, seen=1, note="", by=_secretariat("ntb", now), now=now)


def _body(code: str) -> dict[str, object]:
    return given.full_body(short={"id": SHORT[code], "en": SHORT[code]})


def _come_before_enactment(member: PlanMember, now: datetime) -> None:
    code, by = member.organisation_id, _secretariat(member.organisation_id, now)
    drafting.begin_commitment(member=member, slug=f"terbuka-{code}", body=_body(code), by=by, now=now)
    freeze = drafting.freeze(member=member, note="", by=by, now=now)
    facts = EndorsementFacts("Forum Warga", "community", clock.local_day(now))
    enactment.register_endorsement(freeze=freeze, facts=facts, upload=signed(), by=by, now=now)
    for stage in states.templates()[member.template].stages[:-1]:
        passed_by = Account.objects.get(email=f"sekretariat.{code}@contoh.id")
        StagePassage.objects.create(plan=member.plan, track=code, stage=stage.key, passed_at=now, passed_by=passed_by)
