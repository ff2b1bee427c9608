"""What happens while a plan passes its stages."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PlanBegun(Event):
    key: ClassVar[str] = "action_plan.plan_begun"
    plan: str
    members: list[str]
    templates: list[str]
    follows: str


@dataclass(frozen=True, slots=True)
class RoadmapPublished(Event):
    key: ClassVar[str] = "action_plan.roadmap_published"
    plan: str
    track: str
    stages: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class StagePassed(Event):
    """`exception` holds the codes that were missing when it was let pass; empty when nothing was."""

    key: ClassVar[str] = "action_plan.stage_passed"
    plan: str
    track: str
    stage: str
    exception: list[str]


@dataclass(frozen=True, slots=True)
class ExceptionAsked(Event):
    key: ClassVar[str] = "action_plan.exception_asked"
    plan: str
    track: str
    stage: str
    missing: list[str]
    reason_hash: str


@dataclass(frozen=True, slots=True)
class ExceptionDecided(Event):
    """`asked_role` and the actor of the event are two different people."""

    key: ClassVar[str] = "action_plan.exception_decided"
    plan: str
    track: str
    stage: str
    granted: bool
    asked_role: str


@dataclass(frozen=True, slots=True)
class MemberAgreed(Event):
    """A member says that a stage all members pass together may be left."""

    key: ClassVar[str] = "action_plan.member_agreed"
    plan: str
    stage: str
    member: str
