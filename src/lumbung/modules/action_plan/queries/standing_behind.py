"""Who stands behind an exception or an amendment: role and government of whoever asked, and of whoever decided."""

from datetime import datetime

from django.utils.translation import gettext as _

from lumbung.core.access import registry
from lumbung.core.base import clock
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import formatting
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Amendment, Plan, PlanInvitation, PlanMember, StageException, StagePassage
from lumbung.modules.action_plan.states import JOINT


def exceptions_of(plan: Plan) -> list[StageException]:
    """Every exception of a plan, the earliest first."""
    known = StageException.objects.filter(plan=plan).order_by("asked_at", "pk")
    return list(known.select_related("asked_for__organisation", "decided_for__organisation"))


def governments_of(each: StageException) -> tuple[str, str]:
    """Codes of the governments for which it was asked and decided; "" where that was not kept."""
    if each.track != JOINT:
        return each.track, each.track
    return _code(each.asked_for), _code(each.decided_for)


def _code(member: PlanMember | None) -> str:
    return member.organisation_id if member else ""


def exception(each: StageException) -> str:
    """Who asked and who decided, in the language active now."""
    asked, decided = (_government(each, code) for code in governments_of(each))
    told = _("Asked for on %(day)s by: %(who)s.") % _told(each.asked_at, each.asked_role, asked)
    if each.decided_at is None:
        return f"{told} {_while_undecided(each)}"
    sentence = (
        _("Granted on %(day)s by a second person: %(who)s.")
        if each.is_granted
        else _("Declined on %(day)s by a second person: %(who)s.")
    )
    return f"{told} {sentence % _told(each.decided_at, each.decided_role, decided)}"


def granted_exceptions(plan: Plan) -> list[str]:
    """For paper, in the language active now: each stage that was left so, why, without what, and by whom."""
    return [_whole(each) for each in exceptions_of(plan) if each.is_granted]


def _whole(each: StageException) -> str:
    lacked = "; ".join(gap["en" if formatting.language_now() == "en" else "id"].rstrip(".") for gap in each.missing)
    who = _government(each, each.track) or _("All members together")
    parts = (
        f"{stage_title(each)} ({who}).",
        _("Reason: %(text)s") % {"text": each.reason},
        _("Missing: %(text)s.") % {"text": lacked},
        exception(each),
    )
    return " ".join(parts)


def stage_title(each: StageException) -> str:
    """What the stage is called in the template of whoever passes it."""
    member = None if each.track == JOINT else each.plan.members.filter(organisation=each.track).first()
    return str(states.templates()[member.template if member else JOINT].stage(each.stage).title)


def _while_undecided(each: StageException) -> str:
    """It waits, unless what was missing came and the stage was left without it."""
    left = StagePassage.objects.filter(plan=each.plan_id, track=each.track, stage=each.stage).first()
    if left is None:
        return _("It waits for a second person.")
    day = formatting.date_medium(clock.local_day(left.passed_at))
    return _("It was not needed: the stage was left on %(day)s with nothing missing.") % {"day": day}


def amendment(each: Amendment) -> str:
    """The same of a change of enacted text."""
    government = each.commitment.member.organisation.name
    told = _("Proposed on %(day)s by: %(who)s.") % _told(each.proposed_at, each.proposing_role, government)
    if each.decided_at is None:
        return " ".join((told, _("It waits for a second person.")))
    sentence = (
        _("Approved on %(day)s by a second person: %(who)s.")
        if each.state == Amendment.State.APPROVED
        else _("Declined on %(day)s by a second person: %(who)s.")
    )
    return f"{told} {sentence % _told(each.decided_at, each.deciding_role, government)}"


def invitation(each: PlanInvitation) -> str:
    """Which government was asked to make the plan together, and what it answered."""
    government = each.organisation.name
    asked = {"government": government, "day": formatting.date_medium(clock.local_day(each.invited_at))}
    told = _("%(government)s was asked on %(day)s to make this plan together.") % asked
    if each.decided_at is None:
        return " ".join((told, _("It has not answered yet, so the plan is not its own.")))
    sentence = _("It joined on %(day)s: %(who)s.") if each.is_accepted else _("It declined on %(day)s: %(who)s.")
    return f"{told} {sentence % _told(each.decided_at, each.decided_role, government)}"


def _told(at: datetime, role: str, government: str) -> dict[str, str]:
    who = f"{registry.role(role).title}, {government}" if government else str(registry.role(role).title)
    return {"day": formatting.date_medium(clock.local_day(at)), "who": who}


def _government(each: StageException, code: str) -> str:
    known = {one.organisation_id: one.organisation for one in (each.asked_for, each.decided_for) if one}
    found = known.get(code) or (Organisation.objects.filter(pk=code).first() if code else None)
    return found.name if found else ""
