"""What can happen to an action plan."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PlanLoaded(Event):
    """`objects` maps the name of each object ("commitment:ntb-care") to the SHA-256 of what its rows say (v 2)."""

    key: ClassVar[str] = "action_plan.plan_loaded"
    v: ClassVar[int] = 2
    plan: str
    commitments: int
    sha256: str
    objects: dict[str, str]
