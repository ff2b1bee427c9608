"""What can happen to an action plan."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PlanLoaded(Event):
    key: ClassVar[str] = "action_plan.plan_loaded"
    plan: str
    commitments: int
    sha256: str
