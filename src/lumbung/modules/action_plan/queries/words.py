"""How keys in the history of a plan are said to people. No query: a history has many lines."""

from django.utils.translation import gettext as _

from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.queries import amendments


def said_track(track: str) -> str:
    """Whose stages: the government by its short name, or all of them together."""
    return _("all members together") if track == states.JOINT else track.upper()


def said_stage(key: str) -> str:
    """The title of a stage; a key the data no longer know as it is."""
    known = (stage for template in states.templates().values() for stage in template.stages if stage.key == key)
    return next((stage.title for stage in known), key)


def said_draft(slug: str) -> str:
    """A draft: the plan's own narrative, or a commitment by its short name."""
    return _("the plan's own text") if slug in {"plan", "rencana"} else slug


WORDS = {
    "track": said_track,
    "member": said_track,
    "stage": said_stage,
    "draft": said_draft,
    "place": amendments.label_of,
}
