"""Beginning a plan, and announcing when each stage takes place."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import names, permissions, shape, states
from lumbung.modules.action_plan.actions import drafting, inviting
from lumbung.modules.action_plan.events.stages import PlanBegun, RoadmapPublished
from lumbung.modules.action_plan.models import Plan, PlanMember, StageDate
from lumbung.modules.action_plan.queries.requirements import track_of


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan starts from.

    `members` maps each government to the template of its stages, the lead first; the others are asked to join.
    """

    key: str
    title_id: str
    title_en: str
    starts_on: date
    ends_on: date
    members: Mapping[Organisation, str]
    follows: Plan | None = None
    is_illustration: bool = False


def begin_plan(*, facts: PlanFacts, by: Viewer, now: datetime) -> Plan:
    """Begin a plan of one government with an empty narrative, and ask the others to join it."""
    _refuse_key(facts.key)
    with transaction.atomic():
        plan, is_new = Plan.objects.get_or_create(
            key=facts.key,
            defaults={
                "title_id": facts.title_id,
                "title_en": facts.title_en or facts.title_id,
                "summary_id": "",
                "summary_en": "",
                "starts_on": facts.starts_on,
                "ends_on": facts.ends_on,
                "origin": Plan.Origin.WRITTEN,
                "is_illustration": facts.is_illustration,
                "follows": facts.follows,
                "loaded_at": now,
            },
        )
        if not is_new:
            raise Refused("plan-key-taken", _("Another plan has this short name. Choose another one."), field="key")
        (government, template), *others = facts.members.items()
        lead = PlanMember.objects.create(
            plan=plan, organisation=government, is_lead=True, template=template, position=0
        )
        held = permissions.required_in_member(by, permissions.MANAGE, lead)
        event = PlanBegun(
            plan=plan.pk,
            members=[lead.organisation_id],
            templates=[lead.template],
            follows=facts.follows.pk if facts.follows else "",
        )
        events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
        body = shape.empty_body("plan") | {
            "title": {"id": facts.title_id, "en": facts.title_en},
            "starts_on": facts.starts_on.isoformat(),
            "ends_on": facts.ends_on.isoformat(),
        }
        drafting.begin_narrative(plan=plan, body=body, actor=by.acting_as(held), by=by, now=now)
        for government, template in others:
            inviting.invite(plan=plan, government=government, template=template, by=by, now=now)
    return plan


def _refuse_key(key: str) -> None:
    """It becomes part of every address of the plan and is never changed."""
    if not names.is_short(key):
        raise Refused(
            "plan-key-is-no-short-name",
            _("Use small letters, digits and hyphens, for example ntb-ksb-2027-2029."),
            field="key",
        )
    if key in names.TAKEN_FOR_PLANS:
        raise Refused(
            "short-name-is-an-address",
            _("Another page has this address. Choose a short name that says what it is about."),
            field="key",
        )


def publish_roadmap(
    *, plan: Plan, member: PlanMember | None, dates: Mapping[str, tuple[date, date]], by: Viewer, now: datetime
) -> None:
    """Announce when the stages of a track take place. A later announcement replaces the one before; both are told."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan, member)
    _refuse_disorder(member, dates)
    track = track_of(member)
    with transaction.atomic():
        for stage, (starts_on, ends_on) in dates.items():
            StageDate.objects.update_or_create(
                plan=plan, track=track, stage=stage, defaults={"starts_on": starts_on, "ends_on": ends_on}
            )
        told = {stage: [span[0].isoformat(), span[1].isoformat()] for stage, span in dates.items()}
        event = RoadmapPublished(plan=plan.pk, track=track, stages=told)
        events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)


def _refuse_disorder(member: PlanMember | None, dates: Mapping[str, tuple[date, date]]) -> None:
    template = states.templates()[member.template if member else states.JOINT]
    announced: Sequence[tuple[str, date, date]] = [
        (stage.key, *dates[stage.key]) for stage in template.stages if stage.key in dates
    ]
    for key, starts_on, ends_on in announced:
        if ends_on < starts_on:
            raise Refused(
                "stage-ends-before-it-begins",
                _("A stage ends on the day it begins or later. Correct the dates."),
                field=f"{key}_ends_on",
            )
    for (_before, earlier, _end), (key, starts_on, _ends) in itertools.pairwise(announced):
        if starts_on < earlier:
            raise Refused(
                "stage-begins-before-the-one-before",
                _("This stage would begin before the one in front of it. Correct the dates."),
                field=f"{key}_starts_on",
            )
