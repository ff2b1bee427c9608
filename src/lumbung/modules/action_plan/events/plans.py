"""What can happen to an action plan."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PlanLoaded(Event):
    """`objects` maps the name of each object ("commitment:ntb-care") to the SHA-256 of what its rows say (v 2).

    Since version 3 "record:<plan>" is among them: the record that the files of the plan print and its JSON is.
    """

    key: ClassVar[str] = "action_plan.plan_loaded"
    v: ClassVar[int] = 3
    plan: str
    commitments: int
    sha256: str
    objects: dict[str, str]
