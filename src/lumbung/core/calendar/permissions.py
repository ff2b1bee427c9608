"""Who may edit the calendar. It is one for the whole installation, so a role is asked for, not a place."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, may, role_for
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted

EDIT = "calendar.edit"


def may_edit(viewer: Viewer) -> bool:
    """Whether this viewer may add, change and remove days off."""
    return may(viewer, EDIT)


def editor(viewer: Viewer) -> Actor:
    """The public face of whoever edits, or a refusal."""
    held = role_for(viewer, EDIT)
    if held is None:
        raise NotPermitted(
            "calendar-edit-not-permitted",
            _("Your role may not change the calendar. Ask the calendar keeper of your government."),
        )
    return viewer.acting_as(held)
