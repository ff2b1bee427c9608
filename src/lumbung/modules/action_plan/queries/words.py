"""How keys in the history of a plan are said to people."""

from django.utils.translation import gettext as _

from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import states


def said_track(track: str) -> str:
    """Whose stages: the government's name, or all of them together."""
    if track == states.JOINT:
        return _("all members together")
    return said_organisation(track)


def said_organisation(code: str) -> str:
    """An organisation's name; a code nobody holds any more as it is."""
    found = by_code(code)
    return found.name if found else code


def said_stage(key: str) -> str:
    """The title of a stage; a key the data no longer know as it is."""
    known = (stage for template in states.templates().values() for stage in template.stages if stage.key == key)
    return next((stage.title for stage in known), key)


def said_draft(slug: str) -> str:
    """A draft: the plan's own narrative, or a commitment by its short name."""
    return _("the plan's own text") if slug == "plan" else slug


WORDS = {"track": said_track, "member": said_organisation, "stage": said_stage, "draft": said_draft}
