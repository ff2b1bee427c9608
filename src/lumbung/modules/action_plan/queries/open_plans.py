"""Every plan a government draws up now: where each member stands, what anybody can do, and until when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Consultation, Meeting, Plan, PlanMember
from lumbung.modules.action_plan.queries import meetings
from lumbung.modules.action_plan.queries.ideas import CLOSES_WITH
from lumbung.modules.action_plan.states import Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one member has come; no stage: it waits for the others, or all is passed."""

    member: PlanMember
    stage: Stage | None
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that was not submitted yet."""

    plan: Plan
    standings: tuple[Standing, ...]
    # The stage all members pass together, once each has passed its own.
    joint: Stage | None
    tests: tuple[Consultation, ...]
    tests_to_come: tuple[Consultation, ...]
    takes_ideas: bool
    # As the roadmap announces; None where no day was announced or it has passed.
    ideas_until: date | None
    next_meeting: Meeting | None


def open_plans(portal: Portal, *, now: datetime) -> list[OpenPlan]:
    """The plans this portal's government draws up; what only shows how it is done stands last."""
    today = clock.local_day(now)
    return [_open_plan(plan, today) for plan in _plans(portal, now, today)]


def _plans(portal: Portal, now: datetime, today: date) -> QuerySet[Plan]:
    """In six questions, however many there are."""
    begun = Plan.objects.filter(submitted_on__isnull=True, withdrawn_at__isnull=True)
    mine = begun.filter(members__organisation_id=portal.government_id)
    tests = Consultation.objects.filter(closes_on__gte=today).order_by("closes_on")
    members = PlanMember.objects.select_related("organisation").prefetch_related(Prefetch("consultations", tests))
    coming = Meeting.objects.filter(Q(state__in=meetings.COMING), ends_at__gte=now).order_by("starts_at")
    around = (Prefetch("members", members), "passages", "stage_dates", Prefetch("meetings", coming))
    return mine.order_by("is_illustration", "-starts_on", "pk").prefetch_related(*around)


def _open_plan(plan: Plan, today: date) -> OpenPlan:
    passed = {(row.track, row.stage) for row in plan.passages.all()}
    members = list(plan.members.all())
    standings = tuple(_standing(member, passed) for member in members)
    tests = [test for member in members for test in _with_member(member)]
    closing = [each.ends_on for each in plan.stage_dates.all() if each.stage == CLOSES_WITH and each.ends_on >= today]
    return OpenPlan(
        plan=plan,
        standings=standings,
        joint=None if any(each.stage for each in standings) else _first_open(states.JOINT, states.JOINT, passed),
        tests=tuple(test for test in tests if test.opens_on <= today),
        tests_to_come=tuple(test for test in tests if test.opens_on > today),
        takes_ideas=any((member.organisation_id, CLOSES_WITH) not in passed for member in members),
        ideas_until=max(closing, default=None),
        next_meeting=next(iter(plan.meetings.all()), None),
    )


def _with_member(member: PlanMember) -> list[Consultation]:
    tests = list(member.consultations.all())
    for test in tests:
        test.member = member
    return tests


def _standing(member: PlanMember, passed: set[tuple[str, str]]) -> Standing:
    stages = states.templates()[member.template].stages
    current = _first_open(member.template, member.organisation_id, passed)
    number = stages.index(current) + 1 if current else len(stages)
    return Standing(member, current, number, len(stages))


def _first_open(template: str, track: str, passed: set[tuple[str, str]]) -> Stage | None:
    stages = states.templates()[template].stages
    return next((stage for stage in stages if (track, stage.key) not in passed), None)
