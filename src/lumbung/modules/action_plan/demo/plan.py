"""The illustrated plan begins: two members, their stages, their roadmaps."""

from datetime import date, datetime, timedelta

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions.inviting import answer_invitation
from lumbung.modules.action_plan.actions.plans import PlanFacts, begin_plan, publish_roadmap
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.queries import invitations, stages
from lumbung.modules.action_plan.queries.plans import government

KEY = "contoh-2027-2029"
FOLLOWS = "ntb-ksb-2021-2023"
WEEKS_A_STAGE = 4
# It began so long ago that its public test is on now; what happened since then is played by `story.py`.
WEEKS_BEFORE = 22


def begin(*, secretariat_of: dict[str, Viewer], now: datetime) -> Plan:
    """Begin the illustrated plan, once; the viewers are the secretariats, by government."""
    known = stages.written_plan(KEY)
    if known is not None:
        return known
    began = began_at(now)
    facts = PlanFacts(
        key=KEY,
        title_id="Rencana Aksi Daerah OGP Lokal 2027–2029 (contoh)",
        title_en="OGP Local Action Plan 2027–2029 (illustration)",
        starts_on=date(2027, 1, 1),
        ends_on=date(2029, 12, 31),
        members={government("ntb"): "province-eight", government("ksb"): "ksb-four"},
        follows=Plan.objects.filter(pk=FOLLOWS).first(),
        is_illustration=True,
    )
    plan = begin_plan(facts=facts, by=secretariat_of["ntb"], now=began)
    for invited in invitations.invitations_to(plan):
        by = secretariat_of[invited.organisation_id]
        answer_invitation(invitation=invited, accepted=True, by=by, now=began)
    for member in plan.members.select_related("organisation"):
        dates = _dates(member, clock.local_day(began))
        publish_roadmap(plan=plan, member=member, dates=dates, by=secretariat_of[member.organisation_id], now=began)
    return plan


def began_at(now: datetime) -> datetime:
    """When the illustrated plan began."""
    return now - timedelta(weeks=WEEKS_BEFORE)


def _dates(member: PlanMember, today: date) -> dict[str, tuple[date, date]]:
    step = timedelta(weeks=WEEKS_A_STAGE)
    every = states.templates()[member.template].stages
    return {
        stage.key: (today + step * place, today + step * (place + 1) - timedelta(days=1))
        for place, stage in enumerate(every)
    }
