"""Who may edit organisations: one list for the whole installation, so a role is asked for and no place."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted

EDIT = "organisations.edit"


def editor(viewer: Viewer) -> Actor:
    """The public face of whoever edits, or a refusal."""
    held = role_for(viewer, EDIT)
    if held is None:
        raise NotPermitted("organisations-edit-not-permitted", _("Only an administrator may change organisations."))
    return viewer.acting_as(held)
