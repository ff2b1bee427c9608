"""The illustrated plan as far as it has come: its forum, ideas, drafts, public test. Played once, step by step.

Each noun has a file of its own beside this one; the order is the order of the stages.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from lumbung.core.access.viewers import Viewer
from lumbung.modules.action_plan.demo import consultation, drafts, forum, ideas, monitoring, passing
from lumbung.modules.action_plan.demo.plan import KEY, began_at
from lumbung.modules.action_plan.models import StagePassage

ViewerOf = Callable[[str], Viewer]
# What plays: step(viewer_of, now); `viewer_of("sekretariat.ntb")` is that account of the demonstration.
Step = Callable[[ViewerOf, datetime], None]


def weeks_on(weeks: int, step: Step) -> Step:
    """The step, played so many weeks after the plan began."""

    def later(viewer_of: ViewerOf, now: datetime) -> None:
        step(viewer_of, min(now, began_at(now) + timedelta(weeks=weeks)))

    return later


STEPS: Sequence[Step] = (
    *forum.STEPS,
    ideas.send,
    weeks_on(7, drafts.write),
    ideas.decide,
    consultation.play,
    passing.pass_what_is_ready,
    monitoring.tell,
    ideas.arrive,
)


def play(*, viewer_of: ViewerOf, now: datetime) -> None:
    """Play every step, once."""
    if StagePassage.objects.filter(plan_id=KEY).exists():
        return
    for step in STEPS:
        step(viewer_of, now)
