"""The illustrated plan as far as it has come: its forum, ideas, drafts, public test. Played once, step by step.

Each noun has a file of its own beside this one; the order is the order of the stages.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from lumbung.core.access.viewers import Viewer
from lumbung.modules.action_plan.demo import consultation, drafts, forum, ideas, monitored, monitoring, passing
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import StagePassage

ViewerOf = Callable[[str], Viewer]
# What plays: step(viewer_of, now); `viewer_of("sekretariat.ntb")` is that account of the demonstration.
Step = Callable[[ViewerOf, datetime], None]


STEPS: Sequence[Step] = (
    *forum.STEPS,
    ideas.send,
    drafts.write,
    ideas.decide,
    consultation.play,
    passing.pass_what_is_ready,
    monitoring.tell,
    ideas.arrive,
)


def play(*, viewer_of: ViewerOf, now: datetime) -> None:
    """Play every step, once; beside it an invented plan that has ended and was monitored."""
    monitored.play(viewer_of, now)
    if StagePassage.objects.filter(plan_id=KEY).exists():
        return
    for step in STEPS:
        step(viewer_of, now)
