"""Governments that make a plan: who began it, who was asked, what it answered, and which stages each passes."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told
from lumbung.modules.action_plan.events.invitations import GovernmentInvited, GovernmentJoined, InvitationDeclined
from lumbung.modules.action_plan.events.stages import PlanBegun
from lumbung.modules.action_plan.models import Plan, PlanInvitation, PlanMember

Pair = tuple[str, str]


def _made_by(events: Iterable[Said]) -> Iterator[Told]:
    for said in events:
        plan = str(said.data["plan"])
        if said.key == PlanBegun.key:
            pairs = zip(said.data["members"], said.data["templates"], strict=False)
            for place, (government, template) in enumerate(pairs):
                yield said, _member((plan, government)), {"template": template, "is_lead": place == 0}
        else:
            facts = {"template": said.data["template"], "is_lead": False}
            yield said, _member((plan, str(said.data["government"]))), facts


def _member(pair: Pair) -> str:
    return f"member:{'.'.join(pair)}"


def _members(plan: str | None) -> Iterator[tuple[str, Facts]]:
    """Those of plans drawn up here: whoever made a plan that was loaded is told by its sources."""
    rows = PlanMember.objects.filter(plan__origin=Plan.Origin.WRITTEN)
    for each in rows if plan is None else rows.filter(plan=plan):
        pair = each.plan_id, each.organisation_id
        yield _member(pair), {"template": each.template, "is_lead": each.is_lead}


def _told(events: Iterable[Said]) -> Iterator[Told]:
    """A government that declined may be asked again: they are counted, oldest first."""
    asked: Counter[Pair] = Counter()
    for said in events:
        pair = str(said.data["plan"]), str(said.data["government"])
        if said.key == GovernmentInvited.key:
            asked[pair] += 1
            facts = {"template": said.data["template"], "asked_on": said.on, "asked_role": _role(said), **_waits()}
        else:
            facts = {
                "is_accepted": said.key == GovernmentJoined.key,
                "decided_on": said.on,
                "decided_role": _role(said),
            }
            if said.key == GovernmentJoined.key:  # it chooses its own stages
                facts["template"] = said.data["template"]
        yield said, _invitation(pair, asked[pair]), facts


def _waits() -> Facts:
    return {"is_accepted": None, "decided_on": "", "decided_role": ""}


def _role(said: Said) -> str:
    """Without the word for a deputy."""
    return said.role.partition(".")[0]


def _invitation(pair: Pair, number: int) -> str:
    return f"invitation:{'.'.join(pair)}.{number}"


def _invitations(plan: str | None) -> Iterator[tuple[str, Facts]]:
    asked: Counter[Pair] = Counter()
    rows = PlanInvitation.objects.order_by("invited_at", "pk")
    for each in rows if plan is None else rows.filter(plan=plan):
        pair = each.plan_id, each.organisation_id
        asked[pair] += 1
        facts = {
            "template": each.template,
            "asked_on": clock.local_day(each.invited_at).isoformat(),
            "asked_role": each.invited_role,
            "is_accepted": each.is_accepted,
            "decided_on": clock.local_day(each.decided_at).isoformat() if each.decided_at else "",
            "decided_role": each.decided_role,
        }
        yield _invitation(pair, asked[pair]), facts


TESTIMONIES = (
    Testimony("member", (PlanBegun.key, GovernmentJoined.key), _made_by, _members),
    Testimony("invitation", (GovernmentInvited.key, GovernmentJoined.key, InvitationDeclined.key), _told, _invitations),
)
