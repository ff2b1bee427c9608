"""Where each track of a plan stands, and what its next stage lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Plan, PlanMember, StageDate, StageException, StagePassage, StageWord
from lumbung.modules.action_plan.queries import standing_behind
from lumbung.modules.action_plan.queries.requirements import Case, Missing, missing_in, track_of
from lumbung.modules.action_plan.queries.requirements.members import WORD
from lumbung.modules.action_plan.states import Stage, Template


@dataclass(frozen=True, slots=True)
class StageStanding:
    """One stage of one track: announced, passed, waiting, and what was let pass."""

    stage: Stage
    announced: StageDate | None
    passage: StagePassage | None
    exceptions: tuple[StageException, ...]

    @property
    def waiting_exception(self) -> StageException | None:
        """An exception nobody has decided yet."""
        return next((each for each in self.exceptions if each.decided_at is None), None)

    @property
    def granted_exception(self) -> StageException | None:
        """The exception by which the stage was left."""
        return next((each for each in self.exceptions if each.is_granted), None)


@dataclass(frozen=True, slots=True)
class TrackStanding:
    """One track: its template and stages, and the one it stands in now."""

    member: PlanMember | None
    template: Template
    stages: tuple[StageStanding, ...]

    @property
    def track(self) -> str:
        """A member's code, or "joint"."""
        return track_of(self.member)

    @property
    def current(self) -> StageStanding | None:
        """The first stage that was not passed; None at the end."""
        return next((each for each in self.stages if each.passage is None), None)

    @property
    def passed(self) -> int:
        """How many stages were passed."""
        return sum(each.passage is not None for each in self.stages)


def written_plan(key: str) -> Plan | None:
    """A plan drawn up here."""
    return Plan.objects.filter(pk=key, origin=Plan.Origin.WRITTEN).first()


def written_plans_of(government: str) -> list[Plan]:
    """The plans this government draws up or drew up here, the newest first."""
    mine = Plan.objects.filter(origin=Plan.Origin.WRITTEN, members__organisation_id=government)
    return list(mine.order_by("-starts_on", "pk"))


def member_of_track(plan: Plan, track: str) -> PlanMember | None:
    """The member of that track; None for the joint one. Raises PlanMember.DoesNotExist where there is no such track."""
    if track == states.JOINT:
        return None
    return plan.members.select_related("organisation").get(organisation_id=track)


def tracks_of(plan: Plan) -> list[TrackStanding]:
    """Each member's track, then the joint one."""
    dates = {(row.track, row.stage): row for row in StageDate.objects.filter(plan=plan)}
    passed = {(row.track, row.stage): row for row in StagePassage.objects.filter(plan=plan)}
    exceptions = standing_behind.exceptions_of(plan)
    members: Sequence[PlanMember | None] = [*plan.members.select_related("organisation"), None]
    found = []
    for member in members:
        track, template = track_of(member), states.templates()[member.template if member else states.JOINT]
        standings = tuple(
            StageStanding(
                stage,
                dates.get((track, stage.key)),
                passed.get((track, stage.key)),
                tuple(each for each in exceptions if (each.track, each.stage) == (track, stage.key)),
            )
            for stage in template.stages
        )
        found.append(TrackStanding(member, template, standings))
    return found


def track_standing(plan: Plan, member: PlanMember | None) -> TrackStanding:
    """One track."""
    return next(each for each in tracks_of(plan) if each.track == track_of(member))


def missing_of(plan: Plan, member: PlanMember | None, stage: Stage, *, today: date) -> list[Missing]:
    """Everything a stage lacks, in the order of its requirements."""
    cases = [Case(plan, member, requirement, today, stage.key) for requirement in stage.requirements]
    return [missing for case in cases for missing in missing_in(case)]


def words_given(plan: Plan, stage: Stage) -> dict[int, StageWord]:
    """The members that agreed to leave a stage all of them pass together."""
    return {row.member_id: row for row in StageWord.objects.filter(plan=plan, stage=stage.key)}


def apart_from_words(missing: Sequence[Missing]) -> list[Missing]:
    """What is missing beside the words of the members: these are given last, and by no exception."""
    return [each for each in missing if each.check != WORD]
