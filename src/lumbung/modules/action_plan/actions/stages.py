"""Leaving a stage: with everything there, or by an exception a second person grants and everybody sees for ever."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import second_person
from lumbung.modules.action_plan.events.stages import ExceptionAsked, ExceptionDecided, MemberAgreed, StagePassed
from lumbung.modules.action_plan.letters import decisions as letters
from lumbung.modules.action_plan.models import Plan, PlanMember, StageException, StagePassage, StageWord
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries.requirements import Missing, track_of
from lumbung.modules.action_plan.states import Stage


class StageIncomplete(Refused):
    """Something is missing; `missing` lists all of it, each with who owes it."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(
            "stage-incomplete",
            _("Requirements of this stage are missing: %(count)s. Each is named below with who owes it."),
            count=len(missing),
        )
        self.missing = missing


def pass_stage(*, plan: Plan, member: PlanMember | None, stage: str, by: Viewer, now: datetime) -> StagePassage:
    """Leave the stage a track stands in, if nothing is missing; otherwise StageIncomplete names all of it."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan, member)
    with transaction.atomic():
        current = _current(plan, member, stage)
        missing = standings.missing_of(plan, member, current, today=clock.local_day(now))
        if missing:
            raise StageIncomplete(missing)
        return _leave(plan, member, current, exception=[], held=held, by=by, now=now)


def agree_to_leave(*, plan: Plan, member: PlanMember, stage: str, by: Viewer, now: datetime) -> StageWord:
    """A member gives its word for a stage all of them pass together; with the last word the stage is left."""
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    with transaction.atomic():
        current = _current(plan, None, stage)
        rest = _excused(plan, None, current, now)
        if rest:
            raise StageIncomplete(rest)
        given = standings.words_given(plan, current)
        _refuse_word(member, list(given.values()), by)
        word = StageWord.objects.create(
            plan=plan, stage=stage, member=member, given_by=permissions.account_of(by), given_at=now
        )
        _record(plan, MemberAgreed(plan=plan.pk, stage=stage, member=member.organisation_id), held, by, now)
        if plan.members.count() == len(given) + 1:
            _leave(plan, None, current, exception=[], held=held, by=by, now=now)
        return word


def _refuse_word(member: PlanMember, given: Sequence[StageWord], by: Viewer) -> None:
    if any(each.member_id == member.pk for each in given):
        raise Refused("word-given-already", _("This government agreed already. Reload the page."))
    account = permissions.account_of(by)
    if any(each.given_by_id == account.pk for each in given):
        raise NotPermitted(
            "nobody-speaks-for-two", _("You agreed for another government already. Somebody else speaks for this one.")
        )


def ask_exception(
    *, plan: Plan, member: PlanMember | None, stage: str, reason: str, by: Viewer, now: datetime
) -> StageException:
    """Ask to leave a stage although something is missing. Nothing moves until a second person grants it."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan, member)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = _current(plan, member, stage)
        missing = _excused(plan, member, current, now)
        if not missing:
            raise _nothing_missing()
        if _exceptions(plan, member, stage).filter(decided_at__isnull=True).exists():
            raise Refused(
                "exception-waits-already", _("An exception for this stage already waits for a second person.")
            )
        salt = secrets.token_bytes(16)
        asked = StageException.objects.create(
            plan=plan,
            track=track_of(member),
            stage=stage,
            missing=[each.kept() for each in missing],
            reason=reason,
            reason_salt=salt,
            asked_by=permissions.account_of(by),
            asked_role=held.role,
            asked_for=None if member else permissions.member_of_role(plan, held),
            asked_at=now,
        )
        event = ExceptionAsked(
            plan=plan.pk,
            track=asked.track,
            stage=stage,
            missing=[each.code for each in missing],
            reason_hash=sealing.salted_hash(reason, salt),
        )
        _record(plan, event, held, by, now)
        second_person.tell_deciders(
            plan,
            member,
            asked_for=asked.asked_for,
            kind=event.key,
            occasion=str(asked.pk),
            write=partial(letters.exception_waits, asked),
            now=now,
        )
        return asked


def _nothing_missing() -> Refused:
    return Refused("nothing-is-missing", _("Nothing is missing: the stage can be left as it is."))


def decide_exception(*, exception: StageException, granted: bool, by: Viewer, now: datetime) -> StageException:
    """The second person grants or declines; granted, the stage is left with what is missing now on it for ever.

    A stage of all members together is not left by one government alone: the second person is of another one.
    """
    plan = exception.plan
    member = standings.member_of_track(plan, exception.track)
    held = _deciding(plan, member, exception, by)
    with transaction.atomic():
        current = _current(plan, member, exception.stage)
        asked = StageException.objects.select_for_update().get(pk=exception.pk)
        if asked.decided_at is not None:
            raise Refused("exception-decided-already", _("This exception was decided already. Reload the page."))
        if by.account is None or asked.asked_by_id == by.account.pk:
            raise NotPermitted(
                "exception-needs-a-second-person",
                _("Whoever asked for an exception cannot grant it. A second person has to decide."),
            )
        asked.decided_by, asked.decided_role, asked.decided_at = by.account, held.role, now
        asked.decided_for = None if member else permissions.member_of_role(plan, held)
        asked.is_granted = granted
        missing = _excused(plan, member, current, now)
        if granted and not missing:
            raise _nothing_missing()
        if granted:
            _require_other_words(plan, member, current, asked, held)
            asked.missing = [each.kept() for each in missing]
        asked.save()
        event = ExceptionDecided(
            plan=plan.pk, track=asked.track, stage=asked.stage, granted=granted, asked_role=asked.asked_role
        )
        _record(plan, event, held, by, now)
        second_person.tell_asker(
            plan,
            member or asked.asked_for,
            asked.asked_by,
            kind=event.key,
            occasion=str(asked.pk),
            write=partial(letters.exception_decided, asked),
            now=now,
        )
        if granted:
            _leave(plan, member, current, exception=[each.code for each in missing], held=held, by=by, now=now)
        return asked


def _deciding(plan: Plan, member: PlanMember | None, asked: StageException, by: Viewer) -> HeldRole:
    """The role of the second person, or a refusal that says who it has to be."""
    permissions.required_in_plan(by, permissions.APPROVE, plan, member)
    held = permissions.role_to_grant(by, asked, plan, member)
    if held is None:
        raise NotPermitted(
            "exception-needs-another-government",
            _("This stage is passed together, so another government of the plan grants the exception: ask its chair."),
        )
    return held


def _current(plan: Plan, member: PlanMember | None, stage: str) -> Stage:
    """The stage the track stands in, the plan held; refuses any other one."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    current = standings.track_standing(plan, member).current
    if current is None or current.stage.key != stage:
        raise Refused("not-the-current-stage", _("The plan does not stand in this stage any more. Reload the page."))
    return current.stage


def _excused(plan: Plan, member: PlanMember | None, stage: Stage, now: datetime) -> list[Missing]:
    """What an exception may let pass: everything but the word of a government."""
    missing = standings.missing_of(plan, member, stage, today=clock.local_day(now))
    return standings.apart_from_words(missing)


def _require_other_words(
    plan: Plan, member: PlanMember | None, stage: Stage, asked: StageException, held: HeldRole
) -> None:
    """Whoever asked and whoever grants speak for their governments; every other one says so itself."""
    if member is not None:
        return
    grants = permissions.member_of_role(plan, held)
    heard = {asked.asked_for_id, grants.pk if grants else None, *standings.words_given(plan, stage)}
    silent = [each.organisation.name for each in plan.members.select_related("organisation") if each.pk not in heard]
    if silent:
        raise Refused(
            "every-member-agrees",
            _("A stage of all members is left with the word of each. These have not agreed yet: %(members)s."),
            members=", ".join(silent),
        )


def _exceptions(plan: Plan, member: PlanMember | None, stage: str) -> QuerySet[StageException]:
    return StageException.objects.filter(plan=plan, track=track_of(member), stage=stage)


def _leave(
    plan: Plan,
    member: PlanMember | None,
    stage: Stage,
    *,
    exception: list[str],
    held: HeldRole,
    by: Viewer,
    now: datetime,
) -> StagePassage:
    passage = StagePassage.objects.create(
        plan=plan, track=track_of(member), stage=stage.key, passed_at=now, passed_by=permissions.account_of(by)
    )
    event = StagePassed(plan=plan.pk, track=passage.track, stage=stage.key, exception=exception)
    _record(plan, event, held, by, now)
    return passage


def _record(plan: Plan, event: Event, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
