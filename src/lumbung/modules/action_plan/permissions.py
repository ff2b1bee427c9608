"""Who may do which verb to which plan. A member belongs to the region of its government."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.models import Account
from lumbung.core.access.viewers import HeldRole, Scope, Viewer, role_for
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.models import (
    Commitment,
    Institution,
    Partner,
    Plan,
    PlanMember,
    PlanWithdrawal,
    Seat,
    StageException,
)

MANAGE = "action_plan.manage"
DRAFT = "action_plan.draft"
CONSULT = "action_plan.consult"
APPROVE = "action_plan.approve"
ENACT = "action_plan.enact"
REPORT = "action_plan.report"
APPROVE_REPORT = "action_plan.approve_report"
CONTRIBUTE = "action_plan.contribute"
OUTSIDE_GOVERNMENT = (Organisation.Kind.CIVIL_SOCIETY, Organisation.Kind.BUSINESS)
ASSESS = "action_plan.assess"
REVIEW = "action_plan.review"
# Those who work on the making of a plan see its desk.
DESK = "action_plan.desk"


def scope_of(member: PlanMember) -> Scope:
    """Where a member's part of a plan belongs."""
    return Scope(region_code=member.organisation.region_id)


def role_in_member(viewer: Viewer, verb: str, member: PlanMember) -> HeldRole | None:
    """The viewer's role that allows the verb on this member's part, or None; nobody works on a withdrawn plan."""
    return None if member.plan.withdrawn_at else role_for(viewer, verb, scope_of(member))


def role_in_plan(viewer: Viewer, verb: str, plan: Plan) -> HeldRole | None:
    """The viewer's role that allows the verb in any member of the plan, the lead's first."""
    members = sorted(plan.members.select_related("organisation"), key=lambda each: not each.is_lead)
    return next((held for member in members if (held := role_in_member(viewer, verb, member))), None)


def required_in_member(viewer: Viewer, verb: str, member: PlanMember) -> HeldRole:
    """The role that allows it in this member, or a refusal."""
    refuse_withdrawn(member.plan)
    return _required(role_in_member(viewer, verb, member))


def role_to_join(viewer: Viewer, government: Organisation) -> HeldRole | None:
    """The role in which the viewer may say for a government that it joins a plan: its secretariat, or its chair."""
    scope = Scope(region_code=government.region_id)
    return role_for(viewer, MANAGE, scope) or role_for(viewer, APPROVE, scope)


def required_to_join(viewer: Viewer, government: Organisation) -> HeldRole:
    """That role, or a refusal."""
    held = role_to_join(viewer, government)
    if held is None:
        raise NotPermitted(
            "not-your-government",
            _("Only the secretariat or the chair of the forum of %(government)s may answer."),
            government=government.name,
        )
    return held


def required_in_plan(viewer: Viewer, verb: str, plan: Plan, member: PlanMember | None = None) -> HeldRole:
    """The role that allows it in this member, or, where it is joint, in any member; or a refusal."""
    refuse_withdrawn(plan)
    return (
        required_in_member(viewer, verb, member) if member is not None else _required(role_in_plan(viewer, verb, plan))
    )


def refuse_withdrawn(plan: Plan) -> None:
    """A plan that was withdrawn stays as it is."""
    if plan.withdrawn_at is not None:
        raise Refused(
            "plan-withdrawn",
            _("This plan was withdrawn. What was written stays readable; nothing is added to it. Begin another plan."),
        )


def role_over_words(viewer: Viewer, verb: str, plan: Plan, member: PlanMember | None) -> HeldRole | None:
    """The role over what was said: words are cleared and hidden also after a plan was withdrawn."""
    members = (
        [member] if member else sorted(plan.members.select_related("organisation"), key=lambda one: not one.is_lead)
    )
    return next((held for each in members if (held := role_for(viewer, verb, scope_of(each)))), None)


def required_over_words(viewer: Viewer, verb: str, plan: Plan, member: PlanMember | None) -> HeldRole:
    """That role, or a refusal."""
    return _required(role_over_words(viewer, verb, plan, member))


def member_of_role(plan: Plan, held: HeldRole) -> PlanMember | None:
    """The member for which a role is held."""
    return plan.members.filter(organisation__region=held.region_code).first()


def role_to_grant(
    viewer: Viewer, asked: StageException | PlanWithdrawal, plan: Plan, member: PlanMember | None
) -> HeldRole | None:
    """The role in which the viewer may grant what was asked: for what is of all members, that of another government."""
    if member is not None:
        return role_in_member(viewer, APPROVE, member)
    members = list(plan.members.select_related("organisation"))
    others = [each for each in members if each.pk != asked.asked_for_id] if len(members) > 1 else members
    return next((held for each in others if (held := role_in_member(viewer, APPROVE, each))), None)


def contributor(viewer: Viewer, plan: Plan) -> HeldRole | None:
    """The role in which the viewer's institution holds a seat in a forum of this plan, or None."""
    roles = viewer.roles_with(CONTRIBUTE)
    if not roles:
        return None
    seated = Seat.objects.filter(plan=plan, state=Seat.State.SEATED, organisation__isnull=False)
    codes = set(seated.values_list("organisation_id", flat=True))
    return next((held for held in roles if held.organisation_code in codes), None)


def required_contributor(viewer: Viewer, plan: Plan) -> HeldRole:
    """The role in which the viewer contributes to this plan, or a refusal."""
    refuse_withdrawn(plan)
    held = contributor(viewer, plan)
    if held is None:
        raise NotPermitted(
            "no-seat-in-this-forum",
            _("Your institution holds no seat in the forum of this plan. Ask its secretariat for one."),
        )
    return held


def role_outside(viewer: Viewer) -> HeldRole | None:
    """The role in which the viewer speaks for an organisation outside government, or None."""
    roles = {held.organisation_code: held for held in viewer.roles_with(CONTRIBUTE)}
    outside = Organisation.objects.filter(pk__in=roles, kind__in=OUTSIDE_GOVERNMENT).values_list("pk", flat=True)
    return next((roles[code] for code in sorted(outside)), None)


def contributing_for(viewer: Viewer, organisation: str) -> HeldRole | None:
    """The viewer's role as a member of the forum for this organisation, or None."""
    return role_for(viewer, CONTRIBUTE, Scope(organisation_code=organisation))


def _required(held: HeldRole | None) -> HeldRole:
    if held is None:
        raise NotPermitted(
            "not-your-plan",
            _("This part of the plan is not in your hands. Ask the secretariat of the government it belongs to."),
        )
    return held


def account_of(viewer: Viewer) -> Account:
    """The account behind a viewer who holds a role."""
    if viewer.account is None:
        raise NotPermitted("sign-in-first", _("Sign in first."))
    return viewer.account


def lead_of(commitment: Commitment) -> str:
    """Code of the institution in charge."""
    return next((each.organisation_id for each in commitment.carriers if each.role == Institution.Role.LEAD), "")


def role_in_charge(viewer: Viewer, verb: str, commitment: Commitment) -> HeldRole | None:
    """The viewer's role that allows the verb in the institution in charge of this commitment."""
    lead = lead_of(commitment)
    return role_for(viewer, verb, Scope(organisation_code=lead)) if lead else None


def required_in_charge(viewer: Viewer, verb: str, commitment: Commitment) -> HeldRole:
    """That role, or a refusal."""
    held = role_in_charge(viewer, verb, commitment)
    if held is None:
        raise NotPermitted(
            "not-in-charge", _("Only the institution in charge of this commitment may do this. Ask its officers.")
        )
    return held


def monitors_of(plan: Plan, member: PlanMember) -> set[str]:
    """Codes of the organisations that monitor a member's part of a plan: named in its source, or seated here."""
    partners = Partner.objects.filter(plan=plan, member=member, role=Partner.Role.MONITOR)
    named = partners.values_list("organisation_id", flat=True)
    seated = Seat.objects.filter(member=member, duty=Seat.Duty.MONITOR, state=Seat.State.SEATED)
    return {*named, *seated.filter(organisation__isnull=False).values_list("organisation_id", flat=True)}


def role_as_monitor(viewer: Viewer, plan: Plan, member: PlanMember) -> HeldRole | None:
    """The viewer's role in a monitoring body of this member's part of the plan."""
    held = viewer.roles_with(ASSESS)
    known = monitors_of(plan, member) if held else set()
    return next((each for each in held if each.organisation_code in known), None)


def required_as_monitor(viewer: Viewer, plan: Plan, member: PlanMember) -> HeldRole:
    """That role, or a refusal."""
    held = role_as_monitor(viewer, plan, member)
    if held is None:
        raise NotPermitted(
            "not-the-monitor",
            _("Only the independent monitoring body named for this plan may do this. The secretariat names it."),
        )
    return held


def required_to_assess(viewer: Viewer, commitment: Commitment) -> HeldRole:
    """The monitor's role for a commitment it does not carry out itself; nobody judges its own work."""
    held = required_as_monitor(viewer, commitment.plan, commitment.member)
    carrying = Commitment.objects.select_related("plan").get(pk=commitment.pk).carrying  # as they are now
    if held.organisation_code in carrying:
        raise Refused(
            "monitor-carries-it-out",
            _("Your institution carries out part of this commitment and cannot assess it. Another body has to."),
        )
    return held
